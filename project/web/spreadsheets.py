"""The only place that writes tables for spreadsheets: CSV and XLSX in which no text can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

Cell = str | int | date | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value: Cell) -> Cell:
    """Return the value so that no spreadsheet program takes its text for a formula: an apostrophe goes before it."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) or value.startswith(DANGEROUS) else text


def as_csv(*, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return the table as CSV that Excel opens as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([safe(value) for value in row] for row in rows)
    return _download("﻿" + out.getvalue(), f"{name}.csv", "text/csv; charset=utf-8")


def as_xlsx(*, name: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """Return the table as an Excel workbook with one sheet."""
    return workbook(name=name, sheets={name[:30]: (headings, rows)})


def workbook(
    *,
    name: str,
    sheets: Mapping[str, tuple[Sequence[str], Iterable[Sequence[Cell]]]],
    choices: Mapping[str, Mapping[int, Sequence[str]]] | None = None,
) -> HttpResponse:
    """Return a workbook; `choices` gives columns of a sheet (from 1) their list of allowed words."""
    book = Workbook(write_only=True)
    for title, (headings, rows) in sheets.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for column, heading in enumerate(headings, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = max(12, 2 * len(heading) + 4)
        sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
        for column, words in ((choices or {}).get(title) or {}).items():
            letter = get_column_letter(column)
            allowed = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
            allowed.add(f"{letter}2:{letter}5000")
            sheet.data_validations.append(allowed)
    out = io.BytesIO()
    book.save(out)
    return _download(out.getvalue(), f"{name}.xlsx", XLSX)


def _cell(sheet: object, value: Cell, *, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, safe(value))
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _download(content: str | bytes, filename: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    return response
