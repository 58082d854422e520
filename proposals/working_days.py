"""The only place that counts working days: weekdays, corrected by the calendar's dated rows."""

from __future__ import annotations

from datetime import date, timedelta

from proposals.models.calendar import CalendarDay

SATURDAY = 5


def works(*, day: date) -> bool:
    """Return whether the offices work on that day."""
    row = CalendarDay.objects.filter(day=day).first()
    return row.works if row else day.weekday() < SATURDAY


def between(*, start: date, end: date) -> int:
    """Return how many working days lie strictly between two days; 0 when they touch."""
    inner = [start + timedelta(days=n) for n in range(1, (end - start).days)]
    marked = dict(CalendarDay.objects.filter(day__in=inner).values_list("day", "works"))
    return sum(marked.get(day, day.weekday() < SATURDAY) for day in inner)


def after(*, day: date, n: int) -> date:
    """Return the n-th working day after a day."""
    marked = dict(CalendarDay.objects.filter(day__gt=day).values_list("day", "works"))
    while n:
        day += timedelta(days=1)
        n -= marked.get(day, day.weekday() < SATURDAY)
    return day
