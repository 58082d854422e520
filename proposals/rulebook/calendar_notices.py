"""How a year's working days come to be known: a notice drawn up by one person and confirmed by another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from proposals.law.changes import RulebookStep
from proposals.law.models import RuleChange
from proposals.organisation.calendar import CalendarDay, CalendarNotice
from proposals.procedure import chronicle
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from proposals.rulebook import calendar_text
from proposals.rulebook.calendar_text import Marked

if TYPE_CHECKING:
    from proposals.procedure.subjects import Rulebook

STEP = RulebookStep.CHANGE_CALENDAR
YEARS = range(2008, 2100)


def digest(days: Sequence[Marked]) -> str:
    """Return the digest of the days that a notice names."""
    return chronicle.digest(calendar_text.primitives(sorted(days)))


def lay(*, year: int, citation: str, days: Sequence[Marked], change: RuleChange | None = None) -> CalendarNotice:
    """Let a notice stand for its year; what an earlier one of that year said is no longer counted by."""
    earlier = CalendarNotice.objects.filter(year=year, stands=True)
    CalendarDay.objects.filter(notice__in=earlier).delete()
    CalendarDay.objects.filter(day__in=[one.day for one in days], notice=None).delete()
    earlier.update(stands=False)
    notice = CalendarNotice.objects.create(year=year, citation=citation, change=change, digest=digest(days))
    CalendarDay.objects.bulk_create(
        CalendarDay(day=one.day, works=one.works, name=one.name, citation=citation, notice=notice) for one in days
    )
    return notice


def apply(change: RuleChange) -> None:
    """Let a confirmed notice stand."""
    content = change.content
    lay(
        year=content["year"], citation=content["citation"], days=calendar_text.marked(content["days"]), change=change
    )  # fmt: skip


def readable(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A notice says of a whole year, day by day, what is free and what is worked."""
    try:
        days, year = calendar_text.marked(act.facts.get("days") or ()), int(act.facts["year"])
    except (KeyError, TypeError, ValueError):
        yield Reason("CHANGE_UNREADABLE", "节假日安排填写不全或有误，请按通知原文逐行填写。")
        return
    if year not in YEARS:
        yield Reason("CHANGE_UNREADABLE", f"没有{year}年的节假日安排，请核对年份。")
    for said in calendar_text.objections(days, year=year):
        yield Reason("CHANGE_UNREADABLE", said)


def own_year(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A year is settled once; what corrects it names what it corrects."""
    yield from _own_year(act.facts)


def still_own_year(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A notice is confirmed only while nobody else settled or corrected its year."""
    change = RuleChange.objects.filter(uuid=uuid_in(act.facts.get("change")), table=STEP).first()
    if change is not None:
        yield from _own_year(change.content)


def _own_year(facts: Mapping[str, Any]) -> Iterator[Reason]:
    year = int(facts.get("year") or 0)
    stands = CalendarNotice.objects.filter(year=year, stands=True).first()
    if str(stands.uuid if stands else "") != str(facts.get("replaces") or ""):
        told = f"{year}年的节假日安排已经登记（{stands.citation}）" if stands else "所更正的安排已不再施行"
        yield Reason("CALENDAR_KNOWN", f"{told}，如需更正，请打开办事规则页面，在该年一行办理「更正」。")
        return
    try:
        days = [date.fromisoformat(one["day"]) for one in facts.get("days") or ()]
    except (KeyError, TypeError, ValueError):
        return
    for row in CalendarDay.objects.filter(day__in=days).exclude(notice=None).exclude(notice=stands)[:3]:
        said = f"{calendar_text.told(row.day)}已由{row.notice}写明，请去掉这一天后重新填写。"
        yield Reason("CALENDAR_KNOWN", said)


def lay_calendar(*, calendar: Mapping[str, Any]) -> None:
    """Lay down the working days of a year, as a data file holds the notice of the State Council; once a year."""
    if not CalendarNotice.objects.filter(year=calendar["year"], stands=True).exists():
        days = calendar_text.marked(calendar["days"])
        lay(year=calendar["year"], citation=calendar["citation"], days=days)
