"""The only place that gives numbers: 发文字号 and 件号 of an archive class, without gaps and never twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from docs_templates.models import AllocatedNumber, NumberSeries

CATEGORY = "WS"  # 文书档案 (domain 12.1)


class AlreadyNumbered(Exception):
    """The paper of this subject carries a number already."""


def allocate(
    *, territory: str, word: str, year: int, subject: UUID, purpose: str, at: datetime
) -> AllocatedNumber:  # fmt: skip
    """Give the next 发文字号 of the code word (海编发) in the year to one paper of the subject.

    `purpose` names the paper ("qingshi", "qingshi/2" for the second round). Call it inside the step's transaction: a
    step that fails gives its number back with everything else, so the series has no gaps. Raises AlreadyNumbered.
    """
    series = _locked(territory, word, year)
    return _give(series, f"{word}〔{year}〕{series.last + 1}号", subject, purpose, at)


def allocate_item(
    *, territory: str, fonds: str, year: int, retention: str, section: str, subject: UUID, purpose: str, at: datetime
) -> AllocatedNumber:
    """Give the next 件号 of an archive class; its text is the whole 档号, e.g. 0001-WS·2026-Y-JGBZ-0001 (DA/T 13)."""
    prefix = f"{fonds}-{CATEGORY}·{year}-{retention}-{section}"
    series = _locked(territory, prefix, year)
    return _give(series, f"{prefix}-{series.last + 1:04d}", subject, purpose, at)


def _locked(territory: str, word: str, year: int) -> NumberSeries:
    NumberSeries.objects.get_or_create(territory=territory, word=word, year=year)
    return NumberSeries.objects.select_for_update(no_key=True).get(territory=territory, word=word, year=year)


def _give(series: NumberSeries, text: str, subject: UUID, purpose: str, at: datetime) -> AllocatedNumber:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("numbers are given inside a transaction only")
    if AllocatedNumber.objects.filter(subject_uuid=subject, purpose=purpose).exists():
        raise AlreadyNumbered(f"该文书已编文号，不能重复编号：{purpose}")
    series.last += 1
    series.save(update_fields=["last"])
    return AllocatedNumber.objects.create(
        series=series, number=series.last, text=text, subject_uuid=subject, purpose=purpose, allocated_at=at
    )
