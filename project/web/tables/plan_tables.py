"""The tables of a case's plan: its change lines, what becomes of bodies, posts and totals before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from docs_templates.facts.parts import ChangeLine as Told
from project.web.tables import line_words
from project.web.tables.sources import Links
from project.web.tables.tables import Cell, Column, Table, signed
from proposals.models import ChangeLine
from proposals.plan.trial import Plan, PlanRow

LINES = (
    Column("序号", "number"), Column("调整事项", "name"), Column("机构"), Column("说明", "aside"),
    Column("编制（职数）类型"), Column("申请", "number"), Column("决定", "number"), Column("批准", "number"),
)  # fmt: skip


def lines(rows: Iterable[ChangeLine], *, names: Mapping[int, str]) -> Table:
    """Return the change lines with the three numbers of each: requested, decided, granted."""
    table = []
    for line in rows:
        known = names.get(line.body_id or 0, "")  # the name of that day, perhaps with its place; a new name has none
        whose = known if known.endswith(line.body_name) else line.body_name
        if line.counterpart_id:
            whose = f"{whose} → {names.get(line.counterpart_id, '')}"
        note = "；".join(
            filter(
                None,
                [
                    line.remark,
                    line_words.otherwise(line),
                    *(f"{label}：{words}" for label, words in line_words.more(line)),
                ],
            )
        )
        table.append(
            [
                Cell(line.position), Cell(line.get_op_display()), Cell(whose, note=note), Cell(note),
                Cell(line.unit_label), Cell(line.requested), Cell(line.decided), Cell(line.granted),
            ]
        )  # fmt: skip
    return Table("调整事项", LINES, table, caption="调整事项：申请、决定、批准三个数")


FACTS = (Column("机构", "name"), Column("事项"), Column("调整前"), Column("调整后"), Column("说明"))
ROWS = (
    Column("机构", "name"), Column("类型"), Column("核定", "change"), Column("增减", "number"), Column("实有", "change"),
    Column("空编", "change"), Column("他事项占用", "number"), Column("他事项拟用", "number"),
)  # fmt: skip
TOTALS = (
    Column("类型", "name"), Column("总量", "change"), Column("增减", "number"), Column("限额余量", "change"),
)  # fmt: skip


def preview(plan: Plan, facts: Iterable[Told], *, case: UUID, links: Links) -> list[Table]:
    """Return what the plan changes: facts of bodies, posts of bodies, totals; an empty table is left out."""
    told = [
        [Cell(one.body), Cell(one.item), Cell(one.before), Cell(one.after), Cell(one.note or one.change)]
        for one in facts
    ]
    found = [
        Table("机构事项前后对照", FACTS, told, caption="机构事项前后对照"),
        _rows(plan, case, links),
        _totals(plan, links),
    ]
    return [table for table in found if table.rows]


def _rows(plan: Plan, case: UUID, links: Links) -> Table:
    rows = [_row(row, case, links, reckoned(plan), row.body in plan.facts) for row in plan.rows]
    marked = frozenset(place for place, row in enumerate(plan.rows) if row.approved[0] != row.approved[1])
    return Table("各机构前后对照", ROWS, rows, caption="各机构前后对照", marked=marked)


def reckoned(plan: Plan) -> str:
    """Return how the ledger is asked for a plan's numbers: it looks ahead, unless the plan looks at a day gone by."""
    return "" if plan.past else "1"


def _row(row: PlanRow, case: UUID, links: Links, ahead: str, known: bool) -> list[Cell]:
    """Return the cells of one unit of a body; a body that the case creates has nothing behind it yet."""

    def behind(part: str, of: UUID | None = None) -> str:
        return links.ledger(part, unit=row.unit, body=row.body, case=of, ahead=ahead) if known else ""

    change = row.approved[1] - row.approved[0]
    return [
        Cell(row.name, links.body(row.body) if known else ""), Cell(row.label),
        Cell(row.approved[0], behind("approved"), after=row.approved[1]), Cell(change, shown=signed(change)),
        Cell(row.actual[0], behind("actual"), after=row.actual[1]),
        Cell(row.vacant[0], behind("spendable", case), after=row.vacant[1]),
        Cell(row.held_by_others, behind("held_by_others", case)),
        Cell(row.intended_by_others, links.body(row.body, place="cases-h") if known else ""),
    ]  # fmt: skip


def _totals(plan: Plan, links: Links) -> Table:
    rows, ahead = [], reckoned(plan)
    for row in plan.totals:
        change = row.total[1] - row.total[0]
        left = Cell("不设总量", after="不设总量")
        if row.has_cap:
            behind = links.ledger("headroom", unit=row.unit, ahead=ahead)
            left = Cell(row.headroom[0], behind, after=row.headroom[1])
        total = Cell(row.total[0], links.ledger("total", unit=row.unit, ahead=ahead), after=row.total[1])
        rows.append([Cell(row.label), total, Cell(change, shown=signed(change)), left])
    return Table("总量与限额余量", TOTALS, rows, caption="总量与限额余量")


SHORT = (Column("序号", "number"), Column("事项", "name"), Column("数额", "number"), Column("问题"))


def shortfalls(plan: Plan) -> Table:
    """Return every line with what stands against carrying it out."""
    rows = [
        [Cell(n), Cell(line.label), Cell(line.amount), Cell(" ".join(one.message for one in line.shortfalls))]
        for n, line in enumerate(plan.lines, start=1)
    ]
    return Table("逐项", SHORT, rows)
