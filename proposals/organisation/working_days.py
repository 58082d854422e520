"""The only place that counts working days: weekdays, corrected by the calendar; beyond the known years nothing is told.

A year is known once its notice stands. Every count that would need a day of another year is None: unknown, not wrong.
"""

from __future__ import annotations

from datetime import date, timedelta

from proposals.organisation.calendar import CalendarDay, CalendarNotice

SATURDAY = 5


def known_years() -> frozenset[int]:
    """Return the years whose holidays have been entered."""
    noticed = CalendarNotice.objects.filter(stands=True).order_by().values_list("year", flat=True)
    loose = CalendarDay.objects.filter(notice=None).order_by().values_list("day__year", flat=True)
    return frozenset(map(int, noticed.union(loose)))


def between(*, start: date, end: date) -> int | None:
    """Return how many working days lie strictly between two days; 0 when they touch, None when one is not known."""
    inner = [start + timedelta(days=n) for n in range(1, (end - start).days)]
    if not inner:
        return 0
    if not {day.year for day in inner} <= known_years():
        return None
    marked = dict(CalendarDay.objects.filter(day__in=inner).values_list("day", "works"))
    return sum(marked.get(day, day.weekday() < SATURDAY) for day in inner)


def after(*, day: date, n: int) -> date | None:
    """Return the n-th working day after a day; None when it lies beyond the known years."""
    known = known_years()
    marked = dict(CalendarDay.objects.filter(day__gt=day).values_list("day", "works"))
    while n:
        day += timedelta(days=1)
        if day.year not in known:
            return None
        n -= marked.get(day, day.weekday() < SATURDAY)
    return day
