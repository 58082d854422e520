"""Which steps of its cases a step of a meeting takes along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from proposals.case.lifecycle import CaseStep
from proposals.case.models import Proposal
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.reading.whole import reading
from proposals.procedure.act import Act
from proposals.vocabulary import Outcome, State

RESOLVED_AS: Mapping[Outcome, str] = {
    Outcome.APPROVED: CaseStep.RESOLVE_APPROVED,
    Outcome.AMENDED: CaseStep.RESOLVE_AMENDED,
    Outcome.DEFERRED: CaseStep.RESOLVE_DEFERRED,
    Outcome.RETURNED: CaseStep.RESOLVE_RETURNED,
    Outcome.REJECTED: CaseStep.RESOLVE_REJECTED,
    Outcome.PUT_OVER: CaseStep.PUT_OVER,
}
AGREEING = (CaseStep.RESOLVE_APPROVED, CaseStep.RESOLVE_AMENDED)
OF_ITEM = ("meeting", "proposal", "outcome", "plan_digest", "values")
Carried = tuple[UUID, str, dict[str, Any]]


def carried(meeting: Meeting, act: Act) -> list[Carried]:
    """Return the steps (case, step, facts) that a step just taken on the meeting takes along, each case's in order."""
    match act.step:
        case MeetingStep.OPEN_ITEM:
            return [(case.uuid, CaseStep.BEGIN_DELIBERATION, {}) for _, case in _cases(meeting, act.facts["item"])]
        case MeetingStep.CONCLUDE_ITEM:
            return list(_concluded(meeting, act))
        case MeetingStep.PUT_ITEM_OVER:
            return [_resolved(item, case.uuid) for item, case in _cases(meeting, act.facts["item"])]
        case MeetingStep.START_CIRCULATION:
            return [(case.uuid, CaseStep.CIRCULATE, {}) for _, case in _cases(meeting)]
        case MeetingStep.DEMAND_MEETING | MeetingStep.LAPSE_CIRCULATION:
            return [(case.uuid, CaseStep.FALL_BACK, {}) for _, case in _cases(meeting)]
        case MeetingStep.FINISH_CIRCULATION:
            return [_resolved(item, case.uuid, over=CaseStep.FALL_BACK) for item, case in _cases(meeting)]
        case MeetingStep.RECORD_PAPER_MEETING:
            return list(_recorded(meeting))
        case MeetingStep.DRAFT_MINUTES:
            return list(_minuted(meeting, act, CaseStep.DRAFT_MINUTES, (State.APPROVED, State.APPROVED_AMENDED)))
        case MeetingStep.SIGN_MINUTES:
            return list(_minuted(meeting, act, CaseStep.SIGN_MINUTES, (State.MINUTES_DRAFT,)))
        case _:
            return []


def _cases(meeting: Meeting, item: str | None = None) -> Iterator[tuple[AgendaItem, Proposal]]:
    # What became of the items was just written; of the case only its name and place are read, all else with its lock.
    items = meeting.items.select_related("proposal").only(*OF_ITEM, "proposal__uuid", "proposal__state")
    for one in items if item is None else items.filter(uuid=item):
        if one.proposal is not None:
            yield one, one.proposal


def _minuted(meeting: Meeting, act: Act, step: str, states: tuple[str, ...]) -> Iterator[Carried]:
    """Only what this meeting agreed to goes on with its minutes; a case that has moved on since is left alone.

    No step of the minutes changes an item, so that what its judging read of them still holds.
    """
    for item, case in ((one, one.proposal) for one in reading(meeting, act).items):
        if case and item.outcome in (Outcome.APPROVED, Outcome.AMENDED) and case.state in states:
            yield (case.uuid, step, {})


def _concluded(meeting: Meeting, act: Act) -> Iterator[Carried]:
    """The outcome stands among the facts of the step, which writes nothing else of the item that its case needs."""
    matter = reading(meeting, act).on_agenda(act.facts["item"])
    if matter.case is not None:
        yield _resolved(matter.item, matter.case, outcome=act.facts["tally"]["outcome"])


def _resolved(item: AgendaItem, case: UUID, *, outcome: str = "", over: str = CaseStep.PUT_OVER) -> Carried:
    name = RESOLVED_AS[Outcome(outcome or item.outcome)]
    facts: dict[str, Any] = {"plan_digest": item.plan_digest} if name in AGREEING else {}
    if name == CaseStep.RESOLVE_AMENDED:
        facts["values"] = item.values
    return (case, over if name == CaseStep.PUT_OVER else name, facts)


def _recorded(meeting: Meeting) -> Iterator[Carried]:
    for item, case in _cases(meeting):
        if case.state == State.SCHEDULED:
            yield (case.uuid, CaseStep.BEGIN_DELIBERATION, {})
        yield _resolved(item, case.uuid)
