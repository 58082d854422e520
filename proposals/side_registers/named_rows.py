"""The rows of the registers beside the ledger that a change line may name, as a plan sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from proposals.case.lines import ChangeLine
from proposals.case.lines import ChangeOp as O
from proposals.organisation.bodies import BodyVersion
from proposals.side_registers.models import Borrowed, DutyItem, DutyList, Pledge, ProblemItem, SideRow
from proposals.side_registers.use_plans import UsePlan


class Row(NamedTuple):
    """A row on a day: its words, the body it concerns, how many it counts, what stands, and whether that may change."""

    uuid: UUID
    label: str
    body: UUID | None
    whose: str
    n: int
    standing: str
    open: bool = True


class RowChange(NamedTuple):
    """What a line makes of a row, in words before and after; `row` is the row it settles, `values` what is written."""

    line: UUID
    op: str
    row: UUID | None
    whose: str
    item: str
    before: str
    after: str
    note: str
    values: dict[str, Any]


# Which table the row of a line stands in; the other lines name none.
TABLES: Mapping[str, type[SideRow]] = {
    O.RECTIFY: ProblemItem, O.DUTY_CLAIM: DutyItem, O.DUTY_ADD: DutyList, O.DUTY_DROP: DutyItem,
    O.PLEDGE_KEEP: Pledge, O.PLEDGE_CANCEL: Pledge, O.BORROW_END: Borrowed,
}  # fmt: skip


def read(*, lines: Iterable[ChangeLine], as_of: date) -> dict[UUID, Row]:
    """Return the rows that the lines name and that stand on the day, by uuid: one query a table, none for none."""
    return {
        row.uuid: row
        for table, uuids in _wanted(lines).items()
        for row in READERS[table](table._default_manager.standing(on=as_of).filter(uuid__in=uuids), as_of)
    }


def named(*, lines: Iterable[ChangeLine]) -> list[QuerySet[Any]]:
    """Return the rows that the lines name, standing or not, table by table in one order: to be locked."""
    wanted = _wanted(lines)
    return [table._default_manager.filter(uuid__in=wanted[table]) for table in READERS if table in wanted]


def _wanted(lines: Iterable[ChangeLine]) -> dict[type[SideRow], set[UUID]]:
    wanted: dict[type[SideRow], set[UUID]] = {}
    for line in lines:
        if line.row and line.op in TABLES:
            wanted.setdefault(TABLES[line.op], set()).add(line.row)
    return wanted


def plans(*, lines: Iterable[ChangeLine]) -> dict[tuple[UUID, str, int], int]:
    """Return the plans of use that stand for the bodies of planning lines, by body, unit and year; none for none."""
    bodies = {line.body_id for line in lines if line.op == O.USE_PLAN and line.body_id}
    if not bodies:
        return {}
    rows = UsePlan.objects.filter(body__in=bodies, until=None)
    return {(body, unit, year): n for body, unit, year, n in rows.values_list("body__uuid", "unit", "year", "n")}


def nameable(*, territory_id: int, op: str, as_of: date) -> list[Row]:
    """Return the rows of a territory that a line of this sort may name on the day, in the order of their register."""
    if op not in TABLES:
        return []
    table = TABLES[op]
    rows = table._default_manager.standing(on=as_of).filter(territory=territory_id)
    return [row for row in READERS[table](rows, as_of) if row.open or op == O.DUTY_DROP]


def _problems(rows: Any, as_of: date) -> Iterator[Row]:
    for one in rows.select_related("body").prefetch_related("parts"):
        open_, left = one.stands(on=as_of), max(1, one.left(on=as_of))
        yield Row(one.uuid, str(one), _uuid(one.body), one.body_name, left, "未销号" if open_ else "已销号", open_)


def _items(rows: Any, as_of: date) -> Iterator[Row]:
    for one in rows.select_related("duty_list__body").order_by("duty_list__code", "id"):
        label, body = f"{one.duty_list.title}：{one.name}", _uuid(one.duty_list.body)
        claimed, words = one.claimed(on=as_of), "可承接" if one.claimable else "不具备承接条件"
        open_ = one.claimable and not claimed
        yield Row(one.uuid, label, body, one.duty_list.title, one.count, "已承接" if claimed else words, open_)


def _lists(rows: Any, as_of: date) -> Iterator[Row]:
    for one in rows.select_related("body"):
        yield Row(one.uuid, one.title, _uuid(one.body), one.title, 1, "")


def _pledges(rows: Any, as_of: date) -> Iterator[Row]:
    for one in rows:
        open_ = one.result != Pledge.Result.CANCELLED
        whose = one.department or one.get_form_display()
        yield Row(one.uuid, one.title, None, whose, 1, one.get_result_display(), open_)


def _borrowed(rows: Any, as_of: date) -> Iterator[Row]:
    found = list(rows.select_related("lender"))
    standing = BodyVersion.objects.standing(on=as_of).filter(body__in=[one.lender_id for one in found])
    names = dict(standing.values_list("body", "name"))
    for one in found:
        lender = names.get(one.lender_id, one.lender.code)
        label = f"{lender}被{one.borrower}借用{one.count}人（{one.since}起）"
        yield Row(one.uuid, label, one.lender.uuid, lender, one.count, "在借", not one.settled_hash)


def _uuid(body: Any) -> UUID | None:
    return body.uuid if body else None


READERS: Mapping[type[SideRow], Callable[[Any, date], Iterator[Row]]] = {
    ProblemItem: _problems, DutyItem: _items, DutyList: _lists, Pledge: _pledges, Borrowed: _borrowed,
}  # fmt: skip
