"""The only place that hands out tables as CSV, XLSX or JSON; no cell can act as a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Sheet = tuple[str, Sequence[str], Sequence[Sequence[str | int]]]
FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# A cell that begins like this is a formula to a spreadsheet; a leading apostrophe makes it text again.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def answer(*, name: str, sheets: Sequence[Sheet], form: str) -> HttpResponse:
    """Return the tables as a file of that name; an unknown form raises KeyError."""
    content = {"csv": _csv, "xlsx": _xlsx, "json": _json}[form](sheets)
    response = HttpResponse(content, content_type=FORMATS[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return response


def harmless(value: str | int) -> str | int:
    """Return the value so that a spreadsheet shows it and never computes it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _csv(sheets: Sequence[Sheet]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    for title, heads, rows in sheets:
        writer.writerow([title])
        writer.writerow(heads)
        writer.writerows([harmless(value) for value in row] for row in rows)
        writer.writerow([])
    return text.getvalue().encode("utf-8-sig")  # without the mark a spreadsheet takes it for another encoding


def _xlsx(sheets: Sequence[Sheet]) -> bytes:
    book = Workbook(write_only=True)
    for title, heads, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.append(list(heads))
        for row in rows:
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, harmless(value))
                if isinstance(value, str):
                    cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _json(sheets: Sequence[Sheet]) -> str:
    tables = {title: [dict(zip(heads, row, strict=True)) for row in rows] for title, heads, rows in sheets}
    return json.dumps(tables, ensure_ascii=False, indent=1)
