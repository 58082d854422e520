"""委托代办: whose duty on which case somebody else may do, until when, and who may be asked; read anew at every use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid5

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from proposals.case.asks import GrantKind
from proposals.case.lifecycle import CaseStep
from proposals.case.snapshots import CaseReading
from proposals.law.lawbook import Lawbook
from proposals.models import Appointment, Person, Proposal
from proposals.organisation.duty_places import (
    ADMINISTRATORS,
    CITY_DUTIES,
    LENDABLE,
    OFFICE_DUTIES,
    UNIT_DUTIES,
    placed,
)
from proposals.prepared import Prepared
from proposals.procedure.act import Act, uuid_in
from workflows.desks.flow import DESKS
from workflows.desks.holders import place
from workflows.grants import HOLD, CaseGrant

COLLEAGUES = (*OFFICE_DUTIES, *CITY_DUTIES)
_OF_ITS_DUTY = Concat(Value(HOLD), Lower("duty"))


def appointments(*, on: date) -> QuerySet[Appointment]:
    """Return the appointments that stand in their place on a day."""
    return Appointment.objects.filter(Q(until=None) | Q(until__gte=on), since__lte=on, unplaced=False)


def running(*, on: date) -> QuerySet[CaseGrant]:
    """Return the rights on cases whose days have come and not gone, not ended, of people who are still here."""
    return CaseGrant.objects.filter(ended_at=None, since__lte=on, until__gte=on, user__is_active=True)


def standing(*, on: date) -> QuerySet[CaseGrant]:
    """Return the lent duties that count on a day.

    The row gives the permission of its duty, the lender still holds the duty, the other still works in the same office,
    neither is an administrator, and the other has not come to the applicant's side meanwhile.
    """
    posts = appointments(on=on)
    lender = posts.filter(person=OuterRef("lender"), duty=OuterRef("duty"), path=OuterRef("path"))
    colleague = posts.filter(person=OuterRef("user"), duty__in=COLLEAGUES, path=OuterRef("path"))
    guards = posts.filter(Q(person=OuterRef("user")) | Q(person=OuterRef("lender")), duty__in=ADMINISTRATORS)
    applicant = posts.filter(
        Q(path=OuterRef("content_object__path")) | Q(unit=OuterRef("content_object__proposer")),
        person=OuterRef("user"), duty__in=UNIT_DUTIES,
    )  # fmt: skip
    rows = running(on=on).filter(kind=GrantKind.LENT, duty__in=LENDABLE, permission__codename=_OF_ITS_DUTY)
    rows = rows.filter(Exists(lender), Exists(colleague), lender__is_active=True)
    return rows.exclude(Exists(guards)).exclude(Exists(applicant)).exclude(user=F("content_object__drafter"))


# The duties of a person that may be lent, each on its path.
POSTS: Prepared[tuple[str, str]] = Prepared(
    lambda who, on: appointments(on=on).filter(person=who, duty__in=LENDABLE).values_list("duty", "path")
)


def own_duties(*, case: Proposal, person_id: int, on: date, read: CaseReading | None = None) -> tuple[str, ...]:
    """Return the duties that a person holds on the case by appointment and may lend, that of its desk first.

    `read` is what a judging read of the case; what is read now is kept in it.
    """
    known = read or CaseReading(case)
    rows = known.once((POSTS, person_id, on), lambda: POSTS(who=person_id, on=on))
    held = {duty for duty, path in rows if path == place(case=case, duty=duty) and placed(duty=duty, path=path)}
    needed = DESKS[case.state].duty
    return tuple(sorted(held, key=lambda duty: (duty != needed, LENDABLE.index(duty))))


def meant(*, case: Proposal, facts: Mapping[str, Any], own: tuple[str, ...]) -> str:
    """Return the duty that is lent: the chosen one, else the one that the case's desk needs, else the only one."""
    if chosen := facts.get("duty"):
        return str(chosen)
    return own[0] if own and (own[0] == DESKS[case.state].duty or len(own) == 1) else ""


def eligible(*, case: Proposal, lender_id: int, duties: Iterable[str], on: date) -> QuerySet[Person]:
    """Return who may be lent one of the duties on the case, in the order of posts.

    Colleagues of the same office who do not hold the duty themselves; never the applicant's side, the case's drafter,
    an administrator, or somebody whose duty has ended.
    """
    posts, able = appointments(on=on), Q(pk=None)
    for duty in duties:
        at = place(case=case, duty=duty)
        holders = posts.filter(duty=duty, path=at).values("person")
        able |= Q(pk__in=posts.filter(duty__in=COLLEAGUES, path=at).values("person")) & ~Q(pk__in=holders)
    unit = Q(path=case.path) | Q(unit=case.proposer)
    barred = Q(pk__in=posts.filter(duty__in=ADMINISTRATORS).values("person")) | Q(
        pk__in=posts.filter(unit, duty__in=UNIT_DUTIES).values("person")
    )
    people = Person.objects.filter(able, is_active=True).exclude(barred)
    return people.exclude(pk__in=(lender_id, case.drafter_id)).order_by("post_order", "pk")


# Of what kinds the rights on a case are that are open on a day, whether they count or not.
OPEN: Prepared[tuple[str]] = Prepared(
    lambda case, on: CaseGrant.objects.filter(content_object=case, ended_at=None, until__gte=on).values_list("kind")
)


LENT: Prepared[CaseGrant] = Prepared(
    lambda case, on: standing(on=on).filter(content_object=case).select_related("user", "lender")
)


def on(*, case: Proposal, day: date, read: CaseReading | None = None) -> list[CaseGrant]:
    """Return the duties lent on the case that count on a day, from what was read of it already, where it was."""
    return (read or CaseReading(case)).once((LENT, day), lambda: LENT(case=case, on=day))


def concerning(*, case: Proposal, person_id: int, on: date, read: CaseReading | None = None) -> list[CaseGrant]:
    """Return the duties lent on the case that count on a day and were made by or to the person."""
    known = read or CaseReading(case)
    rows = known.once((LENT, on), lambda: LENT(case=case, on=on))
    return [row for row in rows if person_id in (row.user_id, row.lender_id)]


def last_day(*, case: Proposal, on: date) -> date:
    """Return the last day until which a duty may be lent on that day: a dated setting of the district."""
    return on + timedelta(days=int(Lawbook.of(case=case, on=on).switch("delegation_days")))


def between(*, one: int, other: int, since: date, until: date) -> bool:
    """Return whether one of two people did the other's duty on any case at any time between two days.

    Who acts for another counts as both: the two together are no two persons.
    """
    pair = Q(user=one, lender=other) | Q(user=other, lender=one)
    rows = CaseGrant.objects.filter(pair, kind=GrantKind.LENT, since__lte=until, until__gte=since)
    ends = rows.values_list("ended_at", flat=True)
    return any(ended is None or timezone.localdate(ended) >= since for ended in ends)


def said(row: CaseGrant) -> str:
    """Return a lent duty in one line: who does whose duty until when."""
    until = f"{row.until.year}年{row.until.month}月{row.until.day}日"
    return f"{row.user.name}代{row.lender.name}办理「{row.get_duty_display()}」，至{until}"


def told(*, case: Proposal, act: Act) -> dict[str, Any]:
    """Return the facts that the record adds when a duty is lent or taken back: the row, the duty, the names."""
    if act.step == CaseStep.DELEGATE:
        own = own_duties(case=case, person_id=act.actor.id, on=timezone.localdate(act.at))
        return {
            "duty": meant(case=case, facts=act.facts, own=own),
            "delegation": str(uuid5(case.uuid, f"delegation {case.head_seq + 1}")),
            "person_name": str(Person.objects.get(uuid=act.facts["person"])),
        }
    if act.step == CaseStep.END_DELEGATION:
        row = CaseGrant.objects.select_related("user", "lender").get(uuid=uuid_in(act.facts["delegation"]))
        return {"delegation_name": said(row)}
    return {}
