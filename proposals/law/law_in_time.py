"""Which law says who decides a case: that of its acceptance, until the case is routed anew in so many words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from proposals.case.lifecycle import CaseStep
from proposals.case.snapshots import CaseReading
from proposals.law import routing
from proposals.law.lawbook import Lawbook
from proposals.law.routing import RouteLeg, Unrouted
from proposals.vocabulary import Decider, DecisionMode, State

if TYPE_CHECKING:
    from proposals.case.models import Proposal

# Steps that take the law of their own day, and steps that route the lines again by the law taken before.
FREEZING = (CaseStep.ACCEPT, CaseStep.SEND_SMALL, CaseStep.REROUTE)
ROUTED = (*FREEZING, CaseStep.FINISH_ARGUMENT, CaseStep.SEND_TO_COMPLIANCE)
# Where nothing is frozen yet, or not any more; and where the lines may change and are routed again when they leave.
BEFORE = (State.DRAFT, State.UNIT_COLLECTIVE, State.SUBMITTED, State.INTAKE_REVIEW, State.RETURNED)
IN_HAND = (*BEFORE, State.ARGUING, State.CITY_RETURNED)


def day(*, case: Proposal, on: date, step: str = "") -> date:
    """Return the day whose law routes the case at a step taken on a day."""
    if step in FREEZING or case.state in BEFORE:
        return on
    return case.routed_on or case.accepted_on or on


def lawbook(*, case: Proposal, on: date, step: str = "") -> Lawbook:
    """Return the law that routes the case at a step taken on a day."""
    return Lawbook.of(case=case, on=day(case=case, on=on, step=step))


def frozen(*, case: Proposal, step: str = "") -> tuple[RouteLeg, ...]:
    """Return the route that the case has and keeps at this step, or nothing where it has to be found."""
    if case.state in IN_HAND or step in FREEZING:
        return ()
    return tuple(RouteLeg(leg["decider"], leg["mode"], leg["citation"]) for leg in case.route)


@dataclass(frozen=True, slots=True)
class OtherLaw:
    """The route by the law of today where it is another one than the case's own; `unrouted` where nobody decides."""

    since: date
    own: tuple[RouteLeg, ...]
    now: tuple[RouteLeg, ...]
    unrouted: str = ""

    @property
    def now_words(self) -> str:
        """The route that the law of today would give it."""
        return self.unrouted or in_words(self.now)


def in_words(legs: Sequence[RouteLeg]) -> str:
    """Say a route as offices say it: 区委编委审批，市委编办（编委）备案."""
    return "，".join(f"{Decider(leg.decider).label}{DecisionMode(leg.mode).label}" for leg in legs)


def other(*, case: Proposal, on: date, reading: CaseReading | None = None) -> OtherLaw | None:
    """Return the route by today's law where it differs from the one that the case was given; None where it does not."""
    taken = day(case=case, on=on)
    if taken >= on or not case.route or not case.change_lines:
        return None
    own = tuple(RouteLeg(leg["decider"], leg["mode"], leg["citation"]) for leg in case.route)
    versions = (reading or CaseReading(case)).standing(on)
    if case.state in IN_HAND:
        try:
            own = routing.of_case(case=case, on=taken, as_of=on, versions=versions)
        except Unrouted:
            return None
    try:
        now = routing.of_case(case=case, on=on, versions=versions)
    except Unrouted as error:
        return OtherLaw(since=taken, own=own, now=(), unrouted=str(error))
    return None if _same(own, now) else OtherLaw(since=taken, own=own, now=now)


def _same(one: Sequence[RouteLeg], other: Sequence[RouteLeg]) -> bool:
    return [leg[:2] for leg in one] == [leg[:2] for leg in other]
