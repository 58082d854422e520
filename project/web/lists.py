"""What the lists show: whose work waits, what was done, which cases a reader finds, always narrowed by duty and path."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from proposals.models import Entry, Proposal
from workflows import access
from workflows.access import Held
from workflows.models import WorkItem

PAGE = 20


def waiting(*, held: Held, person_id: int) -> QuerySet[WorkItem]:
    """Return the open work of a person: laid on the person, or on a duty the person holds on that path."""
    mine = Q(person_id=person_id)
    for duty, path in held:
        mine |= Q(duty=duty, path=path, person=None)
    return WorkItem.objects.filter(mine, open=True)


def done(*, person_id: int) -> QuerySet[Entry]:
    """Return what the person did, newest first."""
    return Entry.objects.filter(actor_id=person_id).order_by("-at", "-pk")


def readable(*, held: Held, person_id: int) -> QuerySet[Proposal]:
    """Return the cases the person may read."""
    return Proposal.objects.filter(access.readable_cases(held=held, person_id=person_id)).select_related("territory")


def holders(cases: Iterable[Proposal]) -> dict[UUID, WorkItem]:
    """Return the open work item of each case by the case's uuid: who has it now; one query."""
    wanted = [case.uuid for case in cases]
    return {item.subject_id: item for item in WorkItem.objects.filter(subject_id__in=wanted, open=True)}
