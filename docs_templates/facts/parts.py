"""Facts that several families of papers share: heads, change lines, remarks, signatures.

Days are ISO text ("2026-11-20"); figures that are computed on are integers, all else is text as it shall be printed.
"""

from dataclasses import dataclass
from enum import StrEnum

from docs_templates.facts.frozen import optional, required


class RemarkKind(StrEnum):
    """What a remark is about; a frozen paper keeps it as these words."""

    ENTERED_LATER = "补录"
    EXCEPTION = "特批说明"
    URGENT = "紧急事项"
    SHORT_NOTICE = "缩短材料送达时间"
    AD_HOC = "临时动议"
    CIRCULATION = "书面传签"
    CORRECTION = "更正"
    MADE_ANEW = "重新制作"


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A mark that must be seen on paper: what it is about (RemarkKind) and what it says."""

    kind: str = required("附记类别")
    text: str = required("附记内容")


@dataclass(frozen=True, kw_only=True)
class PaperFacts:
    """What every paper is told."""

    case_number: str = required("事项编号")  # or the meeting's number; stands in the page code
    title: str = required("标题")
    organ: str = required("制发机关")
    dated: str = required("成文日期", day=True)
    round: int = optional("第几次报送", 1)
    chain_head: str = optional("办理记录链首")  # head of the chain before the entry that freezes the paper
    remarks: tuple[Remark, ...] = optional("附记", ())


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with its paragraphs."""

    title: str = required("小标题")
    paragraphs: tuple[str, ...] = required("段落")


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One line of the plan: before, after and what each authority made of the amount."""

    body: str = required("机构")
    item: str = required("事项")  # 事业编制（全额拨款）, 副科级领导职数, 名称 …
    before: str = optional("现行")
    after: str = optional("拟调整为")
    change: str = optional("增减")
    requested: str = optional("申请数")
    decided: str = optional("审定数")
    granted: str = optional("批准数")
    note: str = optional("备注")
    way: str = optional("方式")  # 向市级上划, 使用周转池: posts that are not simply given or taken
    said: str = optional("表述")  # what becomes of a body, as a clause; posts are said together (sources.sentences)

    @property
    def course(self) -> str:
        """How the amount changed on its way: 5 → 4; for records alone, empty when nobody changed it."""
        steps: list[str] = []
        for amount in (self.requested, self.decided, self.granted):
            if amount and (not steps or steps[-1] != amount):
                steps.append(amount)
        return " → ".join(steps) if len(steps) > 1 else ""

    @property
    def amounts(self) -> str:
        """The same in words, as forms say it: 申请6名，审定4名; empty when nobody changed it."""
        stages = (("申请", self.requested), ("审定", self.decided), ("批准", self.granted))
        said = [f"{stage}{amount}名" for stage, amount in stages if amount]
        return "，".join(said) if self.course else ""

    @property
    def told(self) -> str:
        """The line as a sentence without its full stop."""
        if self.before and self.after:
            said = f"{self.body}：{self.item}由{self.before}调整为{self.after}"
        elif self.requested and self.after:
            said = f"{self.body}：{self.item}核定为{self.after}"
        else:
            said = f"{self.body}：{self.item}" + (f"，{self.after}" if self.after else "")
        return said + (f"，{self.note}" if self.note else "")


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """One step of the procedure as a paper tells it."""

    on: str = required("日期", day=True)
    what: str = required("程序")
    result: str = required("结论")
    recorded_later: bool = optional("补录", False)


@dataclass(frozen=True, kw_only=True)
class Official:
    """What makes a paper an official one: red head, addressee, 版记."""

    mark: str = required("发文机关标志")
    number: str = required("发文字号")
    recipient: str = required("主送机关")
    urgency: str = optional("紧急程度")
    copies_to: str = optional("抄送机关")
    printed_by: str = required("印发机关")
    printed_on: str = required("印发日期", day=True)
