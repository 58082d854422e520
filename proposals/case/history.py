"""Which state each case was in on a day, as its record says."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from proposals.case.models import Proposal
from proposals.procedure.entries import Entry
from proposals.vocabulary import State


def ends(day: date) -> datetime:
    """Return the moment at which the day is over here: columns of moments are compared with it, so indexes serve."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def as_of(*, day: date) -> QuerySet[Any]:
    """Return the cases with `state_then`, their state at the end of the day; the record is read only if it moved since.

    What was entered from paper counts from the day on which it happened.
    """
    until_then = Entry.objects.filter(subject_id=OuterRef("uuid"), happened_on__lte=day).order_by("-seq")
    recorded = Coalesce(Subquery(until_then.values("to_state")[:1]), Value(State.DRAFT), output_field=CharField())
    return Proposal.objects.annotate(
        state_then=Case(When(moved_at__gte=ends(day), then=recorded), default=F("state"), output_field=CharField())
    )
