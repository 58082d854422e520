"""What the clauses read of bodies and of other cases, each by one compiled query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from proposals.case.lines import CREATING, ChangeLine, ChangeOp
from proposals.case.particulars.table import Particulars
from proposals.prepared import Prepared, PreparedIn
from proposals.side_registers.models import ProblemItem
from proposals.vocabulary import State

if TYPE_CHECKING:
    from proposals.case.models import Proposal

T = TypeVar("T")
NAMING = (ChangeOp.CREATE, ChangeOp.SPLIT, ChangeOp.RENAME, ChangeOp.COORD_CREATE)
UNDONE = (State.DRAFT, State.WITHDRAWN, State.VOID, State.REJECTED, State.CITY_REJECTED)

EARLIER: PreparedIn[tuple[UUID, str, int | None, int | None]] = PreparedIn(
    lambda values, territory, case, since, until, begun, ended: (
        ChangeLine.objects.filter(Q(body__id__in=values) | Q(counterpart__id__in=values), proposal__territory=territory)
        .filter(
            Q(proposal__accepted_on__gte=since, proposal__accepted_on__lte=until)
            | Q(proposal__accepted_on=None, proposal__created_at__gte=begun, proposal__created_at__lt=ended)
        )
        .exclude(proposal=case)
        .exclude(proposal__state__in=UNDONE)
        .values_list("proposal__uuid", "op", "body_id", "counterpart_id")
    )
)


def once(read: Callable[[Any], T]) -> cached_property[T]:
    """Make a property of a view that its reading keeps: it hangs on the case and the day, not on step or values."""
    return cached_property(lambda view: view.read.once((read.__name__, view.on), lambda: read(view)))


class EarlierLine(NamedTuple):
    """A line of another matter: what it does, and which of the bodies asked about it changes or names beside that."""

    matter: UUID
    op: str
    target: UUID | None
    other: UUID | None


def earlier(*, case: Proposal, bodies: Mapping[int, UUID], since: date, until: date) -> list[EarlierLine]:
    """Return what other matters of the territory, under way or done, ask of bodies (uuids by key).

    They were accepted within the days, both included, or begun within them where they wait for acceptance.
    """
    rows = EARLIER(
        bodies, territory=case.territory_id, case=case, since=since, until=until, begun=_dawn(since),
        ended=_dawn(until + timedelta(days=1)),
    )  # fmt: skip
    return [
        EarlierLine(matter, op, None if op in CREATING else bodies.get(body or 0), bodies.get(counterpart or 0))
        for matter, op, body, counterpart in rows
    ]


UNDER_WAY = tuple(state for state in State if state not in (*UNDONE, State.CLOSED, State.ARCHIVED))
NAMED: Prepared[tuple[UUID, str, Mapping[str, Any]]] = Prepared(
    lambda territory, case: (
        ChangeLine.objects.filter(op__in=NAMING, proposal__territory=territory, proposal__effective_on=None)
        .exclude(proposal=case)
        .filter(proposal__state__in=UNDER_WAY)
        .values_list("proposal__uuid", "body_name", "params")
    )
)


class NamedLine(NamedTuple):
    """A name that another matter would give to a body."""

    matter: UUID
    name: str


def named_elsewhere(*, case: Proposal) -> list[NamedLine]:
    """Return the names that other cases of the territory under way would give; a case that is over gives none."""
    rows = NAMED(territory=case.territory_id, case=case)
    return [NamedLine(matter, Particulars(params).name or name) for matter, name, params in rows]


def _dawn(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def problems(which: Q, *, territory: Any, on: Any) -> QuerySet[ProblemItem]:
    """Return the problems of a territory that are open on a day, in the order of their numbers."""
    rows = ProblemItem.objects.filter(territory=territory, since__lte=on)
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gt=on)).filter(which).distinct()
    return rows.select_related("body").prefetch_related("parts")


PROBLEMS: PreparedIn[ProblemItem] = PreparedIn(
    lambda values, territory, on: problems(Q(body__uuid__in=values), territory=territory, on=on)
)
