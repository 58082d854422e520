"""What a case changes, as papers tell it: before, after, and what each authority made of the number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from docs_templates.facts.parts import ChangeLine
from docs_templates.printing.wording import signed
from docs_templates.sources.lines import body_changes, body_names
from proposals.case.snapshots import CaseReading
from proposals.case.values import in_force
from proposals.ledger.models import Compartment
from proposals.models import ChangeOp
from proposals.plan import trial
from proposals.plan.loading import Concerned, concerned
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel

if TYPE_CHECKING:
    from proposals.models import Proposal

WAYS: Mapping[str, str] = {
    ChangeOp.LEVEL_UP: "向市级上划", ChangeOp.LEVEL_DOWN: "承接市级下放", ChangeOp.POOL_USE: "使用周转池编制，核增",
    ChangeOp.POOL_RETURN: "归还周转池编制，核减",
}  # fmt: skip
STAGES = ("requested", "decided", "granted")


@dataclass(frozen=True)
class Adjustments:
    """The plan of a case in words: its lines, the bodies concerned by name, and what the figures were checked for."""

    changes: tuple[ChangeLine, ...]
    bodies: tuple[str, ...]
    checked: tuple[str, ...]
    plan: trial.Plan


def of_case(*, case: Proposal, on: date, reading: CaseReading | None = None) -> Adjustments:
    """Tell what the case would change as of a day; nothing of it may have been posted yet."""
    lines = trial.lines_of(case)
    known = concerned(reading or CaseReading(case), on=on)
    final = trial.of_case(case=case, as_of=on, **known._asdict())
    at: Mapping[str, Any] = {"case": case, "lines": lines, "on": on, "final": final, "known": known}
    stages = {stage: _at_stage(stage=stage, **at) for stage in STAGES}
    opened = {change.body for line in final.lines for change in line.changes if change.how == "OPEN"}
    names = body_names.printed(plan=final, territory_id=case.territory_id, lines=lines, on=on)
    facts = list(body_changes.told(lines, final, names))
    first = [change for line, change in facts if line in opened]
    told = [*first, *_posts(lines, final, stages, names), *(change for line, change in facts if line not in opened)]
    bodies = dict.fromkeys(change.body for change in told)
    return Adjustments(changes=tuple(told), bodies=tuple(bodies), checked=_checked(final), plan=final)


def _at_stage(
    *, case: Proposal, lines: Any, stage: str, on: date, final: trial.Plan, known: Concerned
) -> dict[tuple[UUID, str], trial.PlanRow] | None:
    """Return the rows that the values of one stage lead to; None where the stage was not reached."""
    values = {str(line.uuid): getattr(line, stage) for line in lines}
    if stage != "requested" and all(value is None for value in values.values()):
        return None
    numbers = {key: 1 if value is None else value for key, value in values.items()}
    other = {str(line.uuid): share for line in lines if (share := in_force.instead(line))}
    tried = in_force.Values(numbers, other if stage == "granted" else {})
    same = tried.instead == other and all(numbers[str(line.line)] == line.amount for line in final.lines)
    rows = final.rows if same else trial.of_case(case=case, as_of=on, values=tried, **known._asdict()).rows
    return {(row.body, row.unit): row for row in rows}


def _posts(lines: Any, final: trial.Plan, stages: Mapping[str, Any], names: Mapping[UUID, str]) -> Iterator[ChangeLine]:
    last = {(row.body, row.unit): row for row in final.rows}
    rows = {key: row for stage in STAGES if stages[stage] for key, row in stages[stage].items()} | last
    for key, row in rows.items():
        if row.unit in BodyCategory:
            continue
        amounts = {stage: _amount(found.get(key)) for stage, found in stages.items() if found is not None}
        named = replace(row, name=names.get(row.body) or row.name)
        yield replace(_post(named, last.get(key), amounts, _people(lines, final, row)), way=_way(lines, final, row))


def _amount(row: trial.PlanRow | None) -> str:
    return "0" if row is None else str(abs(_change(row)))


def _change(row: trial.PlanRow) -> int:
    """Return by how many posts a row changes; the use of posts changes only what is vacant."""
    approved = row.approved[1] - row.approved[0]
    return approved or row.vacant[1] - row.vacant[0]


def _post(row: trial.PlanRow, last: trial.PlanRow | None, amounts: Mapping[str, str], note: str) -> ChangeLine:
    change = _change(last) if last else 0
    uses = row.approved[0] == row.approved[1]
    before = row.vacant[0] if uses else row.approved[0]
    what = "空编" if uses else ""
    return ChangeLine(
        body=row.name, item=row.label, before=f"{what}{before}名", after=f"{what}{before + change}名",
        change=f"{signed(change)}名" if change else "不变", note=note, **amounts,
    )  # fmt: skip


def _way(lines: Any, final: trial.Plan, row: trial.PlanRow) -> str:
    """Say how the posts of a row move where they are not simply given, taken or passed on."""
    ops = {line.uuid: line.op for line in lines}
    places = ((line.line, place) for line in final.lines for move in line.moves for place in (move.source, move.target))
    found = {ops[line] for line, place in places if (place.body, place.unit) == (row.body, row.unit)}
    return WAYS.get(found.pop(), "") if len(found) == 1 else ""


def _people(lines: Any, final: trial.Plan, row: trial.PlanRow) -> str:
    """Say how many people go with their posts: those who really move, not those whose posts are given up."""
    people = sum(
        move.n for line in final.lines for move in line.moves
        if move.source.compartment in (Compartment.OCCUPIED, Compartment.PLEDGED)
        and move.target.compartment == Compartment.OCCUPIED
        and row.unit == move.source.unit and row.body in (move.source.body, move.target.body)
    )  # fmt: skip
    how = "现任{}人随职数划转" if row.unit in LeaderLevel else "随编划转{}人"
    return how.format(people) if people else ""


def _checked(final: trial.Plan) -> tuple[str, ...]:
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
