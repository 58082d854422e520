"""The tables of the register of bodies: the tree, one body's posts, permits and history, totals and caps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from project.web.tables.sources import Links
from project.web.tables.tables import Cell, Column, Table
from proposals.effect.founding_papers import OPENED, REOPENED, TAKEN_BACK
from proposals.law.models import Cap
from proposals.ledger.balances import Standing
from proposals.ledger.origins import UNIT_GROUPS
from proposals.models import Body, BodyVersion, ChangeOp, Permit
from proposals.register.lifecycle import RegisterStep
from proposals.register.tree import TotalRow, TreeRow, UnitRow

TREE_GROUPS = ("ADMINISTRATION", "INSTITUTION", "SECTION_LEADERS")
FOUR = (("核定", "approved"), ("实有", "actual"), ("占用", "held"), ("空编", "vacant"))
TREE = (
    Column("机构编号", "aside"), Column("机构名称", "name"), Column("机构类别", "nowrap"), Column("机构规格", "nowrap"),
    Column("隶属机构"), Column("统一社会信用代码", "aside"), Column("加挂牌子", "aside"), Column("设立（变动）文件", "aside"),
    *(Column(word, "number", UNIT_GROUPS[code][0]) for code in TREE_GROUPS for word, _ in FOUR),
)  # fmt: skip


def number(standing: Standing, part: str, href: str) -> Cell:
    """Return one number of a standing with its way; a vacancy below zero is an excess."""
    if part == "vacant" and standing.over:
        return Cell(standing.vacant, href, shown=f"超编 {standing.over}", tone="bad")
    return Cell(getattr(standing, part), href)


def tree(rows: Iterable[TreeRow], *, links: Links) -> Table:
    """Return the bodies with their posts by group."""
    table = []
    for row in rows:
        version, body = row.version, row.version.body
        plates = "、".join(version.plates)
        cells = [
            Cell(body.code),
            Cell(version.name, links.body(body.uuid), note=f"挂{plates}牌子" if plates else "", depth=row.depth),
            Cell(version.get_category_display()), Cell(version.get_rank_display()), Cell(row.parent),
            Cell(version.credit_code), Cell(plates), Cell(version.paper),
        ]  # fmt: skip
        for code in TREE_GROUPS:
            standing = row.groups[code]
            has = standing.approved or standing.actual
            cells += [
                number(standing, part, links.ledger(part, unit=code, body=body.uuid)) if has else Cell()
                for _, part in FOUR
            ]
        table.append(cells)
    return Table("机构编制台账", TREE, table, caption=f"机构编制台账（截至{told(links.as_of)}）")


def told(day: date) -> str:
    """Return a day as the pages say it."""
    return f"{day.year}年{day.month}月{day.day}日"


POSTS = (
    Column("类型", "name"), Column("核定", "number"), Column("实有", "number"), Column("其中随编待转", "aside"),
    Column("已核未入", "number"), Column("在办占用", "number"), Column("他事项拟用", "number"), Column("空编", "number"),
)  # fmt: skip


def posts(rows: Iterable[UnitRow], *, body: Body, links: Links) -> Table:
    """Return what a body has of every unit."""
    table = []
    for row in rows:
        numbers = row.numbers

        def behind(part: str, unit: str = row.unit) -> str:
            return links.ledger(part, unit=unit, body=body.uuid)

        table.append(
            [
                Cell(row.label, behind("")), number(numbers, "approved", behind("approved")),
                Cell(numbers.actual, behind("actual"), note=f"其中随编待转 {numbers.pledged}" if numbers.pledged else ""),
                Cell(numbers.pledged), Cell(numbers.committed, behind("committed")),
                Cell(numbers.held, behind("held")), Cell(row.intended, "#cases-h"),
                number(numbers, "vacant", behind("vacant")),
            ]
        )  # fmt: skip
    return Table("编制和领导职数", POSTS, table, caption=f"截至{told(links.as_of)}")


PERMITS = (
    Column("核准单号", "name"), Column("单位"), Column("类型"), Column("用编方式"), Column("岗位"), Column("区外调入", "nowrap"),
    Column("核准", "number"), Column("剩余", "number"), Column("有效期至", "nowrap"), Column("情况", "nowrap"),
    Column("事项", "act"), Column("办理", "act"), Column("退回", "act"),
)  # fmt: skip


def permits(rows: Iterable[Permit], *, names: Mapping[int, str], links: Links, today: bool, near: int) -> Table:
    """Return permits with what is left of them, marked `near` days before their last; a day gone by is only shown."""
    table = []
    for row in rows:
        account, lapsed = row.account, row.expires_on < links.as_of
        body, left = account.body, getattr(row, "left", 0)
        behind = links.ledger("permit", unit=account.unit, body=body.uuid if body else None, case=row.case)
        case = links.case(row.case) if row.case and links.page("permits") else ""
        step = (RegisterStep.EXPIRE_PERMIT, "到期释放") if lapsed else (RegisterStep.ENROL, "入编登记")
        unit = "" if lapsed else account.unit
        act = links.step("register_step", step[0], permit=row.uuid, unit=unit) if today else ""
        back = (
            links.step("register_step", RegisterStep.HAND_BACK_PERMIT, permit=row.uuid) if today and not lapsed else ""
        )
        table.append(
            [
                Cell(row.number or "未编号"), Cell(names.get(account.body_id or 0, "")), Cell(account.get_unit_display()),
                Cell(row.ways), Cell(row.post), Cell("是" if row.from_outside else None), Cell(row.n, case),
                Cell(left, behind), Cell(row.expires_on), _permit_stands(row.expires_on, links.as_of, near),
                Cell("事项" if case else None, case), Cell(step[1] if act else None, act),
                Cell("退回" if back else None, back),
            ]
        )  # fmt: skip
    return Table("未用完的用编核准单", PERMITS, table)


def _permit_stands(last: date, on: date, near: int) -> Cell:
    if last < on:
        return Cell("已到期", tone="bad")
    return Cell("临近到期", tone="warn") if last <= on + timedelta(days=near) else Cell("有效")


VERSIONS: Mapping[str, str] = {OPENED: "期初登记", TAKEN_BACK: "更正（恢复原登记）", REOPENED: "更正（恢复机构）"}
HISTORY = (
    Column("起", "nowrap"), Column("止", "nowrap"), Column("变动", "nowrap"), Column("名称"), Column("规格", "nowrap"),
    Column("依据文件"),
)  # fmt: skip


def history(versions: Iterable[BodyVersion], *, as_of: date) -> Table:
    """Return what a body was called and how it ranked, as it could be told on the day."""
    ops = {**VERSIONS, **dict(ChangeOp.choices)}
    table = [
        [
            Cell(one.valid_from), Cell(one.valid_to) if one.valid_to and one.valid_to <= as_of else Cell("至今"),
            Cell(str(ops.get(one.change, one.change))), Cell(one.name), Cell(one.get_rank_display()), Cell(one.paper),
        ]
        for one in versions
    ]  # fmt: skip
    return Table("沿革", HISTORY, table, caption="历次变动，新的在前")


TOTALS = (
    Column("类型", "name"), Column("总量", "number"), Column("机构核定", "number"), Column("实有", "number"),
    Column("在办占用", "number"), Column("机构空编", "number"), Column("人才周转池", "number"), Column("限额余量", "number"),
)  # fmt: skip


def totals(rows: Iterable[TotalRow], *, links: Links) -> Table:
    """Return what the district has of every unit and what is left."""
    table = []
    for row in rows:

        def behind(part: str, unit: str = row.unit) -> str:
            return links.ledger(part, unit=unit)

        headroom = Cell("不设总量")
        if row.headroom is not None:
            words, tone = ("已满 0", "warn") if row.headroom == 0 else ("", "")
            headroom = Cell(row.headroom, behind("headroom"), shown=words, tone=tone)
        table.append(
            [
                Cell(row.label, behind("")), Cell(row.total, behind("total")),
                Cell(row.bodies.approved, behind("approved")), Cell(row.bodies.actual, behind("actual")),
                Cell(row.held, behind("held")), number(row.bodies, "vacant", behind("vacant")),
                Cell(row.talent, behind("talent")), headroom,
            ]
        )  # fmt: skip
    return Table("总量、使用和余量", TOTALS, table, caption=f"总量、使用和余量（截至{told(links.as_of)}）")


CAPS = (
    Column("对象", "name"), Column("范围"), Column("限额", "number"), Column("批准文件"), Column("依据"),
)  # fmt: skip


def caps(rows: Sequence[Cap], *, links: Links) -> Table:
    """Return the provisions that give the caps."""
    href = links.page("rulebook", place="caps-h")
    table = [
        [
            Cell(cap.get_subject_display()), Cell(cap.scope or "全区"), Cell(cap.value, href), Cell(cap.paper),
            Cell(cap.citation),
        ]
        for cap in rows
    ]  # fmt: skip
    return Table("限额规定", CAPS, table)
