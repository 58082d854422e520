"""The table of the register of document numbers: every number of a year by series, and the gaps among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from docs_templates.catalogue import BY_SLUG
from docs_templates.models import AllocatedNumber, NumberSeries
from docs_templates.numbers import register
from project.web.tables.tables import Cell, Column, Table
from proposals.text.document_numbers import Numbered

Use = AllocatedNumber.Use
TONES: Mapping[str, str] = {Use.PAPER: "rest", Use.VOID: "warn", Use.EXTERNAL: "run", Use.TYPED: "run"}
LETTERS: Mapping[str, str] = {"withdrawal": "申请撤回的函"}
NUMBERS = (
    Column("文号", "name"), Column("字号", named=True), Column("年份", "nowrap", named=True),
    Column("编号", "number", named=True), Column("文书"), Column("事项"),
    Column("日期", "nowrap"), Column("情形", "nowrap"), Column("说明"),
)  # fmt: skip
SERIES = (
    Column("字号", "name"), Column("年份", "nowrap"), Column("用于"), Column("启用"), Column("已编至", "number"),
    Column("下一个号", "nowrap"), Column("空号"),
)  # fmt: skip


class Reach(NamedTuple):
    """The titles of the cases that the reader may open, by their uuid."""

    titles: Mapping[UUID, str]

    def cell(self, subject: UUID | None) -> Cell:
        """Return the case of a number, as far as the reader may know it."""
        if subject is None:
            return Cell()
        title = self.titles.get(subject)
        return Cell(title, reverse("case", args=[subject])) if title else Cell("（不在查阅范围）")


def numbers(rows: Iterable[AllocatedNumber], series: Iterable[NumberSeries], *, reach: Reach) -> Table:
    """Return the numbers in their order, each gap as a row of its own that stands out."""
    found = [(_place(row.series, row.number), _row(row, reach)) for row in rows]
    for one in series:
        found += [((one.word, one.year, n), _gap(one, n)) for n in register.gaps(one)] if one.own else []
    found.sort(key=lambda pair: (pair[0][1], pair[0][0], pair[0][2]))
    marked = frozenset(place for place, (_, cells) in enumerate(found) if cells[7].tone == "bad")
    return Table("文号登记簿", NUMBERS, [cells for _, cells in found], marked=marked)


def runs(series: Iterable[NumberSeries]) -> Table:
    """Return the own series with the number that comes next."""
    table = []
    for one in series:
        missing = register.gaps(one)
        following = Numbered(one.word, one.year, register.following(one)).text
        gap = Cell("、".join(map(str, missing)), tone="bad") if missing else Cell("无")
        opened = "两人办理启用" if one.change_id else "按首个文号启用"
        table.append(
            [
                Cell(one.word), Cell(one.year), Cell(one.get_role_display() or "—"), Cell(opened), Cell(one.last),
                Cell(following), gap,
            ]
        )  # fmt: skip
    return Table("本单位字号", SERIES, table)


def _place(series: NumberSeries | None, number: int | None) -> tuple[str, int, int]:
    return (series.word, series.year, number or 0) if series else ("", 0, 0)


def _row(row: AllocatedNumber, reach: Reach) -> list[Cell]:
    series, slug = row.series, row.purpose.partition("/")[0]
    paper = BY_SLUG[slug].label if slug in BY_SLUG else LETTERS.get(slug, "")
    return [
        Cell(row.text), Cell(series.word if series else ""), Cell(series.year if series else None), Cell(row.number),
        Cell(paper), reach.cell(row.subject_uuid), Cell(row.dated or row.allocated_at.date()),
        Cell(row.get_use_display(), tone=TONES.get(row.use, "good")), Cell(row.reason),
    ]  # fmt: skip


def _gap(series: NumberSeries, n: int) -> list[Cell]:
    text = Numbered(series.word, series.year, n).text
    return [
        Cell(text), Cell(series.word), Cell(series.year), Cell(n), Cell(), Cell(), Cell(), Cell("空号", tone="bad"),
        Cell("没有登记，也没有说明；请办理「登记线下（作废）文号」。"),
    ]  # fmt: skip
