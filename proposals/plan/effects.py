"""THE EFFECTS: what every kind of change line needs and does. Plan, reservation and posting run the same functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from proposals.case.lines import CREATING, ChangeLine
from proposals.case.lines import ChangeOp as O
from proposals.case.values.in_force import Share
from proposals.ledger.models import Holder
from proposals.ledger.places import outside
from proposals.plan import effects_on_bodies as body
from proposals.plan import effects_on_quotas as quota
from proposals.plan import effects_on_side_registers as side
from proposals.plan.sheet import Job, Sheet

NOWHERE = UUID(int=0)
BODY, OTHER, UNIT = "body", "other", "unit"
ASKED: Mapping[str, str] = {
    BODY: "机构", OTHER: "对方机构", UNIT: "编制（职数）类型", "name": "机构名称", "plate": "牌子名称", "duty": "职责",
    "to_unit": "调整后的类型", "rank": "规格", "fields": "更正内容", "ends_on": "截止（存续）日期", "n": "申请数",
    "row": "台账条目", "way": "消化途径", "measure": "解决措施", "mode": "承接方式",
    "year": "计划年度", "list_type": "清单类型", "department": "借用单位",
}  # fmt: skip

# What these say of a body may be settled after it was closed: its duties go elsewhere, its problems are over.
SETTLING = frozenset({
    O.DUTY_MOVE, O.DUTY_DROP, O.RECTIFY, O.PLEDGE_KEEP, O.PLEDGE_CANCEL, O.BORROW_END, O.USE_PLAN, O.OTHER,
})  # fmt: skip


class Effect(NamedTuple):
    """What a line does and which of its fields must be filled first."""

    run: Callable[[Job], None]
    needs: tuple[str, ...]


EFFECTS: Mapping[O, Effect] = {
    O.CREATE: Effect(body.create, ("name", "category")),
    O.SPLIT: Effect(body.create, (BODY, "name")),
    O.CREATE_INNER: Effect(body.create, (BODY, "name")),
    O.COORD_CREATE: Effect(body.create, ("name",)),
    O.ABOLISH: Effect(body.abolish, (BODY,)),
    O.ABOLISH_INNER: Effect(body.abolish, (BODY,)),
    O.COORD_ABOLISH: Effect(body.abolish, (BODY,)),
    O.MERGE: Effect(body.merge, (BODY, OTHER)),
    O.MERGE_INNER: Effect(body.merge, (BODY, OTHER)),
    O.RENAME: Effect(body.rename, (BODY, "name")),
    O.RENAME_INNER: Effect(body.rename, (BODY, "name")),
    O.RERANK: Effect(body.rerank, (BODY, "rank")),
    O.REAFFILIATE: Effect(body.reaffiliate, (BODY, OTHER)),
    O.RECLASSIFY: Effect(body.reclassify, (BODY,)),
    O.ADD_PLATE: Effect(body.listed("plates", "plate", keep=True), (BODY, "plate")),
    O.REMOVE_PLATE: Effect(body.listed("plates", "plate", keep=False), (BODY, "plate")),
    O.DUTY_ADD: Effect(side.add_duty, (BODY, "duty")),
    O.DUTY_DROP: Effect(side.drop_duty, (BODY, "duty")),
    O.DUTY_MOVE: Effect(body.move_duty, (BODY, OTHER, "duty")),
    O.DUTY_LIST: Effect(side.open_list, ("name", "list_type")),
    O.DUTY_CLAIM: Effect(side.claim_duty, ("row", "n", "mode")),
    O.CHARTER: Effect(body.charter, (BODY,)),
    O.CORRECT: Effect(body.correct, (BODY, "fields")),
    O.QUOTA_ADD: Effect(quota.add, (BODY, UNIT)),
    O.LEADER_ADD: Effect(quota.add, (BODY, UNIT)),
    O.QUOTA_CUT: Effect(quota.cut, (BODY, UNIT)),
    O.LEADER_CUT: Effect(quota.cut, (BODY, UNIT)),
    O.QUOTA_TRANSFER: Effect(quota.transfer, (BODY, OTHER, UNIT)),
    O.LEADER_TRANSFER: Effect(quota.transfer, (BODY, OTHER, UNIT)),
    O.QUOTA_CONVERT: Effect(quota.convert, (BODY, UNIT, "to_unit")),
    O.LEADER_CONVERT: Effect(quota.convert, (BODY, UNIT, "to_unit")),
    O.POOL_GROW: Effect(quota.grow_pool, (UNIT,)),
    O.POOL_SHRINK: Effect(quota.shrink_pool, (UNIT,)),
    O.POOL_USE: Effect(quota.use_pool, (BODY, UNIT)),
    O.POOL_RETURN: Effect(quota.return_to_pool, (BODY, UNIT)),
    O.LEVEL_UP: Effect(quota.level_up, (BODY, UNIT)),
    O.LEVEL_DOWN: Effect(quota.level_down, (BODY, UNIT)),
    O.USE: Effect(quota.use, (BODY, UNIT)),
    O.USE_PLAN: Effect(side.plan_use, (BODY, UNIT, "year")),
    O.RECTIFY: Effect(side.rectify, ("row", "way", "measure")),
    O.PLEDGE_KEEP: Effect(side.keep_pledge, ()),
    O.PLEDGE_CANCEL: Effect(side.cancel_pledge, ("row",)),
    O.BORROW: Effect(side.borrow, (BODY, "department", "n", "ends_on")),
    O.BORROW_END: Effect(side.end_borrowing, ("row",)),
    O.OTHER: Effect(body.nothing, ()),
}


def run(*, sheet: Sheet, line: ChangeLine, shares: Sequence[Share]) -> None:
    """Try a line out on the sheet with what is in force of it; nothing (not granted) does nothing.

    An unfinished line says what it lacks.
    """
    if not shares:
        return
    effect = EFFECTS[O(line.op)]
    if lacking := [ASKED.get(name, name) for name in _lacking(sheet, line, effect.needs)]:
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


def _lacking(sheet: Sheet, line: ChangeLine, needs: tuple[str, ...]) -> Iterator[str]:
    """Name what is missing; a body that does not stand on that day (not yet, or no more) is missing too."""
    filled = {
        BODY: line.named in sheet.facts,
        OTHER: line.other in sheet.facts,
        UNIT: bool(line.unit) and line.requested is not None,
        "n": line.requested is not None,
        "rank": line.rank is not None or bool(line.params.get("rank")),
        "name": bool(line.params.get("name") or (line.op in CREATING and line.body_name)),
    }
    return (name for name in needs if not filled.get(name, bool(line.params.get(name))))
