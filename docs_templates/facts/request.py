"""Facts of the papers that go up to the city: 请示 and 备案报告."""

from dataclasses import dataclass

from docs_templates.facts.frozen import optional, required
from docs_templates.facts.parts import ChangeLine, Official, PaperFacts, Procedure, Section


@dataclass(frozen=True, kw_only=True)
class UpwardPaper(PaperFacts):
    """A paper of the committee or office to the city."""

    head: Official = required("版头版记")
    signer: str = optional("签发人")  # stands on the paper only where somebody signed it
    opening: str = required("缘由与依据")
    sections: tuple[Section, ...] = required("正文")
    changes: tuple[ChangeLine, ...] = required("调整方案")
    plan: str = optional("调整方案表述")
    sheet: str = optional("对照表")
    total: ChangeLine | None = optional("合计", None)
    procedures: tuple[Procedure, ...] = required("履行程序情况")
    course: str = optional("履行程序表述")
    earlier: str = optional("前次报送")  # when and under which number the matter went up before, and what became of it
    changed_since_last_round: tuple[str, ...] = optional("较上次报送的变化", ())
    annexes: tuple[str, ...] = optional("附件", ())
    contact: str = required("联系人")
    telephone: str = required("联系电话")
