"""Facts of the papers that hold a package together: lists, cover, 备考表, printed chronicle, 四性 report."""

from dataclasses import dataclass

from docs_templates.facts.frozen import optional, required
from docs_templates.facts.parts import PaperFacts


@dataclass(frozen=True, kw_only=True)
class ListedPaper:
    """One row of a list of papers."""

    title: str = required("题名")
    number: str = optional("文号")
    responsible: str = required("责任者")
    dated: str = required("日期", day=True)
    pages: int = optional("页数", 0)
    code: str = optional("档号")
    secrecy: str = optional("密级")
    note: str = optional("备注")


@dataclass(frozen=True, kw_only=True)
class PaperList(PaperFacts):
    """报送材料目录, 归档文件目录 or 卷内目录; the title says which."""

    papers: tuple[ListedPaper, ...] = required("材料")


@dataclass(frozen=True, kw_only=True)
class Cover(PaperFacts):
    """The cover of an archived file."""

    fonds: str = optional("全宗号")
    code: str = optional("档号")
    year: str = required("年度")
    retention: str = required("保管期限")
    matter: str = required("题名")
    started_on: str = required("起始日期", day=True)
    ended_on: str = required("终止日期", day=True)
    pieces: int = required("件数")
    pages: int = required("页数")


@dataclass(frozen=True, kw_only=True)
class NoteSheet(PaperFacts):
    """The 备考表 at the end of an archived file."""

    situation: tuple[str, ...] = required("情况说明")
    arranged_by: str = optional("整理人")
    arranged_on: str = optional("整理日期", day=True)
    checked_by: str = optional("检查人")
    checked_on: str = optional("检查日期", day=True)


@dataclass(frozen=True, kw_only=True)
class ChronicleRow:
    """One entry of the chain as it is printed."""

    seq: int = required("序号")
    at: str = required("登记时间")  # 2026-11-20 09:30
    happened_on: str = required("办理日期", day=True)
    step: str = required("环节")
    actor: str = required("经办人")
    on_behalf_of: str = optional("代何人")
    confirmed_by: str = optional("复核人")
    what: str = optional("说明")
    hash: str = required("校验值")


@dataclass(frozen=True, kw_only=True)
class ChronicleSheet(PaperFacts):
    """The 办理记录 as it is printed."""

    rows: tuple[ChronicleRow, ...] = required("记录")


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """One check of the 四性检测."""

    code: str = required("编号")
    name: str = required("检测项目")
    result: str = required("结果")  # 通过 / 不通过 / 不适用 / 未检
    detail: str = optional("说明")


@dataclass(frozen=True, kw_only=True)
class CheckReport(PaperFacts):
    """The 四性检测报告 of one package."""

    package: str = required("包名")
    authenticity: tuple[CheckRow, ...] = required("真实性")
    completeness: tuple[CheckRow, ...] = required("完整性")
    usability: tuple[CheckRow, ...] = required("可用性")
    safety: tuple[CheckRow, ...] = required("安全性")
    verdict: str = required("结论")
    officer: str = optional("检测人")


@dataclass(frozen=True, kw_only=True)
class IncomingSlip(PaperFacts):
    """The 收文登记单 that a unit gets as a receipt."""

    sender: str = required("来文单位")
    paper_number: str = optional("来文字号")
    paper_dated: str = optional("来文日期", day=True)
    matter: str = required("事由")
    received_on: str = required("收文日期", day=True)
    materials: tuple[str, ...] = required("材料")
    officer: str = required("登记人")
