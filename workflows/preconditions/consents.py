"""What a step relies on was given for the lines as they are: the city's word, the desk's, the chair's, the ballot."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.case.consents import consents
from proposals.case.consents.consents import Kind, Result
from proposals.committee.steps import system_facts
from proposals.models import Proposal
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason


def city_was_consulted(case: Proposal, act: Act) -> Iterator[Reason]:
    """An unfavourable answer of the city stops the way to the committee as long as the lines are those it saw."""
    said = consents.standing(case, Kind.CITY, act.reading)
    if said is not None and said.result == Result.UNFIT:
        yield Reason("CITY_UNFIT", "市委编办意见为“不宜提出”，请办理「重新论证」或「撤销动议」。")


def compliance_saw_the_lines(case: Proposal, act: Act) -> Iterator[Reason]:
    """What the compliance desk has once looked at goes to it again when the lines changed or it objected."""
    said = consents.newest(case, Kind.COMPLIANCE, act.reading)
    if said is None:
        return
    if not consents.stands(said, case):
        text = f"合法合规审查意见{consents.words(said, case)}，不再适用，请再次办理「送合法合规审查」。"
        yield Reason("COMPLIANCE_FELL", text)
    elif said.result == Result.OBJECT:
        yield Reason("COMPLIANCE_OBJECTED", "合法合规审查提出了不同意见，请修改后再次办理「送合法合规审查」。")


def chair_agreed_to_the_lines(case: Proposal, act: Act) -> Iterator[Reason]:
    """What the committee takes up is what its chair agreed to put before it."""
    said = consents.newest(case, Kind.CHAIR, act.reading)
    if said is not None and not consents.stands(said, case):
        text = f"编委主任同意上会的意见{consents.words(said, case)}，不再适用，请重新提请上会。"
        yield Reason("CHAIR_SAW_OTHERS", text)


def ballot_saw_the_lines(case: Proposal, act: Act) -> Iterator[Reason]:
    """The committee resolves the very plan that was put to the vote."""
    voted = act.facts.get("plan_digest")
    if voted and voted != system_facts.plan_of(case, act.facts.get("values")):
        yield Reason("OTHER_PLAN", "表决的方案与本事项现在的调整事项不同，不能据此议定，请在会上重新审议。")
