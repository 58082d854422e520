"""What an office still lacks for a year that comes or has come: its calendar, its series of numbers, its caps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from docs_templates.models import NumberSeries
from proposals.law.changes import RulebookStep
from proposals.models import Cap, Territory
from proposals.organisation import working_days

NOVEMBER = 11
Role = NumberSeries.Role


class Missing(NamedTuple):
    """One thing to enter: what is missing, and the step of the rulebook that enters it, with what its form begins."""

    what: str
    step: str
    asked: Mapping[str, Any]


def missing(*, territory: Territory, today: date) -> list[Missing]:
    """Return what two people of the office have to enter; next year's from November on."""
    years = [today.year, *([today.year + 1] if today.month >= NOVEMBER else [])]
    known = working_days.known_years()
    found = [Missing(f"{year}年节假日安排", RulebookStep.CHANGE_CALENDAR, {}) for year in years if year not in known]
    series = list(NumberSeries.objects.filter(territory=territory.path, year__in=(years[0] - 1, *years)))
    for year in years:
        found += _series(territory, year, series)
    return [*found, *_caps(territory, years[-1])]


def _series(territory: Territory, year: int, series: Iterable[NumberSeries]) -> Iterator[Missing]:
    """Yield the series of a year that nobody opened, where the office counted numbers in the year before."""
    before = [one for one in series if one.year == year - 1 and one.own and one.last]
    opened = {(one.role, one.year) for one in series}
    used = {one.word: one for one in before}
    words = {
        Role.COMMITTEE: territory.committee_code, Role.OFFICE: territory.office_code,
        Role.LETTER: territory.letter_code, Role.PERMIT: territory.permit_code,
    }  # fmt: skip
    words |= {Role(one.role): one.word for one in before if one.role}
    for role, word in words.items():
        if word in used and (role, year) not in opened:
            asked = {"role": role.value, "word": word, "year": year, "first": 1}
            yield Missing(f"{year}年{role.label}字号（{word}）", RulebookStep.OPEN_SERIES, asked)


def _caps(territory: Territory, year: int) -> Iterator[Missing]:
    """Yield the caps that end before the last day of a year and that no row follows."""
    rows = Cap.objects.filter(territory=territory).order_by("since")
    newest = {(row.subject, row.scope): row for row in rows}
    for row in newest.values():
        if row.until and date(year - 1, 1, 1) <= row.until < date(year, 12, 31) and not _ended(row):
            day = f"{row.until.year}年{row.until.month}月{row.until.day}日"
            yield Missing(f"{row}（{day}到期）的下一期限额", RulebookStep.CHANGE_CAP, {"row": row.uuid})


def _ended(row: Cap) -> bool:
    """Return whether two people ended the cap on purpose: its own change did not name its last day."""
    return row.change is None or row.change.content.get("until") != str(row.until)
