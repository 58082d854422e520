"""The rows of one sheet of an office's workbook: read below their headings, whatever was merged, hidden or summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from proposals.opening.faults import Fault
from proposals.opening.workbook.cells import Misread, Noted, count, text
from proposals.opening.workbook.columns import Column
from proposals.opening.workbook.layout import LOOKED_AT, Headings, Layout, headings
from proposals.opening.workbook.sums import Sums, kind_of

MOST_ROWS, SHEET_ROWS = 50_000, 1_048_576
TOO_LONG = "填写的内容超过第{most}行，没有读取。请去掉多余的行，或分次登记。"
LACKING = "缺少这一列，请使用下载的模板。"


@dataclass
class SheetRows:
    """The rows of a sheet as they are read: what could not be read, and what its writer should know of the reading."""

    title: str
    columns: Sequence[Column]
    layout: Layout
    unread: list[Fault] = field(default_factory=list)
    told: list[Fault] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)
    carried: dict[int, tuple[int, Any]] = field(default_factory=dict)

    @property
    def counted(self) -> list[str]:
        """The names of the columns that hold numbers."""
        return [column.name for column in self.columns if column.read is count]

    def rows(self, cells: Iterator[Sequence[Any]], *, most: int = MOST_ROWS) -> Iterator[dict[str, Any]]:
        """Yield row after row of data, each with its number in the sheet."""
        top = list(islice(cells, LOOKED_AT))
        found = headings(top, [column.heading for column in self.columns])
        if not self._headed(found):
            return
        places = {column: found.places[column.heading] for column in self.columns if column.heading in found.places}
        for number, row in enumerate(chain(top[found.row + 1 :], cells), start=found.row + 2):
            filled = any(row) and any(text(cell) for cell in row)
            if (filled and number > most) or number > SHEET_ROWS:
                self._fault(number, self.columns[0].heading, TOO_LONG.format(most=most))
                return
            if filled and (read := self._row(number, row, places)) is not None:
                yield read | {"row": number}
        headed = {column.name: column.heading for column in self.columns}
        for number, name, said in self.sums.last(self.counted):
            self._fault(number, headed[name], said)

    def _headed(self, found: Headings) -> bool:
        lacking = [one for one in self.columns if one.heading not in found.places and not one.optional]
        for one in lacking:
            self._fault(found.row + 1, one.heading, LACKING)
        if found.others and not lacking:
            self.told.append(Fault(self.title, found.row + 1, "、".join(found.others), "不在模板中，没有读取。"))
        for at in sorted(found.places.values()):
            if at + 1 in self.layout.hidden_columns:
                heading = next(one for one, place in found.places.items() if place == at)
                self.told.append(Fault(self.title, found.row + 1, heading, "是隐藏的列，已按内容读取，请确认。"))
        return not lacking

    def _row(self, number: int, row: Sequence[Any], places: Mapping[Column, int]) -> dict[str, Any] | None:
        """Read one row; nothing for a sum or a remark."""
        cells = {column: self._cell(number, at, row, column) for column, at in places.items()}
        kind = kind_of([text(cell) for column, cell in cells.items() if column.read is not count])
        if number in self.layout.hidden_rows:
            self.told.append(Fault(self.title, number, self.columns[0].heading, "是隐藏的行，已按内容读取，请确认。"))
        if kind == "注":
            self.told.append(Fault(self.title, number, self.columns[0].heading, "是说明，不作为内容登记。"))
            return None
        values = {column.name: self._read(number, column, cell, sum_row=bool(kind)) for column, cell in cells.items()}
        if not kind:
            self.sums.add(values, self.counted)
            return values
        self.told.append(Fault(self.title, number, self.columns[0].heading, f"是{kind}行，只用来核对，不登记。"))
        headed = {column.name: column.heading for column in places}
        for name, said in self.sums.compare(number, kind, values, self.counted):
            self._fault(number, headed[name], said)
        return None

    def _cell(self, number: int, at: int, row: Sequence[Any], column: Column) -> Any:
        """Return what a cell holds; one that is merged with cells above holds what the uppermost does."""
        cell = row[at] if at < len(row) else None
        if said := self.layout.uncalculated.get((number, at + 1)):
            return Misread("", said)
        ends = self.layout.merged.get((number, at + 1))
        if ends and ends[0] > number:
            self.carried[at] = ends[0], cell
            if column.read is count and text(cell):
                return Misread(text(cell), f"与下面的行合并到第{ends[0]}行，看不出每行的数，请拆分单元格，逐行填写。")
        last, above = self.carried.get(at, (0, None))
        return above if cell is None and number <= last and column.read is not count else cell

    def _read(self, number: int, column: Column, cell: Any, *, sum_row: bool) -> Any:
        value = cell if isinstance(cell, Misread) else column.read(cell)
        if isinstance(value, Misread):
            self._fault(number, column.heading, value.message)
            return value.value
        if isinstance(value, Noted):
            if not sum_row:
                self.told.append(Fault(self.title, number, column.heading, value.remark))
            return value.value
        return value

    def _fault(self, number: int, heading: str, said: str) -> None:
        self.unread.append(Fault(self.title, number, heading, said))
