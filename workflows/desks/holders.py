"""Who is there to take a case: the active people who hold a duty where the case needs it, on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from proposals.models import Appointment, Proposal, Territory
from proposals.organisation.duty_places import ADMINISTRATORS, CITY_DUTIES, UNIT_DUTIES, placed
from proposals.prepared import Ask, Prepared
from proposals.vocabulary import Duty


class Held(NamedTuple):
    """A duty that an active person holds on a path."""

    person: int
    duty: str
    path: str


def _rows(path: Any, above: Any, on: Any) -> QuerySet[Appointment, tuple[int, str, str]]:
    standing = Q(until=None) | Q(until__gte=on)
    where = Q(path__startswith=path) | Q(path=above)
    rows = Appointment.objects.filter(standing, where, since__lte=on, person__is_active=True)
    barred = Appointment.objects.filter(standing, person=OuterRef("person"), since__lte=on, duty__in=ADMINISTRATORS)
    return rows.exclude(Exists(barred)).values_list("person_id", "duty", "path")


HELD: Prepared[tuple[int, str, str]] = Prepared(_rows)


class Receiver(NamedTuple):
    """Who gets a case: everybody with a duty, or the one person who drafted it."""

    duty: str
    person: int | None = None


def place(*, case: Proposal, duty: str) -> str:
    """Return the path on which a duty is held for the case: the unit's, the district's or the city's."""
    if duty in CITY_DUTIES and case.territory.parent:
        return case.territory.parent.path
    return case.path if duty in UNIT_DUTIES else case.territory.path


def held_in(*, territory: Territory, on: date) -> tuple[Held, ...]:
    """Return the duties that active people hold in a district and in its city on a day; one query.

    The three administrators act on no case, whatever else they hold.
    """
    return tuple(Held(*row) for row in HELD(**ask(territory=territory, on=on).given))


def ask(*, territory: Territory, on: date) -> Ask:
    """Return the query for the duties that people hold in a district and in its city, to be read with others."""
    above = territory.parent.path if territory.parent else territory.path
    return HELD.ask(path=territory.path, above=above, on=on)


def receiver(
    *, duties: tuple[str, ...], case: Proposal, on: date, held: tuple[Held, ...] | None = None
) -> Receiver | None:
    """Return who gets the case by the first of the duties that somebody holds, or None where it would reach nobody.

    A draft goes to whoever drafted it as long as that person works for the unit or the office; then to the colleagues.
    """
    known = held if held is not None else _known(case, on)
    for duty in duties:
        if duty == Duty.UNIT_DRAFTER:
            if any(_reaches(one, case, (duty, Duty.OFFICE_CLERK), case.drafter_id) for one in known):
                return Receiver(duty, case.drafter_id)
            duty = Duty.OFFICE_CLERK if case.path == case.territory.path else duty
        if any(_reaches(one, case, (duty,)) for one in known):
            return Receiver(duty)
    return None


def know(*, case: Proposal, on: date, rows: Iterable[tuple[int, str, str]]) -> None:
    """Let a case in hand know who holds what where it lies, as it was read just now."""
    case.__dict__.setdefault("holders", {})[on] = tuple(Held(*row) for row in rows)


def _known(case: Proposal, on: date) -> tuple[Held, ...]:
    """Return who holds what where the case lies, read once as long as the case is in hand."""
    read: dict[date, tuple[Held, ...]] = case.__dict__.setdefault("holders", {})
    if on not in read:
        read[on] = held_in(territory=case.territory, on=on)
    return read[on]


def _reaches(one: Held, case: Proposal, duties: tuple[str, ...], person: int | None = None) -> bool:
    if one.duty not in duties or person not in (None, one.person) or not placed(duty=one.duty, path=one.path):
        return False
    where = place(case=case, duty=one.duty)
    return where.startswith(one.path) if one.duty in UNIT_DUTIES else where == one.path
