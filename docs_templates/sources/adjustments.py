"""What a case changes, as papers tell it: before, after, and what each authority made of the number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from docs_templates.facts.parts import ChangeLine
from docs_templates.sources.wording import listed
from docs_templates.wording import signed
from proposals import in_force, plan
from proposals.models import ChangeOp
from proposals.models.establishment import BodyVersion
from proposals.models.quota import UNIT_LABELS, Compartment
from proposals.sheet import FactChange
from proposals.side_rows import RowChange
from proposals.states import BodyCategory, LeaderLevel, Rank

if TYPE_CHECKING:
    from proposals.models import ChangeLine as Line
    from proposals.models import Proposal

STAGES = ("requested", "decided", "granted")
FACT_LABELS: Mapping[str, str] = {
    "name": "机构名称", "short_name": "规范简称", "rank": "机构规格", "nature": "机构性质", "category": "机构类别",
    "welfare_class": "公益类别", "funding": "经费形式", "parent": "隶属关系", "charter": "“三定”规定",
    "credit_code": "统一社会信用代码", "ends_on": "存续期限", "end_condition": "撤销条件",
}  # fmt: skip
LISTS: Mapping[str, str] = {"plates": "加挂牌子", "duties": "主要职责"}
WORDS: Mapping[str, Mapping[Any, str]] = {
    "rank": dict(Rank.choices),
    "nature": dict(BodyVersion.Nature.choices),
    "category": dict(BodyCategory.choices),
    "welfare_class": dict(BodyVersion.WelfareClass.choices),
    "funding": dict(BodyVersion.Funding.choices),
}


@dataclass(frozen=True)
class Adjustments:
    """The plan of a case in words: its lines, the bodies concerned by name, and what the figures were checked for."""

    changes: tuple[ChangeLine, ...]
    bodies: tuple[str, ...]
    checked: tuple[str, ...]
    plan: plan.Plan


def of_case(*, case: Proposal, on: date) -> Adjustments:
    """Tell what the case would change as of a day; nothing of it may have been posted yet."""
    lines = plan.lines_of(case)
    final = plan.of_case(case=case, as_of=on)
    stages = {stage: _at_stage(case=case, lines=lines, stage=stage, on=on, final=final) for stage in STAGES}
    opened = {change.body for line in final.lines for change in line.changes if change.how == "OPEN"}
    facts = list(facts_told(lines, final))
    first = [change for line, change in facts if line in opened]
    told = [*first, *_posts(lines, final, stages), *(change for line, change in facts if line not in opened)]
    names = [change.body for change in told]
    return Adjustments(changes=tuple(told), bodies=tuple(dict.fromkeys(names)), checked=_checked(final), plan=final)


def _at_stage(
    *, case: Proposal, lines: Any, stage: str, on: date, final: plan.Plan
) -> dict[tuple[UUID, str], plan.PlanRow] | None:
    """Return the rows that the values of one stage lead to; None where the stage was not reached."""
    values = {str(line.uuid): getattr(line, stage) for line in lines}
    if stage != "requested" and all(value is None for value in values.values()):
        return None
    numbers = {key: 1 if value is None else value for key, value in values.items()}
    other = {str(line.uuid): share for line in lines if (share := in_force.instead(line))}
    tried = in_force.Values(numbers, other if stage == "granted" else {})
    same = tried.instead == other and all(numbers[str(line.line)] == line.amount for line in final.lines)
    rows = final.rows if same else plan.of_case(case=case, as_of=on, values=tried).rows
    return {(row.body, row.unit): row for row in rows}


def _posts(lines: Any, final: plan.Plan, stages: Mapping[str, Any]) -> Iterator[ChangeLine]:
    last = {(row.body, row.unit): row for row in final.rows}
    rows = {key: row for stage in STAGES if stages[stage] for key, row in stages[stage].items()} | last
    for key, row in rows.items():
        if row.unit in BodyCategory:
            continue
        amounts = {stage: _amount(found.get(key)) for stage, found in stages.items() if found is not None}
        yield _post(row, last.get(key), amounts, _people(lines, final, row))


def _amount(row: plan.PlanRow | None) -> str:
    return "0" if row is None else str(abs(_change(row)))


def _change(row: plan.PlanRow) -> int:
    """Return by how many posts a row changes; the use of posts changes only what is vacant."""
    approved = row.approved[1] - row.approved[0]
    return approved or row.vacant[1] - row.vacant[0]


def _post(row: plan.PlanRow, last: plan.PlanRow | None, amounts: Mapping[str, str], note: str) -> ChangeLine:
    change = _change(last) if last else 0
    uses = row.approved[0] == row.approved[1]
    before = row.vacant[0] if uses else row.approved[0]
    what = "空编" if uses else ""
    return ChangeLine(
        body=row.name, item=row.label, before=f"{what}{before}名", after=f"{what}{before + change}名",
        change=f"{signed(change)}名" if change else "不变", note=note, **amounts,
    )  # fmt: skip


def _people(lines: Any, final: plan.Plan, row: plan.PlanRow) -> str:
    """Say how many people go with their posts: those who really move, not those whose posts are given up."""
    people = sum(
        move.n for line in final.lines for move in line.moves
        if move.source.compartment in (Compartment.OCCUPIED, Compartment.PLEDGED)
        and move.target.compartment == Compartment.OCCUPIED
        and row.unit == move.source.unit and row.body in (move.source.body, move.target.body)
    )  # fmt: skip
    how = "现任{}人随职数划转" if row.unit in LeaderLevel else "随编划转{}人"
    return how.format(people) if people else ""


def facts_told(lines: Any, final: plan.Plan) -> Iterator[tuple[UUID, ChangeLine]]:
    """Tell what becomes of bodies, each with the line that does it (a new body has its line's uuid)."""
    by_id = {line.uuid: line for line in lines}
    names = _names(final, lines)
    for done in final.lines:
        line = by_id[done.line]
        told = [one for change in done.changes for one in _fact(line, change, final, names)]
        told += [_row(change) for change in done.rows]
        yield from ((line.uuid, one) for one in told)
        if not told and (not done.moves or not done.amount) and not line.unit:
            yield line.uuid, _plain(line, done.amount, names)


def _names(final: plan.Plan, lines: Any) -> dict[UUID, str]:
    names = {body: facts["name"] for body, facts in final.facts.items()}
    return names | {line.uuid: line.params.get("name") or line.body_name for line in lines if line.body_name}


def _plain(line: Line, amount: int, names: Mapping[UUID, str]) -> ChangeLine:
    """Tell a line that moves no posts and changes no fact of the register, or was not granted."""
    words = (
        line.remark or line.params.get("duty") or line.params.get("plate") or line.params.get("name") or "按方案办理"
    )
    body = names.get(line.target) if line.target else ""
    return ChangeLine(
        body=body or line.body_name or line.get_op_display(), item=line.get_op_display(),
        after=words if amount else "未获同意",
    )  # fmt: skip


def _row(change: RowChange) -> ChangeLine:
    """Tell what becomes of a row of a register beside the ledger."""
    return ChangeLine(body=change.whose, item=change.item, before=change.before, after=change.after, note=change.note)


def _fact(line: Line, change: FactChange, final: plan.Plan, names: Mapping[UUID, str]) -> Iterator[ChangeLine]:
    body, before = names.get(change.body, line.body_name), final.facts.get(change.body, {})
    match change.how:
        case "OPEN":
            rank = WORDS["rank"].get(change.values.get("rank"), "")
            parent = _words("parent", change.values.get("parent"), names)
            note = listed([f"隶属{parent}" if parent else "", *change.values.get("plates", [])])
            yield ChangeLine(body=body, item=line.get_op_display(), after=f"设立（{rank}）", note=note)
        case "CLOSE":
            leaders = str(line.params.get("leaders") or "")
            yield ChangeLine(
                body=body, item=line.get_op_display(), before=before.get("name", ""), after="撤销",
                note=f"领导职数及现任人员：{leaders}" if leaders else "",
            )  # fmt: skip
        case "SUCCEED":
            successor = names.get(change.values["successor"], "")
            yield ChangeLine(body=body, item="职责承接", after=f"由{successor}承接")
        case _:
            yield from _changed(body, change.values, before, names)


def _changed(
    body: str, values: Mapping[str, Any], before: Mapping[str, Any], names: Mapping[UUID, str]
) -> Iterator[ChangeLine]:
    for name, label in FACT_LABELS.items():
        if name in values and values[name] != before.get(name):
            old, new = (_words(name, facts.get(name), names) for facts in (before, values))
            yield ChangeLine(body=body, item=label, before=old, after=new or "取消")
    for name, label in LISTS.items():
        old_items, new_items = before.get(name) or [], values.get(name, before.get(name)) or []
        for item in new_items:
            if item not in old_items:
                yield ChangeLine(body=body, item=label, after=str(item), change="增加")
        for item in old_items:
            if item not in new_items:
                yield ChangeLine(body=body, item=label, before=str(item), after="取消", change="减少")


def _words(name: str, value: Any, names: Mapping[UUID, str]) -> str:
    if name == "parent":
        return names.get(value, "") if value else ""
    return WORDS.get(name, {}).get(value, "" if value is None else str(value))


def _checked(final: plan.Plan) -> tuple[str, ...]:
    """Say what became of the district's totals and headroom."""
    told = []
    for total in final.totals:
        label, (before, after) = UNIT_LABELS[total.unit], total.total
        same = f"{label}全区合计{before}，不变" if before == after else f"{label}全区合计由{before}调整为{after}"
        room = (
            f"，未分配余量由{total.headroom[0]}变为{total.headroom[1]}"
            if total.has_cap and len(set(total.headroom)) > 1
            else ""
        )
        told.append(f"{same}{room}。")
    told += [shortfall.message for shortfall in final.shortfalls]
    return tuple(told)


def affected(case: Proposal) -> tuple[Any, ...]:
    """Return the bodies that the lines of the case name, each once."""
    found = {}
    for line in case.change_lines:
        for body in (line.body, line.counterpart):
            if body is not None and line.op != ChangeOp.OTHER:
                found[body.pk] = body
    return tuple(found.values())
