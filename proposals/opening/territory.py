"""How a territory comes into being: its row, its register and rulebook, its people and their first appointments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from proposals.committee.models import CommitteeTerm, Membership
from proposals.organisation.people import Appointment, Person, Territory
from proposals.procedure.subjects import Register, Rulebook


def found(*, path: str, parent: Territory | None = None, **fields: Any) -> Territory:
    """Found a territory with its register and rulebook, or return the one that stands at the path."""
    territory, _ = Territory.objects.get_or_create(path=path, defaults={"parent": parent, **fields})
    Register.objects.get_or_create(territory=territory)
    Rulebook.objects.get_or_create(territory=territory)
    return territory


def found_all(*, territories: Iterable[Mapping[str, Any]]) -> dict[str, Territory]:
    """Found territories from data, cities before their districts; return them by path."""
    standing: dict[str, Territory] = {}
    for one in territories:
        fields = {name: value for name, value in one.items() if name not in ("path", "parent")}
        parent = standing[one["parent"]] if one["parent"] else None
        standing[one["path"]] = found(path=one["path"], parent=parent, **fields)
    return standing


def seat(*, people: Iterable[Mapping[str, Any]], since: date) -> dict[str, Person]:
    """Give people their accounts (locked until somebody sets a password) and their first appointments."""
    seated = {}
    for one in people:
        person = Person.objects.filter(username=one["username"]).first() or Person.objects.create_user(
            username=one["username"], name=one["name"], post=one["post"], post_order=one["order"]
        )
        for duty, path, *unit in one["duties"]:
            told = {"since": since, "unit": "".join(unit)}
            Appointment.objects.get_or_create(person=person, duty=duty, path=path, defaults=told)
        seated[person.username] = person
    return seated


def seat_committee(
    *, territory: Territory, name: str, members: Iterable[Mapping[str, str]], people: Mapping[str, Person], since: date
) -> CommitteeTerm:
    """Seat the members of a term in the order of their posts."""
    term, created = CommitteeTerm.objects.get_or_create(territory=territory, name=name, defaults={"since": since})
    if created:
        for order, one in enumerate(members, start=1):
            person = people[one["username"]]
            Membership.objects.create(
                term=term, person=person, role=one["role"], order=order, unit=one["unit"], since=since
            )
    return term
