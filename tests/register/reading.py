"""The only place where tests read the tables of a page as a person reads them, and the files that a page hands out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
from django.test import Client
from lxml import html

from tests.papers_bound import road
from tests.register import seeded as seeded_facts
from tests.register.seeded import Seeded

Element = html.HtmlElement
DAY = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})日$")
WORDS = ("超编 ", "已满 ")
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


@dataclass
class Row:
    """One row of a table: what stands in each column, what is small beside it, and where it leads."""

    cells: dict[str, str]
    small: list[str]
    links: dict[str, str]


@dataclass
class Shown:
    """One table of a page."""

    title: str
    rows: list[Row]


def addresses(seeded: Seeded) -> dict[str, str]:
    """Return the address of every page of the registers that shows a table."""
    body = road.body(seeded.office, seeded_facts.LIBRARY).uuid
    return addresses_with(body=str(body), draft=str(seeded.cases["draft"].uuid)) | {
        "reconciliation": "/reconciliation/?month=2026-02"
    }


def addresses_with(*, body: str, draft: str) -> dict[str, str]:
    """Return the addresses, given a body and a draft."""
    return {
        "register": "/register/?category=PSU", "body": f"/register/bodies/{body}/", "caps": "/caps/",
        "ledger": "/ledger/", "permits": "/permits/", "reconciliation": "/reconciliation/", "problems": "/problems/",
        "duty_lists": "/duty-lists/", "pledges": "/pledges/", "figures": "/figures/",
        "use_plans": "/use-plans/", "talent_pool": "/talent-pool/", "plan": f"/cases/{draft}/",
        "lines": f"/cases/{draft}/lines/",
    }  # fmt: skip


def opened(client: Client, address: str, day: date | None = None) -> Element:
    """Open a page as of a day."""
    asked = {"as_of": day.isoformat()} if day else {}
    answer = client.get(address, asked) if "?" not in address or not day else client.get(f"{address}&as_of={day}")
    assert answer.status_code == 200, (address, answer.status_code)
    return html.fromstring(answer.content.decode())


def tables(page: Element) -> list[Shown]:
    """Return every table with data on the page; what can only be typed into or pressed is left out."""
    found = [
        one
        for one in page.iter("table")
        if not any("no-print" in form.get("class", "") for form in one.iterancestors("form"))
    ]
    return [Shown(words(one.find("caption")), rows_in(one)) for one in found]


def rows_in(table: Element) -> list[Row]:
    """Return the rows of one table."""
    return [_row(table, row) for row in table.xpath("./tbody/tr")]


def _row(table: Element, row: Element) -> Row:
    kept, cells, small, links = list(row), {}, [], {}
    for heading, cell in zip(headings(table), kept, strict=True):
        if "no-print" in cell.get("class", ""):
            continue
        small += [words(one) for one in cell.iter("small")]
        links |= dict.fromkeys([heading], next((one.get("href") for one in cell.iter("a")), ""))
        for extra in [*cell.iter("small"), *cell.xpath('.//*[@aria-hidden="true"]')]:
            extra.drop_tree() if extra.tail else extra.getparent().remove(extra)
        cells[heading] = words(cell)
    return Row(cells, small, links)


def headings(table: Element) -> list[str]:
    """Return what each column is called, the heading over several before its own."""
    rows = table.xpath("./thead/tr")
    found: list[str] = []
    below = iter(words(one) for one in rows[-1]) if len(rows) > 1 else iter(())
    for one in rows[0]:
        wide = int(one.get("colspan", "1"))
        found += [words(one) + next(below) for _ in range(wide)] if one.get("scope") == "colgroup" else [words(one)]
    return found


def words(element: Element) -> str:
    """Return what an element says, white space folded."""
    return " ".join(element.text_content().split())


def plain(text: str) -> str:
    """Return what a cell says as a file says it: days in figures, numbers without words, a dash for nothing."""
    if told := DAY.match(text):
        return f"{int(told[1]):04}-{int(told[2]):02}-{int(told[3]):02}"
    if text.startswith("超编 "):
        return f"-{text[3:]}"
    for word in WORDS:
        text = text.removeprefix(word)
    if re.fullmatch(r"[+−]?\d+", text):
        return str(int(text.replace("−", "-")))
    return "" if text == "—" else text


def told_small(note: str) -> list[str]:
    """Return what small words below a cell say, as a file says it in a column of its own."""
    note = re.sub(r"^(挂|其中随编待转 |记录 )|牌子$", "", note)
    return ["否" if word == "不具备承接条件" else word for word in note.split("；")]


def pairs(row: Row) -> dict[str, str]:
    """Return the cells of a row under the headings of a file: a change takes two columns."""
    found = {}
    for heading, text in row.cells.items():
        before, arrow, after = text.partition(" → ")
        if arrow and before.isdigit():
            found |= {f"{heading}（前）": before, f"{heading}（后）": after}
        else:
            found[heading] = plain(text)
    return found


def in_csv(content: bytes) -> list[list[dict[str, str]]]:
    """Return the tables of a CSV file, each as its rows by heading."""
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    parts = [list(part) for part in _parts(lines)]
    return [[dict(zip(part[start], row, strict=True)) for row in part[start + 1 :]]
            for part in parts if part for start in [int(len(parts) > 1)]]  # fmt: skip


def _parts(lines: list[list[str]]) -> Iterator[list[list[str]]]:
    part: list[list[str]] = []
    for line in lines:
        if line:
            part.append(line)
        elif part:
            yield part
            part = []
    yield part


def in_workbook(content: bytes) -> list[list[dict[str, str]]]:
    """Return the sheets of a workbook, each as its rows by heading; no cell of it computes."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = []
    for sheet in book:
        computing = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type not in ("s", "n", "d")]
        assert computing == [], (sheet.title, computing)
        heads, *rows = [*sheet.iter_rows(values_only=True)] or [()]
        found.append([dict(zip(map(str, heads), map(_told, row), strict=True)) for row in rows])
    return found


def _told(value: object) -> str:
    return "" if value is None else value.date().isoformat() if isinstance(value, datetime) else str(value)


def harmless(text: str) -> str:
    """Return a text as a file holds it: what a spreadsheet would compute begins with an apostrophe."""
    return f"'{text}" if text.startswith(FORMULA) and not re.fullmatch(r"-\d+", text) else text
