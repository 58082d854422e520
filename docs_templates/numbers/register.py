"""The only place that gives numbers and enters given ones: each once in its series, without a gap unexplained."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from docs_templates.numbers.models import AllocatedNumber, NumberSeries
from proposals.prepared import Prepared
from proposals.prepared_writes import insert
from proposals.text import document_numbers
from proposals.text.document_numbers import Numbered

Use = AllocatedNumber.Use
STANDING: Prepared[AllocatedNumber] = Prepared(
    lambda territory, key: AllocatedNumber.objects.filter(territory=territory, key=key)
)
SERIES: Prepared[NumberSeries] = Prepared(
    lambda territory, word, year: NumberSeries.objects.select_for_update(no_key=True).filter(
        territory=territory, word=word, year=year
    )
)


class AlreadyNumbered(Exception):
    """The paper of this subject carries a number already."""


class NumberTaken(Exception):
    """The number stands in the register already; `row` says for what."""

    def __init__(self, row: AllocatedNumber) -> None:
        super().__init__(row.text)
        self.row = row


def allocate(
    *, territory: str, word: str, year: int, subject: UUID, purpose: str, at: datetime, dated: date | None = None
) -> AllocatedNumber:  # fmt: skip
    """Give the next 发文字号 of the code word (海编发) in the year to one paper of the subject.

    `purpose` names the paper ("qingshi", "qingshi/2" for the second round). Call it inside the step's transaction: a
    step that fails gives its number back with everything else, so the series has no gaps. What was typed, used on
    paper or left out is passed over. Raises AlreadyNumbered.
    """
    series = _locked(territory, word, year)
    row = _give(series, subject, purpose, at, dated)
    row.text = Numbered(word, year, row.number or 0).text
    return _kept(row)


def enter(
    *, territory: str, text: str, own: Iterable[str], use: str, subject: UUID, purpose: str, at: datetime, dated: date,
    from_paper: bool = False,
) -> AllocatedNumber:  # fmt: skip
    """Enter a number that somebody typed; one of an own word is taken in its series. Raises NumberTaken.

    A number that was entered as used on paper is claimed by its case when that comes in `from_paper`.
    """
    parts = document_numbers.parse(text)
    series = _locked(territory, parts.word, parts.year, own=parts.word in own) if parts else None
    standing = find(territory=territory, text=text)
    if standing is not None:
        if not (from_paper and standing.use == Use.PAPER and standing.subject_uuid is None):
            raise NumberTaken(standing)
        standing.subject_uuid, standing.purpose, standing.dated = subject, purpose, dated
        standing.save(update_fields=["subject_uuid", "purpose", "dated"])
        return standing
    row = AllocatedNumber(
        series=series, number=parts.n if parts else None, text=document_numbers.normal(text), territory=territory,
        use=use, subject_uuid=subject, purpose=purpose, allocated_at=at, dated=dated,
    )  # fmt: skip
    return _kept(row)


def find(*, territory: str, text: str) -> AllocatedNumber | None:
    """Return where a number stands in the register of a territory, however it is typed."""
    return STANDING.first(territory=territory, key=document_numbers.key(text))


def lock(*, territory: str, word: str, year: int) -> NumberSeries:
    """Return a series of the territory's own, locked until the transaction ends."""
    return _locked(territory, word, year)


def series_of(*, territory: str, role: str, year: int) -> NumberSeries | None:
    """Return the series that two people opened for papers of a role in a year, or None."""
    return NumberSeries.objects.filter(territory=territory, role=role, year=year).first() if role else None


def following(series: NumberSeries) -> int:
    """Return the next number that the series would give."""
    taken = set(series.allocated.filter(number__gt=series.last).values_list("number", flat=True))
    number = series.last + 1
    while number in taken:
        number += 1
    return number


def gaps(series: NumberSeries) -> list[int]:
    """Return the numbers that the series has passed and that nothing in the register explains."""
    known = set(series.allocated.values_list("number", flat=True))
    return [number for number in range(1, series.last + 1) if number not in known]


def _locked(territory: str, word: str, year: int, *, own: bool = True) -> NumberSeries:
    asked: dict[str, Any] = {"territory": territory, "word": word, "year": year}
    series = SERIES.first(**asked)
    if series is None:
        NumberSeries.objects.get_or_create(**asked, defaults={"own": own})
        (series,) = SERIES(**asked)
    if own and not series.own:
        series.own = True
        series.save(update_fields=["own"])
    return series


def _give(series: NumberSeries, subject: UUID, purpose: str, at: datetime, dated: date | None) -> AllocatedNumber:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("numbers are given inside a transaction only")
    if AllocatedNumber.objects.filter(subject_uuid=subject, purpose=purpose).exists():
        raise AlreadyNumbered(f"该文书已编文号，不能重复编号：{purpose}")
    series.last = following(series)
    series.save(update_fields=["last"])
    return AllocatedNumber(
        series=series, number=series.last, territory=series.territory, subject_uuid=subject, purpose=purpose,
        allocated_at=at, dated=dated,
    )  # fmt: skip


def _kept(row: AllocatedNumber) -> AllocatedNumber:
    row.key = document_numbers.key(row.text)
    insert(row)
    return row
