"""Which steps of its cases a step of a meeting takes along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from proposals.case.models import Proposal
from proposals.committee.meetings import AgendaItem, Meeting
from proposals.procedure.act import Act
from proposals.vocabulary import Outcome, State

RESOLVED_AS: Mapping[Outcome, str] = {
    Outcome.APPROVED: "resolve_approved",
    Outcome.AMENDED: "resolve_amended",
    Outcome.DEFERRED: "resolve_deferred",
    Outcome.RETURNED: "resolve_returned",
    Outcome.REJECTED: "resolve_rejected",
    Outcome.PUT_OVER: "put_over",
}
AGREEING = ("resolve_approved", "resolve_amended")
Carried = tuple[UUID, str, dict[str, Any]]


def carried(meeting: Meeting, act: Act) -> list[Carried]:
    """Return the steps (case, step, facts) that a step just taken on the meeting takes along, each case's in order."""
    match act.step:
        case "open_item":
            return [(case.uuid, "begin_deliberation", {}) for _, case in _cases(meeting, act.facts["item"])]
        case "conclude_item" | "put_item_over":
            return [_resolved(item, case) for item, case in _cases(meeting, act.facts["item"])]
        case "start_circulation":
            return [(case.uuid, "circulate", {}) for _, case in _cases(meeting)]
        case "demand_meeting" | "lapse_circulation":
            return [(case.uuid, "fall_back", {}) for _, case in _cases(meeting)]
        case "finish_circulation":
            return [_resolved(item, case, over="fall_back") for item, case in _cases(meeting)]
        case "record_paper_meeting":
            return list(_recorded(meeting))
        case "draft_minutes":
            return list(_minuted(meeting, "draft_minutes", (State.APPROVED, State.APPROVED_AMENDED)))
        case "sign_minutes":
            return list(_minuted(meeting, "sign_minutes", (State.MINUTES_DRAFT,)))
        case _:
            return []


def _cases(meeting: Meeting, item: str | None = None) -> Iterator[tuple[AgendaItem, Proposal]]:
    items = meeting.items.select_related("proposal")
    for one in items if item is None else items.filter(uuid=item):
        if one.proposal is not None:
            yield one, one.proposal


def _minuted(meeting: Meeting, step: str, states: tuple[str, ...]) -> Iterator[Carried]:
    """Only what this meeting agreed to goes on with its minutes; a case that has moved on since is left alone."""
    for item, case in _cases(meeting):
        if item.outcome in (Outcome.APPROVED, Outcome.AMENDED) and case.state in states:
            yield (case.uuid, step, {})


def _resolved(item: AgendaItem, case: Proposal, *, over: str = "put_over") -> Carried:
    name = RESOLVED_AS[Outcome(item.outcome)]
    facts: dict[str, Any] = {"plan_digest": item.plan_digest} if name in AGREEING else {}
    if name == "resolve_amended":
        facts["values"] = item.values
    return (case.uuid, over if name == "put_over" else name, facts)


def _recorded(meeting: Meeting) -> Iterator[Carried]:
    for item, case in _cases(meeting):
        if case.state == State.SCHEDULED:
            yield (case.uuid, "begin_deliberation", {})
        yield _resolved(item, case)
