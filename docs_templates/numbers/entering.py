"""What two people enter in the register of numbers: a series of a new year, numbers used on paper, numbers left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from docs_templates.numbers import register
from docs_templates.numbers.models import AllocatedNumber, NumberSeries
from proposals.law.changes import RulebookStep
from proposals.models import Proposal, RuleChange
from proposals.text import document_numbers
from proposals.text.document_numbers import Numbered

OPEN, ENTER = RulebookStep.OPEN_SERIES, RulebookStep.ENTER_NUMBERS
MOST, HIGHEST, YEARS = 1000, 99_999, range(2000, 2100)
Use = AllocatedNumber.Use


class Span(NamedTuple):
    """A run of numbers of one series, and what becomes of them."""

    word: str
    year: int
    first: int
    last: int
    use: str

    @property
    def texts(self) -> list[str]:
        """The numbers as they are printed."""
        return [Numbered(self.word, self.year, n).text for n in range(self.first, self.last + 1)]


def span_of(step: str, facts: Mapping[str, Any]) -> Span:
    """Return the numbers that a change settles: a series that opens at a later number leaves the earlier to paper.

    Raises KeyError, TypeError or ValueError where they cannot be read.
    """
    word = document_numbers.normal(str(facts["word"]))
    if step == OPEN:
        return Span(word, int(facts["year"]), 1, int(facts["first"]) - 1, Use.PAPER)
    return Span(word, int(facts["year"]), int(facts["first"]), int(facts["last"]), Use(facts["use"]))


def objections(*, territory: str, step: str, facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield what stands against a change of the register, one Chinese sentence each."""
    try:
        span = span_of(step, facts)
    except (KeyError, TypeError, ValueError):
        yield "文号范围填写不全或有误，请重新填写。"
        return
    if not span.word or any(sign in span.word for sign in "〔〕0123456789") or len(span.word) > 40:
        yield "发文代字填写有误，只填代字，如：海编发。"
    if span.year not in YEARS:
        yield "年份填写有误，请核对。"
    if step == ENTER and not 1 <= span.first <= span.last <= HIGHEST:
        yield "起止号颠倒或有误，请核对。"
    elif span.last - span.first >= MOST:
        yield f"一次最多登记{MOST}个号，请分次登记。"
    else:
        yield from _standing(territory, span)
    if step == OPEN:
        yield from _opened(territory, span, str(facts.get("role") or ""))


def _standing(territory: str, span: Span) -> Iterator[str]:
    keys = [document_numbers.key(text) for text in span.texts]
    for row in AllocatedNumber.objects.filter(territory=territory, key__in=keys).order_by("number")[:5]:
        if not (span.use == Use.VOID and left_over(row)):
            yield f"{row.text}已在文号登记簿中（{row.get_use_display()}），请核对范围。"


def _opened(territory: str, span: Span, role: str) -> Iterator[str]:
    if role not in NumberSeries.Role.values:
        yield "请选择这一发文代字用于哪一类文书。"
    elif register.series_of(territory=territory, role=role, year=span.year):
        yield f"{span.year}年{NumberSeries.Role(role).label}的字号已经启用，不能重复启用。"
    standing = NumberSeries.objects.filter(territory=territory, word=span.word, year=span.year).first()
    if standing and (standing.role or standing.last > span.last):
        yield f"{standing}已经使用到{standing.last}号，请改用「登记线下（作废）文号」补登。"


def left_over(row: AllocatedNumber) -> bool:
    """Return whether a given number is no longer the number of its case's paper, so that it may be left out."""
    if row.use not in (Use.ALLOTTED, Use.TYPED) or row.subject_uuid is None:
        return False
    case = Proposal.objects.filter(uuid=row.subject_uuid).first()
    return case is not None and row.text not in case.numbers.values()


def apply(*, change: RuleChange, at: datetime) -> None:
    """Enter what a confirmed change settles."""
    span, territory = span_of(change.table, change.content), change.territory.path
    series = register.lock(territory=territory, word=span.word, year=span.year)
    if change.table == OPEN:
        series.role, series.change = change.content["role"], change
        series.save(update_fields=["role", "change"])
    standing = {row.key: row for row in series.allocated.all()}
    new = []
    for n, text in zip(range(span.first, span.last + 1), span.texts, strict=True):
        key = document_numbers.key(text)
        if row := standing.get(key):
            AllocatedNumber.objects.filter(pk=row.pk).update(use=span.use, reason=change.reason, change=change)
            continue
        new.append(
            AllocatedNumber(
                series=series, number=n, territory=territory, text=text, key=key, use=span.use, reason=change.reason,
                allocated_at=at, change=change,
            )
        )  # fmt: skip
    AllocatedNumber.objects.bulk_create(new)
