"""Who holds which duty on which subject, by appointment or by a right on one case."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from proposals.case.lifecycle import CaseStep
from proposals.models import Appointment, Proposal, SubjectKind
from proposals.organisation.duty_places import ADMINISTRATORS, CITY_DUTIES, UNIT_DUTIES, placed
from proposals.prepared import Prepared
from proposals.procedure.act import Act, Actor
from proposals.vocabulary import Duty
from workflows.desks import lending, reading
from workflows.grants import CaseGrant

SYSTEM_UUID = uuid.uuid5(uuid.NAMESPACE_URL, "dongyi:system")

Held = tuple[tuple[str, str], ...]
HELD: Prepared[tuple[str, str]] = Prepared(
    lambda person, on: Appointment.objects.filter(
        Q(until=None) | Q(until__gte=on), person=person, since__lte=on
    ).values_list("duty", "path")
)

_LENT: Prepared[CaseGrant] = Prepared(
    lambda case, who, on: (
        lending.standing(on=on).filter(content_object=case, user=who).select_related("lender").order_by("pk")
    )
)
_RIGHTS: Prepared[tuple[int]] = Prepared(lambda who, on: _rights(on).filter(user=who).values_list("content_object_id"))


def standing(*, person_id: int, on: date) -> Held:
    """Return the (duty, path) pairs that the person's appointments give on that day; one query.

    A duty without its place (a unit's duty on a whole district) gives nothing.
    """
    return held(HELD(person=person_id, on=on))


def held(rows: Iterable[tuple[str, str]]) -> Held:
    """Return the pairs of appointments that give something."""
    return tuple((duty, path) for duty, path in rows if placed(duty=duty, path=path))


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


def holds(
    *, actor: Actor, duties: Iterable[str], subject: Any, on: date, held: Held | None = None,
    rights: Iterable[CaseGrant] | None = None,
) -> bool:  # fmt: skip
    """Return whether the actor holds one of the duties on the subject on that day, by appointment or lent.

    `held` and `rights` are his duties and the duties lent on the case, where they were read already.
    """
    wanted = set(duties)
    return appointed(actor=actor, duties=wanted, subject=subject, on=on, held=held) or (
        lent_to(actor=actor, duties=wanted, subject=subject, on=on, rights=rights) is not None
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


def lent_to(
    *, actor: Actor, duties: Iterable[str], subject: Any, on: date, rights: Iterable[CaseGrant] | None = None
) -> CaseGrant | None:
    """Return the lent duty by which the actor may do one of the duties on the case, if one counts on that day.

    `rights` are the duties lent on the case that count on that day (lending.on), where they were read already.
    """
    if not isinstance(subject, Proposal):
        return None
    wanted = set(duties)
    if rights is None:
        rights = _LENT(case=subject, who=actor.id, on=on)
    return next((row for row in rights if row.user_id == actor.id and row.duty in wanted), None)


def gives_back(*, act: Act, subject: Any, on: date) -> bool:
    """Return whether the act ends a reading of the actor's own: for that nobody needs a duty."""
    if act.step != CaseStep.END_READING:
        return False
    return bool(reading.to_end(case=subject, person_id=act.actor.id, office=False, on=on, read=act.reading))


def give(*, grant: CaseGrant) -> None:
    """Let a right on one case take effect, with the permission that says what it is."""
    of_cases = Permission.objects.filter(content_type__app_label="proposals", content_type__model="proposal")
    grant.permission = of_cases.get(codename=grant.codename)
    grant.save(force_insert=True)


def take_back(*, grant: CaseGrant, at: datetime, by: int) -> None:
    """End a right on one case now; what has ended keeps its moment."""
    CaseGrant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=at, ended_by_id=by)


def readable_cases(*, held: Held, person_id: int, on: date) -> Q:
    """Return the filter of the cases a person may read on that day, on an indexed path.

    The office reads its district, a unit its own cases, members what reached the committee, the city what was filed,
    and whoever was let read one that one; the three administrators read nothing, and a duty without its place gives
    nothing.
    """
    if any(duty in ADMINISTRATORS for duty, _ in held):
        return Q(pk=None)
    readable = Q(pk__in=lending.standing(on=on).filter(user=person_id).values("content_object_id"))
    if held:  # who holds a post and is no administrator: what `reading.standing` asks besides is known here
        readable |= Q(pk__in=reading.given(on=on).filter(user=person_id).values("content_object_id"))
    return readable | by_duty(readers(held))


def rights(*, held: Held, person_id: int, on: date) -> frozenset[int]:
    """Return the cases on which the person has a right of his own that day, lent or to read; one query."""
    if any(duty in ADMINISTRATORS for duty, _ in held):
        return frozenset()
    return frozenset(case for (case,) in _RIGHTS(who=person_id, on=on))


def _rights(on: Any) -> QuerySet[CaseGrant]:
    lent, let = lending.standing(on=on).values("pk"), reading.standing(on=on).values("pk")
    return CaseGrant.objects.filter(Q(pk__in=lent) | Q(pk__in=let), ended_at=None, until__gte=on)


def readers(held: Held) -> Held:
    """Return the duties that let the person read cases: none of an administrator's, none without its place."""
    if any(duty in ADMINISTRATORS for duty, _ in held):
        return ()
    return tuple((duty, path) for duty, path in held if placed(duty=duty, path=path))


def by_duty(held: Held) -> Q:
    """Return the filter of the cases that duties let somebody read, each on its path."""
    readable = Q(pk=None)
    for duty, path in held:
        if duty in CITY_DUTIES:
            readable |= Q(territory__parent__path=path, filed_on__isnull=False)
        elif duty in UNIT_DUTIES:
            readable |= Q(path__startswith=path)
        elif duty in (Duty.COMMITTEE_MEMBER, Duty.COMMITTEE_VICE, Duty.ATTENDEE):
            readable |= Q(territory__path=path, proposed_on__isnull=False)
        else:
            readable |= Q(path__startswith=path, territory__path=path)
    return readable
