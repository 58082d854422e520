"""How a sheet of an office's workbook is laid out: where its headings are, what is merged, hidden, not calculated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl.utils.cell import coordinate_from_string, range_boundaries

from proposals.opening.workbook.cells import text
from proposals.text import alike

LOOKED_AT, DEEPEST = 15, 3  # rows among which the headings are searched, and how many of them may be headings together
HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*\br=\"(\d{1,7})\"")
HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b(?=[^>]*\bhidden=\"(?:1|true)\")[^>]*>")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>((?:(?!</(?:\w+:)?c>).)*)</(?:\w+:)?c>", re.DOTALL)
REFERENCE, FORMULA = re.compile(rb'\br="([A-Z]{1,3}\d{1,7})"'), re.compile(rb"<(?:\w+:)?f[\s/>]")
FORMULA_WHOLE = re.compile(rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)")
VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>[^<]+<")
UNIT = re.compile(r"[（(〔\[][^（(〔\[]*[）)〕\]]$")
NO_VALUE = "公式没有计算结果，请用办公软件打开文件、重新计算并保存后再上传，或直接填写结果。"
WRONG_VALUE = "公式的结果是错误值，请改正公式或直接填写结果。"


class Layout(NamedTuple):
    """What the markup of a sheet says besides its values; cells by (row, column), both from 1."""

    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: Mapping[tuple[int, int], tuple[int, int]]
    uncalculated: Mapping[tuple[int, int], str]


def look(markup: bytes) -> Layout:
    """Read the layout off the markup; what is not written as a spreadsheet program writes it is left to the reader."""
    columns: set[int] = set()
    for found in HIDDEN_COLUMN.findall(markup):
        ends = [re.search(rb'\b%s="(\d{1,5})"' % end, found) for end in (b"min", b"max")]
        if ends[0] and ends[1]:
            columns.update(range(int(ends[0][1]), min(int(ends[1][1]), 100) + 1))
    merged = {}
    for reference in MERGED.findall(markup):
        left, top, right, bottom = range_boundaries(reference.decode())
        merged[top or 1, left or 1] = (bottom or 1, right or 1)
    return Layout(
        hidden_rows=frozenset(int(row) for row in HIDDEN_ROW.findall(markup)),
        hidden_columns=frozenset(columns),
        merged=merged,
        uncalculated=_uncalculated(markup) if FORMULA.search(markup) else {},
    )


def _uncalculated(markup: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for attributes, inner in CELL.findall(markup):
        reference = REFERENCE.search(attributes)
        if reference is None or not FORMULA.search(inner):
            continue
        letters, row = coordinate_from_string(reference[1].decode())
        place = row, range_boundaries(f"{letters}1")[0] or 1
        if not VALUE.search(FORMULA_WHOLE.sub(b"", inner)):
            found[place] = NO_VALUE
        elif b't="e"' in attributes:
            found[place] = WRONG_VALUE
    return found


class Headings(NamedTuple):
    """Where the headings are: the last of their rows (from 0), the column (from 0) of each, and what else is headed."""

    row: int
    places: Mapping[str, int]
    others: tuple[str, ...]


def headings(rows: Sequence[Sequence[Any]], wanted: Sequence[str]) -> Headings:
    """Find the rows of headings, below any titles: those under which most of what is wanted stands, the uppermost."""
    best = Headings(0, {}, ())
    for deep in range(1, DEEPEST + 1):
        for last in range(deep - 1, len(rows)):
            found = _matched(rows[last - deep + 1 : last + 1], wanted)
            if len(found) > len(best.places):
                others = [text(cell) for at, cell in enumerate(rows[last]) if at not in found.values() and text(cell)]
                best = Headings(last, found, tuple(others))
    return best


def _matched(rows: Sequence[Sequence[Any]], wanted: Sequence[str]) -> dict[str, int]:
    named: dict[str, int] = {}
    for row in rows:
        for at, cell in enumerate(row):
            said = text(cell)
            for name in (said, UNIT.sub("", said)):
                if name:
                    named.setdefault(alike.key(name), at)
    return {one: named[alike.key(one)] for one in wanted if alike.key(one) in named}
