"""How a filled workbook is read into the facts of an opening balance."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openpyxl import load_workbook

from proposals.opening.faults import BODIES, TOTALS, Fault
from proposals.opening.workbook.columns import EXAMPLES, FACTS, SHEETS
from proposals.opening.workbook.layout import look
from proposals.opening.workbook.rows import MOST_ROWS, SheetRows

__all__ = ["EXAMPLES", "SHEETS", "Reading", "read"]

MOST_COLUMNS = 30
MOST_UNPACKED = 48 << 20
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
UNREADABLE = "打不开，请使用下载的模板填写并保存为 xlsx 格式。"
TOO_LARGE = f"解压后超过{MOST_UNPACKED >> 20}MB，内容异常，请使用下载的模板重新填写。"


class Progress(NamedTuple):
    """How far the reading has come: the sheet, and rows done of rows in all."""

    sheet: str
    done: int
    total: int


def _empty() -> dict[str, Any]:
    return {"totals": {}, "bodies": [], "quotas": [], "problems": []}


@dataclass
class Reading:
    """A filled template as it is read: its facts (without day and paper), what could not be read, what was read how."""

    data: bytes
    facts: dict[str, Any] = field(default_factory=_empty)
    unread: list[Fault] = field(default_factory=list)
    told: list[Fault] = field(default_factory=list)

    def steps(self) -> Iterator[Progress]:
        """Read row after row and say how far it came; whatever is wrong with the file is a fault like any other."""
        try:
            if _unpacked(self.data) > MOST_UNPACKED:
                self.unread.append(Fault(BODIES, 1, "文件", TOO_LARGE))
            else:
                yield from self._sheets()
        except Exception:  # the file is not ours: a library may stumble over it in any way
            self.facts = _empty()
            self.unread = [Fault(BODIES, 1, "文件", UNREADABLE)]

    def _sheets(self) -> Iterator[Progress]:
        book = load_workbook(io.BytesIO(self.data), read_only=True, data_only=True)
        done, total = 0, _rows_in(self.data)
        for title in book.sheetnames:
            if title not in SHEETS:
                self.told.append(Fault(title, 1, "工作表", "不在模板中，没有读取。"))
        for title, columns in SHEETS.items():
            if title not in book.sheetnames:
                self.unread.append(Fault(title, 1, "工作表", "没有这张工作表，请使用下载的模板。"))
                continue
            sheet = book[title]
            if sheet.sheet_state != "visible":
                self.told.append(Fault(title, 1, "工作表", "是隐藏的工作表，已按内容读取，请确认。"))
            rows = SheetRows(title, columns, look(self._markup(sheet)), unread=self.unread, told=self.told)
            sheet.reset_dimensions()  # what the file says of its own size may be wrong
            for row in rows.rows(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), most=MOST_ROWS):
                self._fill(title, row)
                done += 1
                yield Progress(title, done, max(done, total))

    def _markup(self, sheet: Any) -> bytes:
        """Return the part of the container in which a sheet stands; the reader of values says nothing of its layout."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as container:
            return container.read(sheet._worksheet_path)

    def _fill(self, title: str, row: dict[str, Any]) -> None:
        if title != TOTALS:
            self.facts[FACTS[title]].append(row)
            return
        if row["unit"] in self.facts["totals"]:
            self.unread.append(Fault(TOTALS, row["row"], "类型", "同一类型只能填写一行，请合并。"))
        self.facts["totals"][row["unit"]] = row["total"]
        if row.get("talent"):
            self.facts.setdefault("talent", {})[row["unit"]] = row["talent"]


def _unpacked(data: bytes) -> int:
    """Return how large the workbook says it is; nothing unpacks to more than its container says."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return sum(entry.file_size for entry in container.infolist())


def _rows_in(data: bytes) -> int:
    """Return about how many rows the sheets hold below their headings: counted, for a sheet need not say its size."""
    rows = 0
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for name in container.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                rows += max(0, len(ROW.findall(container.read(name))) - 1)
    return rows


def read(data: bytes) -> tuple[dict[str, Any], list[Fault]]:
    """Read a filled template at once into facts (without day and paper) and what could not be read at all."""
    reading = Reading(data)
    for _ in reading.steps():
        pass
    return reading.facts, reading.unread
