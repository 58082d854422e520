"""THE EFFECTS: what every kind of change line needs and does. Plan, reservation and posting run the same functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from proposals.case.lines import CREATING, ChangeLine
from proposals.case.lines import ChangeOp as O
from proposals.case.particulars.kinds import Key
from proposals.case.particulars.table import KEYS
from proposals.case.particulars.table import Particulars as P
from proposals.case.values.in_force import Share
from proposals.ledger.models import Holder
from proposals.ledger.places import outside
from proposals.plan import effects_on_bodies as body
from proposals.plan import effects_on_quotas as quota
from proposals.plan import effects_on_side_registers as side
from proposals.plan.sheet import Job, Sheet

NOWHERE = UUID(int=0)
BODY, OTHER, UNIT, RANK, NUMBER = "body", "other", "unit", "rank", "n"
# What is asked for: columns, and keys that a line which lacks them calls otherwise than one that says them.
ASKED: Mapping[str, str] = {
    BODY: "机构", OTHER: "对方机构", UNIT: "编制（职数）类型", RANK: "规格", NUMBER: "申请数", P.name.key: "机构名称",
    P.plate.key: "牌子名称", P.ends_on.key: "截止（存续）日期", P.department.key: "借用单位",
}  # fmt: skip

# What these say of a body may be settled after it was closed: its duties go elsewhere, its problems are over.
SETTLING = frozenset({
    O.DUTY_MOVE, O.DUTY_DROP, O.RECTIFY, O.PLEDGE_KEEP, O.PLEDGE_CANCEL, O.BORROW_END, O.USE_PLAN, O.OTHER,
})  # fmt: skip


class Effect(NamedTuple):
    """What a line does and which of its fields must be filled first."""

    run: Callable[[Job], None]
    needs: tuple[str | Key[Any], ...]


EFFECTS: Mapping[O, Effect] = {
    O.CREATE: Effect(body.create, (P.name, P.category)),
    O.SPLIT: Effect(body.create, (BODY, P.name)),
    O.CREATE_INNER: Effect(body.create, (BODY, P.name)),
    O.COORD_CREATE: Effect(body.create, (P.name,)),
    O.ABOLISH: Effect(body.abolish, (BODY,)),
    O.ABOLISH_INNER: Effect(body.abolish, (BODY,)),
    O.COORD_ABOLISH: Effect(body.abolish, (BODY,)),
    O.MERGE: Effect(body.merge, (BODY, OTHER)),
    O.MERGE_INNER: Effect(body.merge, (BODY, OTHER)),
    O.RENAME: Effect(body.rename, (BODY, P.name)),
    O.RENAME_INNER: Effect(body.rename, (BODY, P.name)),
    O.RERANK: Effect(body.rerank, (BODY, RANK)),
    O.REAFFILIATE: Effect(body.reaffiliate, (BODY, OTHER)),
    O.RECLASSIFY: Effect(body.reclassify, (BODY,)),
    O.ADD_PLATE: Effect(body.listed("plates", P.plate, keep=True), (BODY, P.plate)),
    O.REMOVE_PLATE: Effect(body.listed("plates", P.plate, keep=False), (BODY, P.plate)),
    O.DUTY_ADD: Effect(side.add_duty, (BODY, P.duty)),
    O.DUTY_DROP: Effect(side.drop_duty, (BODY, P.duty)),
    O.DUTY_MOVE: Effect(body.move_duty, (BODY, OTHER, P.duty)),
    O.DUTY_LIST: Effect(side.open_list, (P.name, P.list_type)),
    O.DUTY_CLAIM: Effect(side.claim_duty, (P.row, NUMBER, P.mode)),
    O.CHARTER: Effect(body.charter, (BODY,)),
    O.CORRECT: Effect(body.correct, (BODY, P.fields)),
    O.QUOTA_ADD: Effect(quota.add, (BODY, UNIT)),
    O.LEADER_ADD: Effect(quota.add, (BODY, UNIT)),
    O.QUOTA_CUT: Effect(quota.cut, (BODY, UNIT)),
    O.LEADER_CUT: Effect(quota.cut, (BODY, UNIT)),
    O.QUOTA_TRANSFER: Effect(quota.transfer, (BODY, OTHER, UNIT)),
    O.LEADER_TRANSFER: Effect(quota.transfer, (BODY, OTHER, UNIT)),
    O.QUOTA_CONVERT: Effect(quota.convert, (BODY, UNIT, P.to_unit)),
    O.LEADER_CONVERT: Effect(quota.convert, (BODY, UNIT, P.to_unit)),
    O.POOL_GROW: Effect(quota.grow_pool, (UNIT,)),
    O.POOL_SHRINK: Effect(quota.shrink_pool, (UNIT,)),
    O.POOL_USE: Effect(quota.use_pool, (BODY, UNIT)),
    O.POOL_RETURN: Effect(quota.return_to_pool, (BODY, UNIT)),
    O.LEVEL_UP: Effect(quota.level_up, (BODY, UNIT)),
    O.LEVEL_DOWN: Effect(quota.level_down, (BODY, UNIT)),
    O.USE: Effect(quota.use, (BODY, UNIT)),
    O.USE_PLAN: Effect(side.plan_use, (BODY, UNIT, P.year)),
    O.RECTIFY: Effect(side.rectify, (P.row, P.way, P.measure)),
    O.PLEDGE_KEEP: Effect(side.keep_pledge, ()),
    O.PLEDGE_CANCEL: Effect(side.cancel_pledge, (P.row,)),
    O.BORROW: Effect(side.borrow, (BODY, P.department, NUMBER, P.ends_on)),
    O.BORROW_END: Effect(side.end_borrowing, (P.row,)),
    O.OTHER: Effect(body.nothing, ()),
}


def run(*, sheet: Sheet, line: ChangeLine, shares: Sequence[Share]) -> None:
    """Try a line out on the sheet with what is in force of it; nothing (not granted) does nothing.

    An unfinished line says what it lacks.
    """
    if not shares:
        return
    effect = EFFECTS[O(line.op)]
    if lacking := list(_lacking(sheet, line, effect.needs)):
        message = f"「{line.get_op_display()}」还没有填写{'、'.join(lacking)}。"
        sheet.refuse(line=line.uuid, code="INCOMPLETE", place=outside(Holder.POOL, line.unit), message=message)
        return
    if gone := next((one for one in _leaned_on(line) if one in sheet.gone), None):
        what = f"不能再列入「{line.get_op_display()}」，请调整次序或改填其他机构。"
        message = f"{sheet.name(gone)}{sheet.gone[gone]}，{what}"
        sheet.refuse(line=line.uuid, code="GONE", place=outside(Holder.POOL, line.unit), message=message)
        return
    for unit, n in shares:
        effect.run(Job(sheet, line, n, line.target or NOWHERE, line.other or NOWHERE, unit))


def _leaned_on(line: ChangeLine) -> Iterator[UUID]:
    """Yield the bodies that must still stand when the line is carried out."""
    if line.other:
        yield line.other
    if line.named and line.op not in SETTLING:
        yield line.named


def _lacking(sheet: Sheet, line: ChangeLine, needs: tuple[str | Key[Any], ...]) -> Iterator[str]:
    """Yield what is missing, in words; a body that does not stand on that day (not yet, or no more) is missing too."""
    filled = {
        BODY: line.named in sheet.facts,
        OTHER: line.other in sheet.facts,
        UNIT: bool(line.unit) and line.requested is not None,
        NUMBER: line.requested is not None,
        RANK: line.rank is not None,
        P.name.key: bool(line.says.name or (line.op in CREATING and line.body_name)),
    }
    for need in needs:
        name = need.key if isinstance(need, Key) else need
        if not (filled[name] if name in filled else line.says.has(KEYS[name])):
            yield ASKED.get(name) or KEYS[name].label
