"""What in a district's registers comes to its last day: permits, coordination bodies, posts lent by the pool."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from proposals.models.change import ChangeLine, ChangeOp
from proposals.models.establishment import BodyVersion
from proposals.models.quota import UNIT_LABELS, Movement, Permit, Posting
from proposals.states import BodyCategory

if TYPE_CHECKING:
    from proposals.models import Territory

SHOWN = 20
PERMIT, COORDINATION, LOAN = "PERMIT", "COORDINATION", "LOAN"


class LastDay(NamedTuple):
    """One thing whose last day has passed or comes by the day asked for: what it is, of which body, and how many."""

    sort: str
    body: UUID
    name: str
    day: date
    what: str = ""
    n: int = 0


def by(*, territory: Territory, today: date, until: date) -> list[LastDay]:
    """Return what ends by a day, the earliest first, at most so many of each sort; a fixed number of queries."""
    found = [
        *permits(territory=territory, until=until),
        *coordination(territory=territory, today=today, until=until),
        *loans(territory=territory, today=today, until=until),
    ]
    return sorted(found, key=lambda one: (one.day, one.name))


def permits(*, territory: Territory, until: date) -> Iterator[LastDay]:
    """Yield the permits with posts left that lapse by a day."""
    rows = Permit.objects.filter(territory=territory, account__balance__gt=0, expires_on__lte=until)
    found = list(rows.select_related("account__body")[:SHOWN])
    names = dict(
        BodyVersion.objects.filter(body__in=[permit.account.body_id for permit in found])
        .order_by("valid_from", "id")
        .values_list("body_id", "name")
    )
    for permit in found:
        if body := permit.account.body:
            number = permit.number or "未编号"
            yield LastDay(PERMIT, body.uuid, names.get(body.pk, ""), permit.expires_on, number, permit.account.balance)


def coordination(*, territory: Territory, today: date, until: date) -> Iterator[LastDay]:
    """Yield the coordination bodies that stand and whose term ends by a day."""
    rows = BodyVersion.objects.standing(on=today).filter(
        body__territory=territory, category=BodyCategory.COORDINATION, ends_on__lte=until
    )
    for version in rows.select_related("body").order_by("ends_on", "id")[:SHOWN]:
        if version.ends_on:
            yield LastDay(COORDINATION, version.body.uuid, version.name, version.ends_on)


def loans(*, territory: Territory, today: date, until: date) -> Iterator[LastDay]:
    """Yield posts of the pool that are to come back by a day; what came back settles the earliest loans first."""
    lines = {
        line.uuid: line
        for line in ChangeLine.objects.filter(
            proposal__territory=territory, op__in=(ChangeOp.POOL_USE, ChangeOp.POOL_RETURN)
        ).select_related("proposal")
    }
    posted = Posting.objects.filter(
        subject__in={line.proposal.uuid for line in lines.values()}, kind=Posting.Kind.POST, reversed_by=None
    )
    lent: dict[tuple[int, str], list[tuple[date, int]]] = {}
    returned: dict[tuple[int, str], int] = {}
    moved = Movement.objects.filter(posting__in=posted).order_by("effective_on", "id")
    for uuid, unit, n, giver, taker in moved.values_list("line", "unit", "n", "source__body", "target__body"):
        line = lines.get(uuid) if uuid else None
        if line is not None and line.op == ChangeOp.POOL_USE and line.params.get("return_on"):
            lent.setdefault((taker, unit), []).append((date.fromisoformat(line.params["return_on"]), n))
        elif line is not None and line.op == ChangeOp.POOL_RETURN:
            returned[giver, unit] = returned.get((giver, unit), 0) + n
    standing = BodyVersion.objects.standing(on=today).filter(body__in={body for body, _ in lent})
    names = {version.body_id: version for version in standing.select_related("body")}
    found = [
        LastDay(LOAN, names[body].body.uuid, names[body].name, day, UNIT_LABELS[unit], n)
        for (body, unit), taken in lent.items()
        if body in names
        for day, n in _left(taken, returned.get((body, unit), 0))
        if day <= until
    ]
    yield from sorted(found, key=lambda one: one.day)[:SHOWN]


def _left(taken: list[tuple[date, int]], back: int) -> Iterator[tuple[date, int]]:
    """Yield what is still lent, by the day on which it is to come back."""
    for day, n in sorted(taken):
        settled = min(n, back)
        back -= settled
        if n > settled:
            yield day, n - settled
