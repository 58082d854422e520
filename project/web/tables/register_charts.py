"""The charts of the register: how posts are used and where they are vacant, by type, by body, and over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from project.web.tables import charts
from project.web.tables.charts import Bar, Chart
from project.web.tables.register_tables import number
from project.web.tables.sources import Links
from project.web.tables.tables import Cell, Column, Table
from proposals.ledger.balances import NOTHING, Standing
from proposals.ledger.origins import units_of
from proposals.models import Body
from proposals.register.tree import TotalRow, TreeRow, UnitRow

TOP = 12  # bodies in a chart
POINTS = 12  # days in a history
QUOTAS = "QUOTAS"
PARTS = (("核定", "approved"), ("实有", "actual"), ("已核未入", "committed"), ("占用", "held"), ("空编", "vacant"))


def bar(label: str, numbers: Standing) -> Bar:
    """Return the bar of a standing."""
    return Bar(label, numbers.actual, numbers.committed + numbers.held, numbers.vacant)


def of_totals(rows: Iterable[TotalRow]) -> Chart:
    """Draw the use of every type in the whole district; the page has the numbers."""
    return charts.usage(
        title="编制、职数和机构使用情况（实有/核定）", bars=[bar(row.label, row.bodies) for row in rows]
    )


def of_body(rows: Iterable[UnitRow]) -> Chart:
    """Draw the use of every type of one body; the page has the numbers."""
    return charts.usage(title="编制、职数使用情况（实有/核定）", bars=[bar(row.label, row.numbers) for row in rows])


def by_body(rows: Iterable[TreeRow], *, numbers: Mapping[tuple[int, str], Standing], links: Links) -> list[Chart]:
    """Draw use and vacancy of these bodies, all types of posts but leaders together, the largest first."""
    sums = [(row, _sum(row.version.body_id, numbers)) for row in rows]
    largest = sorted((one for one in sums if one[1].approved), key=lambda one: -one[1].approved)[:TOP]
    vacant = sorted((one for one in sums if one[1].vacant > 0), key=lambda one: -one[1].vacant)[:TOP]
    found = []
    if largest:
        title = f"各机构编制使用情况（实有/核定，前{len(largest)}个）"
        bars = [bar(row.version.name, standing) for row, standing in largest]
        found.append(charts.usage(title=title, bars=bars, table=_table("编制使用", largest, PARTS, links)))
    if vacant:
        title = f"各机构空编（前{len(vacant)}个）"
        shown = [(row.version.name, standing.vacant) for row, standing in vacant]
        table = _table("空编", vacant, PARTS[-1:], links)
        found.append(charts.ranking(title=title, shade="free", rows=shown, table=table))
    return found


def _sum(body: int, numbers: Mapping[tuple[int, str], Standing]) -> Standing:
    return sum((numbers.get((body, unit), NOTHING) for unit in units_of(unit=QUOTAS)), NOTHING)


def _table(
    title: str, rows: Sequence[tuple[TreeRow, Standing]], parts: Sequence[tuple[str, str]], links: Links
) -> Table:
    columns = [Column("机构", "name"), *(Column(word, "number") for word, _ in parts)]
    table = []
    for row, standing in rows:
        body = row.version.body.uuid
        numbers = [number(standing, part, links.ledger(part, unit=QUOTAS, body=body)) for _, part in parts]
        table.append([Cell(row.version.name, links.body(body)), *numbers])
    return Table(f"图表数据：{title}", columns, table)


def over_time(points: Sequence[tuple[date, int]], *, body: Body, links: Links) -> Chart | None:
    """Draw how a body's approved posts changed, the last days on which they did."""
    shown = points[-POINTS:]
    if not shown:
        return None
    columns = [Column("日期", "name"), Column("核定编制", "number")]
    rows = [[Cell(day), Cell(n, links.on(day).ledger("approved", unit=QUOTAS, body=body.uuid))] for day, n in shown]
    table = Table("核定编制变化", columns, rows)
    return charts.ranking(
        title="核定编制变化", shade="used", rows=[(f"{day:%Y-%m-%d}", n) for day, n in shown], table=table
    )
