"""The year's plans of use: what was planned for a body and type, what permits used of it, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Q, Sum

from proposals.case.lines import ChangeLine, ChangeOp
from proposals.case.values import in_force
from proposals.ledger.accounts import stood
from proposals.ledger.models import Compartment, Movement, Permit
from proposals.side_registers.use_plans import UsePlan
from proposals.vocabulary import State

if TYPE_CHECKING:
    from proposals.organisation.people import Territory

ENDED = (
    State.CLOSED, State.ARCHIVED, State.WITHDRAWN, State.VOID, State.REJECTED, State.CITY_REJECTED, State.DEFERRED,
    State.IMPLEMENTING,
)  # fmt: skip
Place = tuple[UUID, str]


class Year(NamedTuple):
    """One type of one body in one year: its plan (None where the use stands beside the plan) and what was used."""

    body: UUID
    unit: str
    plan: UsePlan | None
    used: int
    pending: int

    @property
    def planned(self) -> int:
        """The number that binds."""
        return self.plan.n if self.plan else 0

    @property
    def left(self) -> int:
        """What may still be used; below nothing where more was used than planned."""
        return self.planned - self.used - self.pending


def standing(*, territory_id: int, year: int, as_of: date | None = None) -> dict[Place, UsePlan]:
    """Return the plans of a year by body and unit, as they stood on a day or stand now."""
    rows = UsePlan.objects.filter(territory=territory_id, year=year).select_related("body")
    rows = rows.filter(until=None) if as_of is None else rows.standing(on=as_of)
    return {(row.body.uuid, row.unit): row for row in rows}


def used(*, territory_id: int, year: int, as_of: date) -> dict[Place, int]:
    """Return what permits of a year used by a day, filled or still to be: what lapsed or went back is not used."""
    permits = Permit.objects.filter(
        territory=territory_id, issued_on__year=year, issued_on__lte=as_of, case__isnull=False
    )
    found: dict[Place, int] = {}
    accounts: dict[int, Place] = {}
    for account, body, unit, left in permits.annotate(left=stood(as_of=as_of, account="account")).values_list(
        "account", "account__body__uuid", "account__unit", "left"
    ):
        accounts[account] = body, unit
        found[body, unit] = found.get((body, unit), 0) + left
    for end, other, sign in (("source", "target", 1), ("target", "source", -1)):
        rows = Movement.objects.filter(
            **{f"{end}__in": accounts, f"{other}__compartment": Compartment.OCCUPIED}, effective_on__lte=as_of
        )
        for account, n in rows.order_by().values_list(end).annotate(n=Sum("n")):
            found[accounts[account]] += sign * n
    return found


def pending(*, territory_id: int, exclude: UUID | None = None) -> dict[Place, int]:
    """Return what decided cases are about to use whose permits are not out yet."""
    lines = ChangeLine.objects.filter(
        proposal__territory=territory_id, op=ChangeOp.USE, proposal__agreed=True, proposal__effective_on=None,
        body__isnull=False,
    ).exclude(proposal__state__in=ENDED)  # fmt: skip
    found: dict[Place, int] = {}
    for line in lines.exclude(Q(proposal__uuid=exclude) if exclude else Q(pk=None)).select_related("body"):
        for unit, n in in_force.of(line):
            if line.body:
                found[line.body.uuid, unit] = found.get((line.body.uuid, unit), 0) + n
    return found


def of_year(*, territory: Territory, year: int, as_of: date) -> list[Year]:
    """Return plan and use of a year by body and unit; what is pending counts only in the year that runs."""
    plans = standing(territory_id=territory.pk, year=year, as_of=as_of)
    taken = used(territory_id=territory.pk, year=year, as_of=as_of)
    waiting = pending(territory_id=territory.pk) if year == as_of.year else {}
    places = [*plans, *(place for place in (*taken, *waiting) if place not in plans)]
    return [
        Year(body, unit, plans.get((body, unit)), taken.get((body, unit), 0), waiting.get((body, unit), 0))
        for body, unit in dict.fromkeys(places)
    ]


def years(*, territory: Territory) -> list[int]:
    """Return the years for which plans were decided, newest first."""
    return list(UsePlan.objects.filter(territory=territory).order_by("-year").values_list("year", flat=True).distinct())


def wanted(lines: Iterable[ChangeLine]) -> Mapping[Place, int]:
    """Return what the lines of one case would use, by body and unit."""
    found: dict[Place, int] = {}
    for line in lines:
        if line.op == ChangeOp.USE and line.body:
            for unit, n in in_force.of(line):
                found[line.body.uuid, unit] = found.get((line.body.uuid, unit), 0) + n
    return found
