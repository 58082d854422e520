"""查阅: who may read one case until a day that no duty of his reaches (借阅、审计调阅、传阅); read anew at every use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from proposals.case.asks import GrantKind
from proposals.case.lifecycle import CaseStep
from proposals.case.snapshots import CaseReading
from proposals.law.lawbook import Lawbook
from proposals.models import Person, Proposal
from proposals.organisation.duty_places import ADMINISTRATORS, CITY_DUTIES, UNIT_DUTIES
from proposals.prepared import Prepared
from proposals.procedure.act import Act, uuid_in
from proposals.vocabulary import Duty
from workflows.desks.lending import appointments, running
from workflows.grants import READ, CaseGrant

# Whose seat shows a case once it has come before the committee.
SEATS = (Duty.COMMITTEE_MEMBER, Duty.COMMITTEE_VICE, Duty.ATTENDEE)


def given(*, on: date) -> QuerySet[CaseGrant]:
    """Return the readings whose days have come and not gone and that nobody ended."""
    return running(on=on).exclude(kind=GrantKind.LENT).filter(permission__codename=READ)


def standing(*, on: date) -> QuerySet[CaseGrant]:
    """Return the readings that count on a day: the reader still holds a post somewhere and is no administrator."""
    posts = appointments(on=on).filter(person=OuterRef("user"))
    return given(on=on).filter(Exists(posts)).exclude(Exists(posts.filter(duty__in=ADMINISTRATORS)))


def eligible(*, case: Proposal, on: date) -> QuerySet[Person]:
    """Return who may be let read the case, in the order of posts.

    People of the district and of the city above it whom no duty lets read it already; never an administrator.
    """
    posts, territory = appointments(on=on), case.territory
    near = Q(path__startswith=territory.path)
    if territory.parent is not None:
        near |= Q(path=territory.parent.path)
    barred = Q(duty__in=ADMINISTRATORS) | _reading(case)
    people = Person.objects.filter(pk__in=posts.filter(near).values("person"), is_active=True)
    people = people.exclude(pk__in=posts.filter(barred).values("person"))
    return people.exclude(pk__in=standing(on=on).filter(content_object=case).values("user")).order_by(
        "post_order", "pk"
    )


def _reading(case: Proposal) -> Q:
    """Return which appointments let somebody read the case (workflows.access.readable_cases, seen from the case)."""
    above = list(_upwards(case.path))
    seats = Q(duty__in=SEATS, path=case.territory.path) if case.proposed_on else Q(pk=None)
    office = Q(path=case.territory.path) & ~Q(duty__in=(*SEATS, *UNIT_DUTIES, *CITY_DUTIES))
    city = Q(pk=None)
    if case.filed_on and case.territory.parent is not None:
        city = Q(duty__in=CITY_DUTIES, path=case.territory.parent.path)
    return Q(duty__in=UNIT_DUTIES, path__in=above) | seats | office | city


def _upwards(path: str) -> Iterator[str]:
    """Yield a path and every path above it."""
    parts = path.strip("/").split("/")
    yield from (f"/{'/'.join(parts[:n])}/" for n in range(1, len(parts) + 1))


def on(*, case: Proposal, day: date) -> list[CaseGrant]:
    """Return the readings of the case that count on a day."""
    return list(standing(on=day).filter(content_object=case).select_related("user", "lender"))


TO_END: Prepared[CaseGrant] = Prepared(
    lambda case, on: (
        CaseGrant.objects.filter(content_object=case, ended_at=None, until__gte=on)
        .exclude(kind=GrantKind.LENT)
        .select_related("user", "lender")
    )
)


def to_end(
    *, case: Proposal, person_id: int, office: bool, on: date, read: CaseReading | None = None
) -> list[CaseGrant]:  # fmt: skip
    """Return the readings that a person may end: the office every one that is open, a reader his own.

    `read` is what a judging read of the case; what is read now is kept in it.
    """
    rows = (read or CaseReading(case)).once((TO_END, on), lambda: TO_END(case=case, on=on))
    return [row for row in rows if office or row.user_id == person_id]


def last_day(*, case: Proposal, on: date) -> date:
    """Return the last day until which a case may be shown on that day: a dated setting of the district."""
    return on + timedelta(days=int(Lawbook.of(case=case, on=on).switch("reading_days")))


def said(row: CaseGrant) -> str:
    """Return a reading in one line: who reads for what until when, and who let him."""
    until = f"{row.until.year}年{row.until.month}月{row.until.day}日"
    return f"{row.user.name}查阅本事项（{row.get_kind_display()}），至{until}，由{row.lender.name}准予"


def told(*, case: Proposal, act: Act) -> dict[str, str]:
    """Return the facts that the record adds when a reading is given or ended: the row and the names."""
    if act.step == CaseStep.GRANT_READING:
        return {
            "grant": str(uuid5(case.uuid, f"reading {case.head_seq + 1}")),
            "person_name": str(Person.objects.get(uuid=act.facts["person"])),
        }
    if act.step == CaseStep.END_READING:
        row = CaseGrant.objects.select_related("user", "lender").get(uuid=uuid_in(act.facts["grant"]))
        return {"grant_name": said(row)}
    return {}


def row_of(*, case: Proposal, act: Act) -> CaseGrant:
    """Return the reading that an act gives, not yet kept."""
    facts: Mapping[str, Any] = act.facts
    return CaseGrant(
        uuid=UUID(facts["grant"]), content_object=case, kind=facts["purpose"], lender_id=act.actor.id,
        user=Person.objects.get(uuid=facts["person"]), since=timezone.localdate(act.at),
        until=date.fromisoformat(facts["until"]), reason=facts["reason"],
    )  # fmt: skip
