"""Who holds which duty on which subject, by appointment or by an exception on one case; alone imports guardian."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from guardian.models import UserObjectPermission
from guardian.shortcuts import assign_perm, get_user_perms, remove_perm

from proposals.models import Appointment, Person, Proposal, SubjectKind
from proposals.organisation.duty_places import ADMINISTRATORS, CITY_DUTIES, UNIT_DUTIES, placed
from proposals.procedure.act import Actor
from proposals.vocabulary import Duty
from workflows.desks import lending
from workflows.models import Delegation

SYSTEM_UUID = uuid.uuid5(uuid.NAMESPACE_URL, "dongyi:system")

Held = tuple[tuple[str, str], ...]


def standing(*, person_id: int, on: date) -> Held:
    """Return the (duty, path) pairs that the person's appointments give on that day; one query.

    A duty without its place (a unit's duty on a whole district) gives nothing.
    """
    rows = Appointment.objects.filter(Q(until=None) | Q(until__gte=on), person_id=person_id, since__lte=on)
    return tuple((duty, path) for duty, path in rows.values_list("duty", "path") if placed(duty=duty, path=path))


def covers(*, duty: str, path: str, subject: Any) -> bool:
    """Return whether a duty on a path reaches the subject.

    District duties reach their own territory (a unit's duties its own cases only); city duties reach the districts
    directly below the city; neither reaches into the other's work, and a duty without its place reaches nothing.
    """
    territory = subject.territory
    if not placed(duty=duty, path=path):
        return False
    if duty in CITY_DUTIES and territory.parent_id:
        return path == territory.parent.path
    if duty in UNIT_DUTIES:
        return getattr(subject, "path", territory.path).startswith(path)
    return path == territory.path


def holds(*, actor: Actor, duties: Iterable[str], subject: Any, on: date, held: Held | None = None) -> bool:
    """Return whether the actor holds one of the duties on the subject on that day, by appointment or lent."""
    wanted = set(duties)
    return appointed(actor=actor, duties=wanted, subject=subject, on=on, held=held) or (
        lent_to(actor=actor, duties=wanted, subject=subject, on=on) is not None
    )


def appointed(*, actor: Actor, duties: Iterable[str], subject: Any, on: date, held: Held | None = None) -> bool:
    """Return whether an appointment gives the actor one of the duties on the subject.

    The three administrators act on the rulebook only, whatever else they hold.
    """
    wanted = set(duties)
    if actor.uuid == SYSTEM_UUID:
        return Duty.SYSTEM in wanted
    pairs = standing(person_id=actor.id, on=on) if held is None else held
    if subject.subject_kind != SubjectKind.RULEBOOK and any(duty in ADMINISTRATORS for duty, _ in pairs):
        return False
    return any(duty in wanted and covers(duty=duty, path=path, subject=subject) for duty, path in pairs)


def lent_to(*, actor: Actor, duties: Iterable[str], subject: Any, on: date) -> Delegation | None:
    """Return the delegation by which the actor may do one of the duties on the case, if one counts on that day."""
    if not isinstance(subject, Proposal):
        return None
    rows = lending.standing(on=on).filter(proposal=subject, person_id=actor.id, duty__in=set(duties))
    found = list(rows.select_related("lender").order_by("pk"))
    granted = set(get_user_perms(Person.objects.get(pk=actor.id), subject)) if found else set()
    return next((one for one in found if permission(one.duty) in granted), None)


def permission(duty: str) -> str:
    """Return the codename of the per-object exception for a duty."""
    return f"hold_{duty.lower()}"


def lend(*, delegation: Delegation) -> None:
    """Let a delegation take effect: the exception on the case goes with the row."""
    delegation.save(force_insert=True)
    assign_perm(permission(delegation.duty), delegation.person, delegation.proposal)


def take_back(*, delegation: Delegation, at: datetime, by: int) -> None:
    """End a delegation now; the exception goes, unless the same duty is lent to the person by somebody else too."""
    Delegation.objects.filter(pk=delegation.pk).update(ended_at=at, ended_by_id=by)
    same = Delegation.objects.filter(
        proposal=delegation.proposal_id, person=delegation.person_id, duty=delegation.duty, ended_at=None
    )
    if not same.exists():
        remove_perm(permission(delegation.duty), delegation.person, delegation.proposal)


def exceptions() -> set[tuple[str, int, str]]:
    """Return every exception that guardian holds on cases, as (case's key, person, codename)."""
    rows = UserObjectPermission.objects.filter(content_type__model="proposal")
    return set(rows.values_list("object_pk", "user_id", "permission__codename"))


def readable_cases(*, held: Held, person_id: int, on: date) -> Q:
    """Return the filter of the cases a person may read on that day, on an indexed path.

    The office reads its district, a unit its own cases, members what reached the committee, the city what was filed;
    the three administrators read nothing, and a duty without its place gives nothing.
    """
    if any(duty in ADMINISTRATORS for duty, _ in held):
        return Q(pk=None)
    readable = Q(pk__in=lending.standing(on=on).filter(person_id=person_id).values("proposal_id"))
    for duty, path in held:
        if not placed(duty=duty, path=path):
            continue
        if duty in CITY_DUTIES:
            readable |= Q(territory__parent__path=path, filed_on__isnull=False)
        elif duty in UNIT_DUTIES:
            readable |= Q(path__startswith=path)
        elif duty in (Duty.COMMITTEE_MEMBER, Duty.COMMITTEE_VICE, Duty.ATTENDEE):
            readable |= Q(territory__path=path, proposed_on__isnull=False)
        else:
            readable |= Q(path__startswith=path, territory__path=path)
    return readable
