"""What a table of a page is: written once as data, it is shown, printed and handed out as a file alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

from project.web.intake import readers
from project.web.tables import spreadsheets
from project.web.tables.spreadsheets import Sheet, Value

BEFORE_AFTER = ("（前）", "（后）")
NARROW = 3  # so many columns stand beside each other on a phone


class Cell(NamedTuple):
    """One cell: its value, and what the page adds to it.

    `href` leads to where the value comes from; `shown` are other words for it on the page, `tone` makes it a tag;
    `after` is what it becomes; `note` stands small below, `depth` is its place in a tree.
    """

    value: Value = None
    href: str = ""
    shown: str = ""
    tone: str = ""
    after: Value = None
    note: str = ""
    depth: int = 0


class Column(NamedTuple):
    """One column. Kinds: "", number, nowrap, name (heads its row), act (a link, on the page only), aside (file only).

    A change is a number before and after: two columns in a file. `named` is what the row's name says already.
    """

    heading: str
    kind: str = ""
    group: str = ""
    named: bool = False


@dataclass(frozen=True)
class Table:
    """A table: title, columns, rows; `marked` are the places of rows that stand out, `caption` stands over it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    note: str = ""
    anchor: str = ""
    marked: frozenset[int] = field(default_factory=frozenset)

    @property
    def head(self) -> list[list[tuple[str, str, int, int]]]:
        """The rows of headings that the page shows: (words, kind, columns wide, rows deep)."""
        columns = [column for column in self.columns if column.kind != "aside"]
        below = [(column.heading, column.kind, 1, 1) for column in columns if column.group]
        first: list[tuple[str, str, int, int]] = []
        for column in columns:
            if not column.group:
                first.append((column.heading, column.kind, 1, 2 if below else 1))
            elif not first or first[-1][0] != column.group:
                wide = sum(one.group == column.group for one in columns)
                first.append((column.group, "group", wide, 1))
        return [first, below] if below else [first]

    @property
    def cards(self) -> bool:
        """Whether a phone shows each row as a card under its name: many columns under headings of one row."""
        kinds = [column.kind for column in self.columns if column.kind != "aside"]
        return len(kinds) > NARROW and "name" in kinds and not any(column.group for column in self.columns)

    @property
    def body(self) -> Iterator[tuple[bool, list[tuple[Cell, str, str]]]]:
        """The rows that the page shows: whether one stands out, and its cells with their kinds.

        Where rows become cards each cell has its heading with it, but for what the name of the row says already.
        """
        cards, shown = self.cards, [(at, one) for at, one in enumerate(self.columns) if one.kind != "aside"]
        for place, row in enumerate(self.rows):
            cells = [(row[at], one.kind, one.heading if cards and not one.named else "") for at, one in shown]
            yield place in self.marked, cells

    def sheet(self) -> Sheet:
        """Return the table as a file holds it: without what can only be pressed."""
        return self.title, list(self._headings()), ([*self._values(row)] for row in self.rows)

    def _headings(self) -> Iterator[str]:
        for column in self.columns:
            heading = f"{column.group}{column.heading}"
            if column.kind == "change":
                yield from (f"{heading}{word}" for word in BEFORE_AFTER)
            elif column.kind != "act":
                yield heading

    def _values(self, row: Iterable[Cell]) -> Iterator[Value]:
        for column, cell in zip(self.columns, row, strict=True):
            if column.kind == "change":
                yield from (cell.value, cell.after)
            elif column.kind != "act":
                yield cell.value


def handed_out(request: HttpRequest, *, name: str, tables: Sequence[Table]) -> HttpResponse:
    """Return the tables of a page in the format that its address asks for."""
    return spreadsheets.answer(
        name=name, sheets=[table.sheet() for table in tables], form=readers.word(request.GET, "export")
    )


def signed(number: int | None) -> str:
    """Return a change with its sign; nothing stays nothing."""
    if number is None:
        return ""
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"
