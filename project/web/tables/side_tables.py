"""The tables beside the ledger: problems, duties, pledges, staff elsewhere, figures, reconciliation."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date

from project.web.tables.register_tables import told
from project.web.tables.sources import Links
from project.web.tables.tables import Cell, Column, Table
from proposals.models import Borrowed, DutyItem, DutyList, HeadcountReport, Pledge, ProblemItem, Seconded
from proposals.register.figures import Figure
from proposals.register.lifecycle import RegisterStep
from proposals.register.reconciliation import Compared
from proposals.side_registers.totals import Settled

SPLIT = Column("示例拆分", "aside")


def split(row: ProblemItem | DutyItem | Pledge | Seconded) -> tuple[str, Cell]:
    """Return the small words that mark a split which the founding document does not give, and the cell for a file."""
    words = "示例拆分" if row.illustrative else ""
    return words, Cell(words)


BATCHES = (
    Column("批次", "name"), Column("登记", "number"), Column("已销号", "number"), Column("未销号", "number"),
    Column("销号率", "number"),
)  # fmt: skip


def batches(rows: Iterable[Settled], *, links: Links) -> Table:
    """Return what was entered and settled of every batch."""
    table = []
    for row in rows:

        def counted(show: str, batch: str = row.batch) -> str:
            return links.page("problems", batch=batch, show=show, place="problems-h")

        table.append(
            [
                Cell(row.batch), Cell(row.entered, counted("")), Cell(row.closed, counted("closed")),
                Cell(row.left, counted("open")), Cell(row.percent),
            ]
        )  # fmt: skip
    return Table("各批次销号情况", BATCHES, table)


PROBLEMS = (
    Column("编号", "name"), Column("批次", "aside"), Column("单位"), SPLIT, Column("类别", "nowrap"), Column("问题"),
    Column("超出数", "number"), Column("未销号数", "number"), Column("整改时限", "nowrap"),
    Column("实际完成时间", "nowrap"), Column("解决措施"), Column("消化途径", "aside"),
    Column("依据文件", "aside"), Column("销号依据", "aside"), Column("情况", "nowrap"), Column("办理", "act"),
)  # fmt: skip


def problems(rows: Iterable[ProblemItem], *, links: Links, takes: Container[str]) -> Table:
    """Return the matters of the problem ledger as they stood on the day."""
    table, on = [], links.as_of
    for row in rows:
        is_open = row.stands(on=on)
        way, paper = ("", "") if is_open else (row.get_way_display(), row.settled_paper)
        may = is_open and RegisterStep.CLOSE_PROBLEM in takes
        step = links.step("side_step", RegisterStep.CLOSE_PROBLEM, row=row.uuid) if may else ""
        words, cell = split(row)
        table.append(
            [
                Cell(row.number), Cell(row.batch), Cell(row.body_name, note=words), cell,
                Cell(row.get_topic_display()), Cell(row.problem), Cell(row.excess or None),
                Cell((row.left(on=on) if is_open else 0) if row.excess else None), Cell(row.due_on),
                Cell(None if is_open else row.closed_on),
                Cell(row.measure_on(on=on), note=f"{way}，依据{paper}" if paper else way), Cell(way),
                Cell(row.paper), Cell(paper), Cell("未销号", tone="warn") if is_open else Cell("已销号", tone="good"),
                Cell("销号" if step else None, step),
            ]
        )  # fmt: skip
    return Table("问题清单", PROBLEMS, table, caption=f"问题清单（截至{told(on)}）")


DUTIES = (
    Column("事项", "name"), SPLIT, Column("项数", "number"), Column("承接日期", "nowrap"), Column("方式", "nowrap"),
    Column("依据文件", "aside"), Column("情况", "nowrap"),
)  # fmt: skip


def duties(duty_list: DutyList, items: Iterable[DutyItem], *, on: date, measured: bool) -> Table:
    """Return the duties of one list and who had taken them over by the day; a list may only count its duties."""
    table = []
    for item in items:
        claimed, (words, cell) = item.claimed(on=on), split(item)
        state = "已承接" if claimed else "可承接" if item.claimable else "不具备承接条件"
        own = item.paper if item.paper != duty_list.paper else ""
        table.append(
            [
                Cell(item.name, note="；".join(filter(None, [words, own]))), cell, Cell(item.count),
                Cell(item.claimed_on if claimed else None), Cell(item.get_mode_display() if claimed else None),
                Cell(item.paper), Cell(state if measured else None),
            ]
        )  # fmt: skip
    return Table(duty_list.title, DUTIES, table)


PLEDGES = (
    Column("事项", "name"), SPLIT, Column("形式", "nowrap"), Column("设定部门"), Column("清理结果", "nowrap"),
    Column("依据文件"),
)  # fmt: skip
TONES: Mapping[str, str] = {Pledge.Result.FOUND: "warn", Pledge.Result.KEPT: "run", Pledge.Result.CANCELLED: "rest"}


def pledges(rows: Iterable[Pledge]) -> Table:
    """Return pledges and vetoes with what has become of them."""
    table = []
    for row in rows:
        words, cell = split(row)
        table.append(
            [
                Cell(row.title, note=words), cell, Cell(row.get_form_display()), Cell(row.department),
                Cell(row.get_result_display(), tone=TONES[Pledge.Result(row.result)]), Cell(row.paper),
            ]
        )  # fmt: skip
    return Table("责任状和一票否决", PLEDGES, table)


BORROWED = (
    Column("被借单位", "name"), Column("借用单位"), Column("人数", "number"), Column("起", "nowrap"), Column("止", "nowrap"),
    Column("审批", "nowrap"), Column("事由"), Column("依据文件"), Column("办理", "act"),
)  # fmt: skip


def borrowed(rows: Iterable[Borrowed], *, names: Mapping[int, str], links: Links, takes: Container[str]) -> Table:
    """Return who has lent how many people to whom, and until when that was approved."""
    table = []
    for row in rows:
        may = RegisterStep.RETURN_BORROWED in takes and not row.settled_hash
        step = links.step("side_step", RegisterStep.RETURN_BORROWED, row=row.uuid) if may else ""
        table.append(
            [
                Cell(names.get(row.lender_id, "")), Cell(row.borrower), Cell(row.count), Cell(row.since),
                Cell(row.until), Cell("经批准") if row.approved else Cell("未经批准", tone="warn"), Cell(row.reason),
                Cell(row.paper), Cell("归还" if step else None, step),
            ]
        )  # fmt: skip
    return Table("借调抽调（人数）", BORROWED, table)


SECONDED = (
    Column("派驻机构", "name"), SPLIT, Column("派出部门"), Column("镇、街道"), Column("人数", "number"),
    Column("负责人调整", "nowrap"), Column("属地权限"), Column("依据文件"),
)  # fmt: skip


def seconded(rows: Iterable[Seconded], *, names: Mapping[int, str]) -> Table:
    """Return the stations that departments keep in towns and streets."""
    table = []
    for row in rows:
        words, cell = split(row)
        table.append(
            [
                Cell(row.station, note=words), cell, Cell(row.department), Cell(names.get(row.place_id, "")),
                Cell(row.count), Cell(row.get_consent_display()), Cell("、".join(row.powers)), Cell(row.paper),
            ]
        )  # fmt: skip
    return Table("派驻镇街人员（人数）", SECONDED, table)


FIGURES = (
    Column("项目", "name"), Column("数值", "number"), Column("单位", "nowrap"), Column("构成"), Column("提示", "aside"),
    Column("来源"),
)  # fmt: skip
# The page on which each register is counted.
PAGES: Mapping[str, str] = {"ledger": "ledger", "bodies": "register", "cases": "case_list"}


def figures(group: str, rows: Sequence[Figure], *, links: Links) -> Table:
    """Return the figures of one group, each leading to where it was counted."""
    table = []
    for row in rows:
        narrow = dict(row.narrow)
        place = narrow.pop("place", "")
        href = links.page(PAGES.get(row.register, row.register), place=place, **narrow) if row.register else ""
        table.append(
            [
                Cell(row.label), Cell(int(row.value), href), Cell(row.measure), Cell(row.note, note=row.warning),
                Cell(row.warning), Cell(row.source),
            ]
        )  # fmt: skip
    return Table(group, FIGURES, table)


def reconciliation(rows: Iterable[Compared], *, last: date, links: Links) -> Table:
    """Return what other offices count beside what the ledger counted on the last day of the month."""
    sources = dict(HeadcountReport.Source.choices)
    columns = (
        Column("单位", "name"), Column("类型"), Column("台账实有", "number"),
        *(Column(label, "number") for label in sources.values()), Column("差异"),
    )  # fmt: skip
    then = links.on(last)
    table = [
        [
            Cell(row.name, then.body(row.body)), Cell(row.label),
            Cell(row.ours, then.ledger("actual", unit=row.unit, body=row.body)),
            *(Cell(row.theirs.get(source)) for source in sources), Cell(row.told),
        ]
        for row in rows
    ]  # fmt: skip
    return Table("差异清单", columns, table)
