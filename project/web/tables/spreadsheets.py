"""The only place that hands out tables as CSV, XLSX or JSON; no text in them can become a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from django.http import Http404, HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

Value = str | int | date | None
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Value]]]
Choices = Mapping[str, Mapping[int, Sequence[str]]]
FORMATS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
# A cell that begins like this is a formula to a spreadsheet; a leading apostrophe makes it text again.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


def answer(*, name: str, sheets: Sequence[Sheet], form: str, choices: Choices | None = None) -> HttpResponse:
    """Return the tables as a file of that name; an unknown form raises Http404.

    `choices` gives columns of a sheet (from 1) their list of allowed words.
    """
    if form not in FORMATS:
        raise Http404
    content = {"csv": _csv, "json": _json}[form](sheets) if form != "xlsx" else _xlsx(sheets, choices or {})
    response = HttpResponse(content, content_type=FORMATS[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return response


def safe(value: Value) -> Value:
    """Return the value so that no spreadsheet program takes its text for a formula: an apostrophe goes before it."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) or value.startswith(FORMULA) else text


def _csv(sheets: Sequence[Sheet]) -> bytes:
    """Return the tables below each other; where there are several, each under its title."""
    out = io.StringIO()
    writer = csv.writer(out)
    for place, (title, headings, rows) in enumerate(sheets):
        if len(sheets) > 1:
            writer.writerows([[], [title]] if place else [[title]])
        writer.writerow(headings)
        writer.writerows([safe(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # without the mark a spreadsheet takes it for another encoding


def _xlsx(sheets: Sequence[Sheet], choices: Choices) -> bytes:
    book = Workbook(write_only=True)
    for title, headings, rows in sheets or [("空表", (), ())]:
        sheet = book.create_sheet(NOT_IN_TITLES.sub(" ", title)[:31])
        sheet.freeze_panes = "A2"
        for column, heading in enumerate(headings, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = max(12, 2 * len(heading) + 4)
        sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
        for column, words in choices.get(title, {}).items():
            letter = get_column_letter(column)
            allowed = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
            allowed.add(f"{letter}2:{letter}5000")
            sheet.data_validations.append(allowed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, value: Value, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, None if value == "" else safe(value))
    if isinstance(value, str) and value:
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _json(sheets: Sequence[Sheet]) -> str:
    tables = {title: [dict(zip(heads, row, strict=True)) for row in rows] for title, heads, rows in sheets}
    return json.dumps(tables, ensure_ascii=False, indent=1, default=str)
