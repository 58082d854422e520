"""The only place that says by when a case must leave its state: the dated time limits, counted in working days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from proposals.law.lawbook import Law
from proposals.law.rows import SettingRow
from proposals.models import Proposal
from workflows.models import WorkItem


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a case may lie in the state it has, by which clause, and how long it has lain there (working days).

    `due_on` and `used` are None where they reach into a year whose holidays have not been entered: unknown.
    """

    due_on: date | None
    row: SettingRow
    used: int | None


@dataclass(frozen=True, slots=True)
class LastDay:
    """By when a case must leave its state; `due_on` is None without a limit, and where it is `uncounted`.

    A day is uncounted while it would lie in a year whose holidays have not been entered.
    """

    due_on: date | None
    uncounted: bool


def limit_of(*, case: Proposal, state: str, since: datetime) -> SettingRow | None:
    """Return the time limit of a state as it stands on the day on which the case came to it, or None."""
    return Law.of(case).on(timezone.localdate(since)).time_limit(state)


def last_day(*, case: Proposal, state: str, since: datetime) -> LastDay:
    """Return the last day for leaving the state to which the case came at that moment, as its work item keeps it."""
    row = limit_of(case=case, state=state, since=since)
    day = Law.of(case).calendar.after(day=timezone.localdate(since), n=row.value) if row else None
    return LastDay(day, uncounted=row is not None and day is None)


def count_anew() -> None:
    """Count the last day of every open work item again: a year has become known, or its notice was corrected."""
    for item in WorkItem.objects.filter(finished=None).select_related("process__territory"):
        case = item.process
        since = case.moved_at
        if since is None or item.stage != case.state:
            continue
        last = last_day(case=case, state=case.state, since=since)
        if LastDay(item.due_on, item.uncounted) != last:
            WorkItem.objects.filter(pk=item.pk).update(due_on=last.due_on, uncounted=last.uncounted)


def standing(*, case: Proposal, item: WorkItem | None) -> Limit | None:
    """Return the limit under which the case lies now, with the working days used up to today."""
    since = case.moved_at
    if item is None or since is None or (item.due_on is None and not item.uncounted):
        return None
    row = limit_of(case=case, state=case.state, since=since)
    if row is None:
        return None
    tomorrow = timezone.localdate() + timedelta(days=1)
    return Limit(item.due_on, row, Law.of(case).calendar.between(start=timezone.localdate(since), end=tomorrow))


def mark(due: date, *, near: int) -> str:
    """Return what a list says of a last day: nothing, 临近到期 from so many days before, or 已超期."""
    today = timezone.localdate()
    if due - timedelta(days=near) > today:
        return ""
    return "临近到期" if due >= today else "已超期"


def narrowed(cases: QuerySet[Any], asked: str, *, near: int) -> QuerySet[Any]:
    """Return the cases that are past their last day (LATE), or so many days or fewer before it (SOON)."""
    today = timezone.localdate()
    ends = {
        "LATE": {"due_on__lt": today},
        "SOON": {"due_on__gte": today, "due_on__lte": today + timedelta(days=near)},
    }
    if asked not in ends:
        return cases
    return cases.filter(pk__in=WorkItem.objects.filter(finished=None, **ends[asked]).values("process"))
