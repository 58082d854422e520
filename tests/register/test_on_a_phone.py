"""A table of many columns is a row of cards on a phone: every cell carries its heading, and empty ones stand back."""

from __future__ import annotations

from django.template import loader
from lxml import html

from project.web.tables.tables import Cell, Column, Table

NUMBERS = (Column("文号", "name"), Column("年份", named=True), Column("编号", "number"), Column("说明"))
ROWS = ([Cell("海编发〔2026〕1号"), Cell(2026), Cell(0), Cell()],)


def shown(table: Table) -> html.HtmlElement:
    return html.fromstring(loader.render_to_string("site/_table.html", {"table": table}))


def test_each_cell_has_its_heading_but_for_what_the_name_of_the_row_says() -> None:
    page = shown(Table("文号登记簿", NUMBERS, ROWS))
    assert "cards" in page.find(".//table").get("class").split()
    cells = page.findall(".//tbody/tr/td")
    assert [one.get("data-label") for one in cells] == [None, "编号", "说明"]
    assert [one.get("data-blank") for one in cells] == [None, None, ""]  # nought is a number, not nothing
    assert [one.text for one in cells] == ["2026", "0", "—"]


def test_few_columns_or_headings_in_groups_stay_a_table() -> None:
    few = Table("文号登记簿", NUMBERS[:3], [row[:3] for row in ROWS])
    grouped = Table("编制", [*NUMBERS[:3], Column("核定", "number", group="事业")], ROWS)
    for table in (few, grouped):
        page = shown(table)
        assert "cards" not in page.find(".//table").get("class").split()
        assert page.xpath("//td[@data-label]") == []
