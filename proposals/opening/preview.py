"""What of a workbook was understood, in the office's words: the first rows of every sheet, to be compared by eye."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proposals.opening.faults import TOTALS
from proposals.opening.workbook.columns import FACTS, SHEETS
from proposals.organisation.bodies import BodyVersion
from proposals.side_registers.models import ProblemItem
from proposals.vocabulary import UNIT_LABELS, BodyCategory, Rank

SHOWN = 10
WORDS: Mapping[str, Mapping[Any, Any]] = {
    "unit": UNIT_LABELS, "category": dict(BodyCategory.choices), "rank": dict(Rank.choices),
    "nature": dict(BodyVersion.Nature.choices), "welfare_class": dict(BodyVersion.WelfareClass.choices),
    "funding": dict(BodyVersion.Funding.choices), "topic": dict(ProblemItem.Topic.choices),
}  # fmt: skip


def of(*, facts: Mapping[str, Any]) -> list[tuple[str, list[str], list[list[str]], int]]:
    """Return title, headings, first rows and the number of all rows of every sheet."""
    shown = []
    for title, columns in SHEETS.items():
        rows = _totals(facts) if title == TOTALS else facts[FACTS[title]]
        heads = [column for column in columns if any(column.name in row for row in rows[:SHOWN])]
        cells = [[_said(column.name, row.get(column.name)) for column in heads] for row in rows[:SHOWN]]
        shown.append((title, [column.heading for column in heads], cells, len(rows)))
    return shown


def _totals(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    talent = facts.get("talent") or {}
    return [{"unit": unit, "total": total, "talent": talent.get(unit, 0)} for unit, total in facts["totals"].items()]


def _said(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(WORDS.get(name, {}).get(value, "" if value is None else value))
