"""What the page of one body shows, as of a day: open cases, permits, history, kin, approved posts over time."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from proposals.case import history as record_states
from proposals.case.lines import ChangeLine
from proposals.effect import founding_papers
from proposals.ledger.accounts import stood
from proposals.ledger.models import Movement, Permit
from proposals.organisation.bodies import Body, BodyVersion, Succession
from proposals.organisation.people import Territory
from proposals.register import tree
from proposals.vocabulary import QuotaType, State

ENDED = (State.CLOSED, State.ARCHIVED, State.WITHDRAWN, State.VOID)


def open_cases(*, body: Body, as_of: date) -> QuerySet[Any]:
    """Return the cases that were under way on the day and would change the body, with their state of that day."""
    lines = ChangeLine.objects.filter(Q(body=body) | Q(counterpart=body)).values("proposal")
    cases = record_states.as_of(day=as_of).filter(pk__in=lines, created_at__lt=record_states.ends(as_of))
    return cases.exclude(state_then__in=ENDED).order_by("-pk")


def history(*, body: Body, as_of: date) -> list[BodyVersion]:
    """Return every version of a body that had begun by the day, newest first."""
    return list(body.versions.filter(valid_from__lte=as_of).order_by("-valid_from", "-id"))


class Kin(NamedTuple):
    """What a body came from or what came from it, and the paper by which that was corrected, if it was."""

    way: str
    row: Succession
    name: str
    corrected_by: str


def kin(*, body: Body, as_of: date) -> list[Kin]:
    """Return what the body came from and what came from it, with the name of the other body."""
    rows = Succession.objects.filter(Q(predecessor=body) | Q(successor=body), on__lte=as_of).order_by("on")
    names = tree.names_on(territory=body.territory, as_of=as_of)
    found = []
    for row in rows:
        way, other = ("去向", row.successor_id) if row.predecessor_id == body.pk else ("来源", row.predecessor_id)
        found.append(Kin(way, row, names.get(other, ""), founding_papers.corrected_by(row, on=as_of)))
    return found


def permits(*, territory: Territory, as_of: date, body: Body | None = None) -> QuerySet[Permit]:
    """Return the permits that were given by the day and not used up on it, with what was `left` of each."""
    rows = Permit.objects.filter(territory=territory, issued_on__lte=as_of).select_related("account__body")
    if body is not None:
        rows = rows.filter(account__body=body)
    return rows.annotate(left=stood(as_of=as_of, account="account")).filter(left__gt=0)


def approved_over_time(*, body: Body, as_of: date) -> list[tuple[date, int]]:
    """Return how many approved posts a body had after each day on which the number changed, up to a day: one query."""
    quotas = Movement.objects.filter(unit__in=QuotaType.values, effective_on__lte=as_of)
    crossing = quotas.filter(Q(source__body=body) | Q(target__body=body)).exclude(source__body=body, target__body=body)
    changes: dict[date, int] = {}
    for day, taker, n in crossing.order_by("effective_on").values_list("effective_on", "target__body", "n"):
        changes[day] = changes.get(day, 0) + (n if taker == body.pk else -n)
    points, total = [], 0
    for day, change in changes.items():
        total += change
        if change:
            points.append((day, total))
    return points
