"""Facts of the 会议纪要 and of the 节录 that goes with a case."""

from dataclasses import dataclass

from docs_templates.facts.frozen import optional, required
from docs_templates.facts.parts import ChangeLine, PaperFacts


@dataclass(frozen=True, kw_only=True)
class Count:
    """How an item was decided; `reason` is the sentence of the meeting rule."""

    method: str = required("表决方式")
    due: int = required("应到")
    present: int = required("实到")
    votes_for: int = required("赞成")
    votes_against: int = required("反对")
    abstentions: int = required("弃权")
    recused: tuple[str, ...] = optional("回避", ())
    reason: str = required("结果说明")


@dataclass(frozen=True, kw_only=True)
class MinutesItem:
    """One item of the agenda."""

    kind: str = required("议题类型")  # 审议事项, 审议制度, 听取汇报, 传达学习, 通报
    title: str = required("议题")
    reporter: str = optional("汇报人")
    discussion: tuple[str, ...] = optional("讨论情况", ())
    resolution: str = required("议定事项")
    conditions: tuple[str, ...] = optional("有关要求", ())
    changes: tuple[ChangeLine, ...] = optional("审定方案", ())
    plan: str = optional("审定方案表述")
    sheet: str = optional("对照表")
    which: str = optional("附件序号")  # 附件, or 附件1 where there are more
    total: ChangeLine | None = optional("合计", None)
    count: Count | None = optional("表决情况", None)


@dataclass(frozen=True, kw_only=True)
class Minutes(PaperFacts):
    """The minutes of one meeting, whole or (as 节录) one item of it; `organ` is the committee."""

    mark: str = required("纪要标志")
    number: str = required("纪要编号")
    issuer: str = required("编发机关")
    meeting: str = required("会议名称")  # 区委编委2026年第3次会议
    held_on: str = required("会议日期", day=True)
    place: str = optional("会议地点")
    chair: str = required("主持人")
    chair_post: str = required("主持人职务")
    delegation: str = optional("委托主持说明")
    opening: str = optional("开头")  # as it was signed; without it the template words the usual one
    closing: str = optional("结尾")
    items: tuple[MinutesItem, ...] = required("议题")
    notes: tuple[str, ...] = optional("会议说明", ())  # shortened notice, added items, circulation, corrections
    present: tuple[str, ...] = required("出席")
    absent: tuple[str, ...] = optional("请假", ())
    missing: tuple[str, ...] = optional("缺席", ())  # neither there nor on leave
    attending: tuple[str, ...] = optional("列席", ())
    signer: str = required("签发人")
    copies_to: str = optional("分送")
    printed_on: str = required("印发日期", day=True)
