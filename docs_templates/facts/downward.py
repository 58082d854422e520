"""Facts of the papers that go down or sideways: 通知, 批复, 市级批复, 复函, 沟通函."""

from dataclasses import dataclass

from docs_templates.facts.frozen import optional, required
from docs_templates.facts.parts import ChangeLine, Official, PaperFacts


@dataclass(frozen=True, kw_only=True)
class Notice(PaperFacts):
    """The district's own paper that founds register entries: 通知, or 批复 to one unit's 请示."""

    head: Official = required("版头版记")
    answered: str = optional("来文")  # 《…的请示》（…〔2026〕3号）; the 批复 quotes it
    basis: str = required("依据")  # the decision or the city's reply this paper carries out
    attitude: str = optional("批复意见")  # 同意, 原则同意
    changes: tuple[ChangeLine, ...] = required("调整事项")
    plan: str = optional("调整方案表述")
    sheet: str = optional("对照表")
    total: ChangeLine | None = optional("合计", None)
    demands: tuple[str, ...] = optional("有关要求", ())
    effective_on: str = required("生效日期", day=True)
    annexes: tuple[str, ...] = optional("附件", ())


@dataclass(frozen=True, kw_only=True)
class CityReply(PaperFacts):
    """The city's answer, when the city works in this system: 批复, or 备案回执 for what it only records."""

    head: Official = required("版头版记")
    answered: str = required("来文")  # 《…的请示》（海编发〔2026〕3号）
    attitude: str = required("批复意见")  # 同意, 原则同意, 不同意, 准予备案
    changes: tuple[ChangeLine, ...] = optional("批准事项", ())
    plan: str = optional("批准事项表述")
    sheet: str = optional("对照表")
    total: ChangeLine | None = optional("合计", None)
    annexes: tuple[str, ...] = optional("附件", ())
    words: tuple[str, ...] = optional("意见", ())


@dataclass(frozen=True, kw_only=True)
class Refusal(PaperFacts):
    """The 复函 that tells a unit its matter is not agreed to."""

    head: Official = required("版头版记")
    answered: str = optional("来文")  # without it nobody asked: the matter is named instead
    matter: str = optional("事项")
    decided_by: str = required("决定机关")
    decided_on: str = required("决定日期", day=True)
    reasons: tuple[str, ...] = required("理由")
    advice: str = optional("后续建议")


@dataclass(frozen=True, kw_only=True)
class Letter(PaperFacts):
    """The 沟通函 to the city before a matter goes to the committee."""

    head: Official = required("版头版记")
    paragraphs: tuple[str, ...] = required("正文")
    changes: tuple[ChangeLine, ...] = required("拟调整方案")
    plan: str = optional("调整方案表述")
    sheet: str = optional("对照表")
    total: ChangeLine | None = optional("合计", None)
    reply_by: str = optional("回复期限", day=True)
    annexes: tuple[str, ...] = optional("附件", ())
    contact: str = required("联系人")
    telephone: str = required("联系电话")


@dataclass(frozen=True, kw_only=True)
class ReturnNotice(PaperFacts):
    """The 退回补正通知: which material is missing or wrong and until when it may be mended."""

    recipient: str = required("主送单位")
    received: str = required("来文")
    received_on: str = required("收文日期", day=True)
    reasons: tuple[str, ...] = required("退回原因")
    mend_by: str = optional("补正期限", day=True)
    officer: str = required("经办人")
