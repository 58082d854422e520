"""The only place that counts working days: weekdays, corrected by the calendar; beyond the known years nothing is told.

A year is known once its notice stands. Every count that would need a day of another year is None: unknown, not wrong.
The calendar is kept in memory by the word that the database gives it (`heads`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

from proposals.organisation import heads
from proposals.organisation.calendar import CalendarDay, CalendarNotice

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years that are known, and the days that differ from the week: whether each is worked."""

    known: frozenset[int]
    marked: Mapping[date, bool]

    def between(self, *, start: date, end: date) -> int | None:
        """Return how many working days lie strictly between two days; 0 when they touch, None when one is not known."""
        inner = [start + timedelta(days=n) for n in range(1, (end - start).days)]
        if not {day.year for day in inner} <= self.known:
            return None
        return sum(self._works(day) for day in inner)

    def after(self, *, day: date, n: int) -> date | None:
        """Return the n-th working day after a day; None when it lies beyond the known years."""
        while n:
            day += timedelta(days=1)
            if day.year not in self.known:
                return None
            n -= self._works(day)
        return day

    def _works(self, day: date) -> bool:
        return self.marked.get(day, day.weekday() < SATURDAY)


def standing(word: str | None = None) -> Calendar:
    """Return the calendar as it stands, or as the word names it that was read with a territory's."""
    if word is None:
        word = heads.word_of(heads.CALENDAR)
    return heads.remembered(_kept, _read, scope=heads.CALENDAR, word=word)


def forget() -> None:
    """Read the rows again next time, whatever their word."""
    _kept.cache_clear()


def known_years() -> frozenset[int]:
    """Return the years whose holidays have been entered."""
    return standing().known


def between(*, start: date, end: date) -> int | None:
    """Return how many working days lie strictly between two days; 0 when they touch, None when one is not known."""
    return standing().between(start=start, end=end)


def after(*, day: date, n: int) -> date | None:
    """Return the n-th working day after a day; None when it lies beyond the known years."""
    return standing().after(day=day, n=n)


@lru_cache(maxsize=8)
def _kept(scope: int, word: str) -> Calendar:
    return heads.steady(_read, scope=scope, word=word)


def _read(scope: int) -> Calendar:
    noticed = CalendarNotice.objects.filter(stands=True).order_by().values_list("year", flat=True)
    days = list(CalendarDay.objects.order_by().values_list("day", "works", "notice"))
    loose = {day.year for day, _, notice in days if notice is None}
    return Calendar(frozenset(noticed) | loose, MappingProxyType({day: works for day, works, _ in days}))
