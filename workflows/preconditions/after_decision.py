"""Order after a decision: what must hold before a matter goes up, comes down, takes effect or ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from proposals.case.lifecycle import CaseStep
from proposals.effect import permits
from proposals.models import Proposal
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.vocabulary import Decider, FilingMode, State
from workflows.papers import of_steps


def legs(case: Proposal) -> set[str]:
    """Return every body in the frozen route."""
    return {leg["decider"] for leg in case.route}


def party_committee_done(case: Proposal, act: Act) -> Iterator[Reason]:
    """What the route sends to the Party committee waits for its consent, after every new decision of the committee."""
    if Decider.PARTY_COMMITTEE in legs(case) and case.agreed and case.decided_by != Decider.PARTY_COMMITTEE:
        yield Reason("PARTY_FIRST", "本事项须先报区委审定，请先办理「报区委审定」。")


def goes_up(case: Proposal, act: Act) -> Iterator[Reason]:
    """Only what the city approves or records is filed."""
    if case.filing_mode == FilingMode.NONE and not permits.only_uses_posts(case):
        yield Reason("NOT_FILED", "本事项不需上报市委编办，请办理「拟文下达」。")


def may_go_down(case: Proposal, act: Act) -> Iterator[Reason]:
    """A decided matter goes down only when nothing has to go up before it."""
    if case.state in (State.MINUTES_SIGNED, State.OFFICE_DECIDED) and case.filing_mode != FilingMode.NONE:
        yield Reason("FILE_FIRST", "本事项须上报市委编办，请先办理「拟文上报」。")


def founding_paper_numbered(case: Proposal, act: Act) -> Iterator[Reason]:
    """The paper that founds the register entries has its number before it is issued."""
    if not of_steps.founding(case):
        yield Reason("NO_NUMBER", "下达文件还没有编文号，请先办理「编文号」。")


def agreed(case: Proposal, act: Act) -> Iterator[Reason]:
    """Only an agreed matter takes effect."""
    if not case.agreed:
        yield Reason("NOT_AGREED", "本事项未获同意，请办理「复函告知」。")


def refused(case: Proposal, act: Act) -> Iterator[Reason]:
    """Only a refused matter is answered with a refusal."""
    if case.agreed:
        yield Reason("AGREED", "本事项已获同意，请办理「印发下达」。")


def record_only(case: Proposal, act: Act) -> Iterator[Reason]:
    """Only what the city merely records takes effect ahead of its answer."""
    if case.filing_mode != FilingMode.RECORD:
        yield Reason("WAIT_FOR_CITY", "报批事项须待市级批复后下达。")
    if case.effective:
        yield Reason("ALREADY_ISSUED", "本事项已经印发，无需重复印发。")


def merely_recorded(case: Proposal, act: Act) -> Iterator[Reason]:
    """What needs the city's approval is not done with a receipt."""
    if case.filing_mode == FilingMode.APPROVE:
        yield Reason("NEEDS_APPROVAL", "本事项为报批事项，不能以备案办结，请办理「市级批复」。")


def effective(case: Proposal, act: Act) -> Iterator[Reason]:
    """Carrying out begins when the founding paper is out."""
    if not case.effective:
        yield Reason("NOT_ISSUED", "下达文件还没有印发，请先办理「拟文下达」。")


def still_open(case: Proposal, act: Act) -> Iterator[Reason]:
    """What has taken effect is neither argued again nor withdrawn: its change is a matter of its own."""
    if case.effective:
        yield Reason("ALREADY_ISSUED", "本事项已经印发生效，不能重新论证或撤销；如需调整，请另行提出动议。")


def not_refused(case: Proposal, act: Act) -> Iterator[Reason]:
    """What was refused is answered; taken up again it is a matter of its own."""
    if case.agreed is False:
        yield Reason("REFUSED", "本事项已决定不予同意，请办理「复函告知」；情况有变化的，请另行提出动议。")


def not_yet_effective(case: Proposal, act: Act) -> Iterator[Reason]:
    """What was issued ahead is not issued again."""
    if case.effective and case.agreed:
        yield Reason("ALREADY_ISSUED", "本事项已先行印发，请办理「转入组织实施」。")


def goes_by_paper(case: Proposal, act: Act) -> Iterator[Reason]:
    """The use of approved posts takes effect by its permit and by nothing else; a refusal is told by a letter."""
    goes_to_city = act.step == CaseStep.PREPARE_FILING and case.filing_mode == FilingMode.APPROVE
    if permits.only_uses_posts(case) and case.agreed and not goes_to_city:
        yield Reason("NEEDS_PERMIT", "用编事项不另行文，请办理「印发用编核准单」。")


def goes_by_permit(case: Proposal, act: Act) -> Iterator[Reason]:
    """A permit lets approved posts be used; it changes nothing else, and it lasts into the future."""
    if not permits.only_uses_posts(case):
        yield Reason("NO_USE", "用编核准单只用于用编事项，本事项请办理「拟文上报」或「拟文下达」。")
    if case.filing_mode == FilingMode.APPROVE and case.state not in (State.CITY_APPROVED, State.CITY_REJECTED):
        yield Reason("WAIT_FOR_CITY", "本用编事项须报市级审批，待市级批复后印发用编核准单。")
    until = act.facts.get("expires_on")
    if until and date.fromisoformat(until) <= act.happened_on:
        yield Reason("UNTIL_PAST", "用编核准单的有效期应晚于今天，请重新填写。")


def not_in_force(case: Proposal, act: Act) -> Iterator[Reason]:
    """What already took effect is recorded or returned: another answer would say that it never did."""
    if case.effective:
        text = "本事项为备案事项且已先行印发生效，请办理「市级备案」；不同意见请办理「市级退回」并写明纠正要求。"
        yield Reason("IN_FORCE", text)
