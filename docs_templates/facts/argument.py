"""Facts of the 论证报告."""

from dataclasses import dataclass

from docs_templates.facts.frozen import optional, required
from docs_templates.facts.parts import ChangeLine, PaperFacts, Section


@dataclass(frozen=True, kw_only=True)
class UnitStatus:
    """One unit of the 单位现状表."""

    name: str = required("单位名称")
    nature: str = required("性质")
    rank: str = required("规格")
    parent: str = required("隶属")
    quota_type: str = required("编制类型")
    approved: int = required("核定")
    actual: int = required("实有")
    vacancy: str = required("空编（超编）")
    leaders: str = optional("领导职数")


@dataclass(frozen=True, kw_only=True)
class BasisLine:
    """One document relied on and what it is compared with."""

    level: str = required("文件层级")
    document: str = required("文件")
    clause: str = optional("有关条款")


@dataclass(frozen=True, kw_only=True)
class OpinionLine:
    """What an affected body said and what became of it."""

    unit: str = required("单位")
    result: str = required("意见")
    text: str = optional("意见内容")
    adopted: str = optional("采纳情况")
    seen: str = optional("所针对的方案")  # only where the lines changed since


@dataclass(frozen=True, kw_only=True)
class ArgumentReport(PaperFacts):
    """The reasoned study of one case."""

    proposer: str = required("动议单位")
    overview: tuple[str, ...] = required("动议事项概述")
    units: tuple[UnitStatus, ...] = optional("单位现状", ())
    basis: tuple[BasisLine, ...] = required("依据")
    sections: tuple[Section, ...] = required("论证内容")  # necessity, reasonableness, feasibility, comparison, risks
    opinions: tuple[OpinionLine, ...] = optional("征求意见情况", ())
    changes: tuple[ChangeLine, ...] = required("拟调整方案")
    total: ChangeLine | None = optional("合计", None)
    findings: tuple[str, ...] = optional("数值核验结果", ())
    conclusion: str = required("结论与建议")
    annexes: tuple[str, ...] = optional("附件", ())
