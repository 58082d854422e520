"""Order of titles: a paper is numbered under a title whose numbers are those in force, or its drafter says it anew."""

from __future__ import annotations

from collections.abc import Iterator

from docs_templates.sources.issuer import FOUNDING, UPWARD
from proposals.case.lifecycle import CaseStep
from proposals.case.values import titles
from proposals.models import Proposal
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.vocabulary import UNIT_LABELS
from workflows.papers import manuscripts


def title_settled(case: Proposal, act: Act) -> Iterator[Reason]:
    """A number in a title that nobody can hold to the lines is set anew before it is printed."""
    facts = act.facts
    if facts.get("paper") not in (*UPWARD, *FOUNDING):
        return
    given = str(facts.get("title") or "")
    if given and act.step != CaseStep.DRAFT_PAPER and _signed_under(case, act):
        yield Reason("TITLE_SIGNED", "标题已随文稿签发，请去掉；需要改动的，请重新拟稿。")
    elif given:
        if wrong := titles.differing(case, given):
            yield Reason("TITLE_DIFFERS", f"标题中的{_quoted(wrong)}与现行方案（{_in_force(case)}）不符，请改正标题。")
    elif (titled := titles.of_case(case)).open:
        text = (
            f"原标题《{titled.filed}》中的{_quoted(titled.open)}与现行方案（{_in_force(case)}）对不上，"
            "请在「标题（事由）」栏写明本件标题。"
        )
        yield Reason("TITLE_OPEN", text)


def _signed_under(case: Proposal, act: Act) -> bool:
    """Whether the paper is signed before it is numbered: its title is then part of what was signed."""
    return manuscripts.rule(case=case, paper=act.facts["paper"], on=act.happened_on) is not None


def _quoted(numbers: tuple[str, ...]) -> str:
    return "、".join(f"“{number}”" for number in numbers)


def _in_force(case: Proposal) -> str:
    """Say what is in force, type by type, so that a title can be written from it."""
    amounts: dict[str, int] = {}
    for line in case.change_lines:
        if line.unit in UNIT_LABELS:
            what = f"{line.get_op_display()}：{UNIT_LABELS[line.unit]}"
            amounts[what] = amounts.get(what, 0) + line.amount
    return "；".join(f"{what}{n}名" for what, n in amounts.items()) or "没有数额"
