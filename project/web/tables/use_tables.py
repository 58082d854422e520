"""The tables of how posts are used: the year's plans with what is left, the pool of talent and what it lent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from project.web.tables.register_tables import told
from project.web.tables.sources import Links
from project.web.tables.tables import Cell, Column, Table
from proposals.use_of_posts.pool import Loan, Stock
from proposals.use_of_posts.use_plans import Year
from proposals.vocabulary import UNIT_LABELS

PLANS = (
    Column("单位", "name"), Column("类型"), Column("计划数", "number"), Column("其中上年结转", "number"),
    Column("已用", "number"), Column("在办", "number"), Column("剩余", "number"), Column("情况", "nowrap"), Column("依据文件"),
)  # fmt: skip


def plans(rows: Iterable[Year], *, names: Mapping[UUID, str], year: int, links: Links) -> Table:
    """Return what was planned for a year, what was used and what is left; of a year that is over nothing is left."""
    over = year < links.as_of.year
    table = []
    for row in rows:
        left = max(0, row.left)
        table.append(
            [
                Cell(names.get(row.body, ""), links.body(row.body)), Cell(UNIT_LABELS[row.unit]),
                Cell(row.plan.n if row.plan else None), Cell(row.plan.carried if row.plan else None),
                Cell(row.used), Cell(row.pending), Cell(0 if over else left), _stands(row, over, left),
                Cell(row.plan.paper if row.plan else None),
            ]
        )  # fmt: skip
    return Table(f"{year}年度用编计划", PLANS, table, caption=f"{year}年度用编计划（截至{told(links.as_of)}）")


def _stands(row: Year, over: bool, left: int) -> Cell:
    if row.plan is None:
        return Cell("计划外", tone="bad")
    if row.left < 0:
        return Cell(f"超计划{-row.left}名", tone="bad")
    if over:
        return Cell(f"未用{left}名已失效" if left else "已用完", tone="rest")
    return Cell("已用完", tone="warn") if not left else Cell("可用", tone="good")


STOCK = (
    Column("类型", "name"), Column("核定数", "number"), Column("已借出", "number"), Column("在办占用", "number"),
    Column("可用", "number"),
)  # fmt: skip


def stock(rows: Iterable[Stock], *, links: Links) -> Table:
    """Return the pool by type: approved, lent, held by cases, free."""
    table = [
        [
            Cell(UNIT_LABELS[row.unit]), Cell(row.approved), Cell(row.lent), Cell(row.held), Cell(row.free),
        ]
        for row in rows
    ]  # fmt: skip
    return Table("周转池核定和使用", STOCK, table, caption=f"人才引进编制周转池（截至{told(links.as_of)}）")


LOANS = (
    Column("单位", "name"), Column("类型"), Column("用途"), Column("借用数", "number"), Column("未归还", "number"),
    Column("借用日期", "nowrap"), Column("归还期限", "nowrap"), Column("情况", "nowrap"), Column("依据文件"),
    Column("事项", "act"),
)  # fmt: skip


def loans(rows: Iterable[Loan], *, names: Mapping[UUID, str], links: Links) -> Table:
    """Return what the pool lent: to whom, for what, until when, and what is still out."""
    table = []
    for row in rows:
        case = links.case(row.case) if row.case and links.page("permits") else ""
        table.append(
            [
                Cell(names.get(row.body, ""), links.body(row.body)), Cell(UNIT_LABELS[row.unit]), Cell(row.purpose),
                Cell(row.n), Cell(row.left), Cell(row.since), Cell(row.return_on), _due(row, links), Cell(row.paper),
                Cell("事项" if case else None, case),
            ]
        )  # fmt: skip
    return Table("借用和归还", LOANS, table)


def _due(row: Loan, links: Links) -> Cell:
    if not row.left:
        return Cell("已归还", tone="rest")
    late = row.return_on is not None and row.return_on < links.as_of
    return Cell("逾期未还", tone="bad") if late else Cell("在借", tone="run")
