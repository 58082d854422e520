"""How meetings come to be planned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from proposals.case.correspondence.uploads import Upload
from proposals.committee import terms
from proposals.committee.meetings import SETTLING, AgendaItem, Form, Meeting
from proposals.committee.models import CommitteeTerm
from proposals.organisation.people import Person, Territory
from proposals.procedure import locks
from proposals.procedure.act import Actor
from proposals.procedure.once import once
from proposals.vocabulary import MeetingState


def plan_meeting(
    *, territory: Territory, starts_at: datetime, place: str, planned_by: Person, at: datetime,
    form: str = Form.SITTING, identity: UUID | None = None,
) -> Meeting:  # fmt: skip
    """Plan a meeting of the term that sits on that day; it has no number and no chain until it is called.

    Raises CommitteeTerm.DoesNotExist when no term covers the day. Under one identity it is planned once; the same one
    for another meeting raises KeyReused.
    """
    on = starts_at.date()
    term = terms.standing(territory=territory, on=on)
    if term is None:
        raise CommitteeTerm.DoesNotExist(f"no term of {territory} sits on {on}")
    says = {"territory": territory, "starts_at": starts_at, "place": place, "form": form}
    return once(
        Meeting.objects.all(), identity=identity, says=says,
        make=lambda: Meeting.objects.create(
            uuid=identity or uuid4(), term=term, year=on.year, planned_by=planned_by, created_at=at, **says
        ),
    )  # fmt: skip


def next_number(*, meeting: Meeting) -> int:
    """Return the number that follows the last of the year; a cancelled meeting's number is free again."""
    called = Meeting.objects.filter(territory=meeting.territory, form=meeting.form, year=meeting.year)
    return (called.exclude(state=MeetingState.CANCELLED).aggregate(last=Max("seq"))["last"] or 0) + 1


def keep_scan(
    *, territory: Territory, actor: Actor, at: datetime, stored: Mapping[str, Any], name: str, identity: UUID
) -> Upload:
    """Keep the scanned record of a meeting, once under one identity; `stored` is what the archive says of it."""
    says = {name: value for name, value in stored.items() if name != "pages"}  # counted after it came
    return once(
        Upload.objects.filter(proposal=None), identity=identity, says=says,
        make=lambda: Upload.objects.create(
            uuid=identity, territory=territory, purpose=Upload.Purpose.MEETING_SCAN, name=name,
            uploaded_by_id=actor.id, uploaded_at=at, declared_clean=True, **stored,
        ),
    )  # fmt: skip


def hold_ratified(meeting: Meeting) -> None:
    """Lock what was decided by circulation, until the step ends: two sittings take it up one after the other."""
    locks.hold(_circulated(meeting))


def to_ratify(meeting: Meeting) -> list[AgendaItem]:
    """Return what was decided by circulation, oldest first, that no sitting has answered and no agenda holds."""
    on_the_way = AgendaItem.objects.filter(ratifies=OuterRef("pk")).exclude(meeting__state=MeetingState.CANCELLED)
    held = on_the_way.filter(Q(outcome__in=SETTLING) | Q(outcome=""))
    found = (
        _circulated(meeting)
        .exclude(Exists(held))
        .select_related("meeting")
        .prefetch_related("ratifications")
        .order_by("meeting__held_on", "pk")
    )
    return [item for item in found if item.ratification]


def _circulated(meeting: Meeting) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(
        meeting__territory=meeting.territory_id, meeting__form=Form.CIRCULATION, status=AgendaItem.Status.CONCLUDED
    )
