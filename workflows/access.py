"""Who holds which duty on which subject, by appointment or by an exception on one case. The only door to guardian."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from guardian.shortcuts import assign_perm, get_user_perms, remove_perm

from proposals.act import Actor
from proposals.models import Appointment, Person, Proposal, SubjectKind
from proposals.states import Duty
from workflows.desk import CITY_DUTIES
from workflows.models import Delegation

SYSTEM_UUID = uuid.uuid5(uuid.NAMESPACE_URL, "dongyi:system")
ADMINISTRATORS = (Duty.SYSADMIN, Duty.SECADMIN, Duty.AUDITOR)

Held = tuple[tuple[str, str], ...]


def standing(*, person_id: int, on: date) -> Held:
    """Return the (duty, path) pairs that the person's appointments give on that day; one query."""
    rows = Appointment.objects.filter(Q(until=None) | Q(until__gte=on), person_id=person_id, since__lte=on)
    return tuple(rows.values_list("duty", "path"))


def covers(*, duty: str, path: str, subject: Any) -> bool:
    """Return whether a duty on a path reaches the subject.

    District duties reach their own territory (a unit's duties its own cases only); city duties reach the districts
    directly below the city; neither reaches into the other's work.
    """
    territory = subject.territory
    if duty in CITY_DUTIES and territory.parent_id:
        return path == territory.parent.path
    return path.startswith(territory.path) and getattr(subject, "path", territory.path).startswith(path)


def holds(*, actor: Actor, duties: Iterable[str], subject: Any, on: date, held: Held | None = None) -> bool:
    """Return whether the actor holds one of the duties on the subject on that day.

    Appointments are asked first; only when they do not answer are the exceptions of the case read. The three
    administrators act on the rulebook only.
    """
    wanted = set(duties)
    if actor.uuid == SYSTEM_UUID:
        return Duty.SYSTEM in wanted
    pairs = standing(person_id=actor.id, on=on) if held is None else held
    if subject.subject_kind != SubjectKind.RULEBOOK and any(duty in ADMINISTRATORS for duty, _ in pairs):
        return False
    if any(duty in wanted and covers(duty=duty, path=path, subject=subject) for duty, path in pairs):
        return True
    return isinstance(subject, Proposal) and bool(wanted & lent(person_id=actor.id, case=subject, on=on))


def lent(*, person_id: int, case: Proposal, on: date) -> set[str]:
    """Return the duties lent to the person on this case and not yet run out."""
    current = set(
        Delegation.objects.filter(proposal=case, person_id=person_id, until__gte=on).values_list("duty", flat=True)
    )
    if not current:
        return set()
    granted = set(get_user_perms(Person.objects.get(pk=person_id), case))
    return {duty for duty in current if permission(duty) in granted}


def permission(duty: str) -> str:
    """Return the codename of the per-object exception for a duty."""
    return f"hold_{duty.lower()}"


def lend(*, case: Proposal, lender: Actor, person: Person, duties: Iterable[str], until: date) -> None:
    """Lend the lender's duties on one case to a person until a day."""
    for duty in duties:
        assign_perm(permission(duty), person, case)
        Delegation.objects.create(proposal=case, duty=duty, lender_id=lender.id, person=person, until=until)


def take_back(*, case: Proposal, person: Person, duty: str) -> None:
    """Remove an exception before its day."""
    remove_perm(permission(duty), person, case)
    Delegation.objects.filter(proposal=case, person=person, duty=duty).delete()


def readable_cases(*, held: Held, person_id: int, on: date) -> Q:
    """Return the filter of the cases a person may read on that day, on an indexed path.

    The office reads its district, a unit its own cases, members what reached the committee, the city what was filed;
    the three administrators read nothing.
    """
    if any(duty in ADMINISTRATORS for duty, _ in held):
        return Q(pk=None)
    readable = Q(pk__in=Delegation.objects.filter(person_id=person_id, until__gte=on).values("proposal_id"))
    for duty, path in held:
        if duty in CITY_DUTIES:
            readable |= Q(territory__parent__path=path, filed_on__isnull=False)
        elif duty in (Duty.COMMITTEE_MEMBER, Duty.COMMITTEE_VICE, Duty.ATTENDEE):
            readable |= Q(territory__path=path, proposed_on__isnull=False)
        else:
            readable |= Q(path__startswith=path, territory__path=territory_path(path))
    return readable


def territory_path(path: str) -> str:
    """Return the territory part of an appointment path: city/district/, whatever unit stands below."""
    parts = path.strip("/").split("/")
    return "/" + "/".join(parts[:2]) + "/"


def may_read(*, person: Person, case: Proposal, on: date) -> bool:
    """Return whether the person may read the case and its papers."""
    held = standing(person_id=person.pk, on=on)
    return Proposal.objects.filter(readable_cases(held=held, person_id=person.pk, on=on), pk=case.pk).exists()
