"""Reading a yearly holiday notice as it is published: one line a holiday, what is free and what is worked instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

SATURDAY = 5
WEEK = "一二三四五六日"
# The public holidays that every year's notice settles, by the day from which the regulation names them.
PUBLIC = (
    (date(2008, 1, 1), ("元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆"), "《全国年节及纪念日放假办法》第二条"),
)
LEAD = re.compile(r"^[(（]?[一二三四五六七八九十\d]+[)）、.．]\s*")
WEEKDAY = r"(?:\([^()]*?(?:(?:星期|周|礼拜)([一二三四五六日天]))?\))?"
DAY = rf"(?:(\d{{4}})年)?(\d{{1,2}})月(\d{{1,2}})日{WEEKDAY}"
SPAN = re.compile(rf"{DAY}(?:(?:至|到|—+|-+|~)(?:(?:(\d{{4}})年)?(\d{{1,2}})月)?(\d{{1,2}})日{WEEKDAY})?")
CLAUSE = re.compile(r"[,。;](?![^(]*\))")
ASIDE = re.compile(r"\([^()]*\)")
COUNT = re.compile(r"共(\d+)天")


class NoticeUnreadable(Exception):
    """A notice could not be read; `faults` says where and why, a sentence a fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("".join(faults))
        self.faults = tuple(faults)


class Marked(NamedTuple):
    """A day that differs from the week."""

    day: date
    works: bool
    name: str


def read(*, text: str, year: int) -> list[Marked]:
    """Return the days that a notice marks, in order; raise NoticeUnreadable with everything that is wrong with it."""
    faults: list[str] = []
    found: dict[date, Marked] = {}
    for number, line in enumerate((line.strip() for line in text.splitlines()), start=1):
        if line:
            for one in _line(line, year, f"第{number}行", faults):
                if one.day in found and found[one.day].works != one.works:
                    faults.append(f"第{number}行：{told(one.day)}既写放假又写上班，请核对。")
                found[one.day] = one
    faults += objections(list(found.values()), year=year)
    if faults:
        raise NoticeUnreadable(list(dict.fromkeys(faults)))
    return [found[day] for day in sorted(found)]


def objections(days: Sequence[Marked], *, year: int) -> Iterator[str]:
    """Yield what is wrong with the days of a year as a whole, however they were typed."""
    names = "".join(one.name for one in days if not one.works)
    for since, wanted, citation in PUBLIC:
        missing = [name for name in wanted if name not in names]
        if date(year, 12, 31) >= since and missing:
            yield f"没有写到{'、'.join(missing)}（{citation}），请把全年的安排填写齐全。"
    for one in days:
        if one.day.year not in (year - 1, year) or (one.day.year != year and one.day.month < 12):
            yield f"{told(one.day)}不在{year}年，请核对年份。"
        elif one.works and one.day.weekday() < SATURDAY:
            yield f"{told(one.day)}是星期{WEEK[one.day.weekday()]}，本来就上班，不必写作调休上班，请核对。"


def told(day: date) -> str:
    """Return a day as a sentence names it."""
    return f"{day.year}年{day.month}月{day.day}日"


def summary(days: Sequence[Marked]) -> list[str]:
    """Return the days as short lines, for whoever has to look at them: one line a holiday."""
    lines: dict[str, list[str]] = {}
    for name, works, first, last in _runs(sorted(days)):
        until = "" if first == last else f"至{last.month}月{last.day}日"
        free = f"放假（{(last - first).days + 1}天）"
        lines.setdefault(name, []).append(f"{first.month}月{first.day}日{until}{'上班' if works else free}")
    return [f"{name}：{'，'.join(parts)}" for name, parts in lines.items()]


def primitives(days: Sequence[Marked]) -> list[dict[str, Any]]:
    """Return the days as facts hold them."""
    return [{"day": one.day.isoformat(), "works": one.works, "name": one.name} for one in days]


def marked(days: Sequence[Any]) -> list[Marked]:
    """Read the days that facts hold; raise ValueError, KeyError or TypeError for anything else."""
    return [Marked(date.fromisoformat(one["day"]), _flag(one["works"]), str(one["name"])[:40]) for one in days]


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _runs(days: Sequence[Marked]) -> Iterator[tuple[str, bool, date, date]]:
    run: list[Marked] = []
    for one in days:
        if run and (one.name, one.works, one.day) != (run[-1].name, run[-1].works, run[-1].day + timedelta(days=1)):
            yield run[0].name, run[0].works, run[0].day, run[-1].day
            run = []
        run.append(one)
    if run:
        yield run[0].name, run[0].works, run[0].day, run[-1].day


def _line(line: str, year: int, place: str, faults: list[str]) -> Iterator[Marked]:
    """Yield the days of one line, `春节：2月15日至23日放假，共9天。2月14日（周六）、2月28日（周六）上班。`"""
    line = LEAD.sub("", unicodedata.normalize("NFKC", line)).replace(" ", "")
    name, colon, rest = line.partition(":")
    if not colon or not name or SPAN.search(name):
        faults.append(f"{place}：请写成“元旦：1月1日至3日放假，1月4日上班”，冒号前写节日名称。")
        return
    pending: list[date] = []
    free = 0
    for clause in CLAUSE.split(rest):
        pending += _days(clause, year, place, faults)
        works = "上班" in clause
        if pending and (works or "放假" in clause or "休" in clause):
            free += 0 if works else len(pending)
            yield from (Marked(day, works, name[:40]) for day in pending)
            pending = []
    if pending:
        faults.append(f"{place}：{told(pending[0])}没有写明放假还是上班。")
    said = COUNT.search(rest)
    if said and int(said[1]) != free:
        faults.append(f"{place}：写明共{said[1]}天，按日期算是{free}天，请核对。")
    if not SPAN.search(rest):
        faults.append(f"{place}：没有读到日期，请写明几月几日。")


def _days(clause: str, year: int, place: str, faults: list[str]) -> Iterator[date]:
    for found in SPAN.finditer(clause):
        own, month, day, week, last_year, last_month, last_day, last_week = found.groups()
        try:
            first = date(int(own or year), int(month), int(day))
            last = first
            if last_day:
                last = date(int(last_year or first.year), int(last_month or month), int(last_day))
                if last < first and last_month and not last_year:
                    last = last.replace(year=first.year + 1)
        except ValueError:
            faults.append(f"{place}：没有{ASIDE.sub('', found[0])}这一天，请核对。")
            continue
        if not 0 <= (last - first).days < 20:
            faults.append(f"{place}：{ASIDE.sub('', found[0])}起止日期颠倒或过长，请核对。")
            continue
        for one, said in ((first, week), (last, last_week)):
            if said and WEEK[one.weekday()] != said.replace("天", "日"):
                faults.append(f"{place}：{told(one)}是星期{WEEK[one.weekday()]}，不是星期{said}，请核对。")
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))
