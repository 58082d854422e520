"""What in a district's registers comes to its last day: permits, coordination bodies, posts lent by the pool."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from proposals.ledger.models import Permit
from proposals.organisation.bodies import BodyVersion
from proposals.use_of_posts import pool
from proposals.vocabulary import UNIT_LABELS, BodyCategory

if TYPE_CHECKING:
    from proposals.organisation.people import Territory

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
    """Yield posts of the pool that are to come back by a day; what came back settled the earliest loans first."""
    found = [
        one
        for one in pool.loans(territory=territory, as_of=today)
        if one.left > 0 and one.return_on is not None and one.return_on <= until
    ]
    standing = BodyVersion.objects.standing(on=today).filter(body__uuid__in={one.body for one in found})
    names = dict(standing.values_list("body__uuid", "name"))
    rows = [
        LastDay(LOAN, one.body, names[one.body], one.return_on, UNIT_LABELS[one.unit], one.left)
        for one in found
        if one.body in names and one.return_on is not None
    ]
    yield from sorted(rows, key=lambda one: one.day)[:SHOWN]
