"""The law of using posts: within the year's plan, said how and for what, and from the pool for a named use."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from proposals.case.lines import ChangeLine, ChangeOp
from proposals.rules.base import BY_CHAIR, ISSUED, PROPOSED, RESOLVED, SENT, TAKEN_IN, Finding, Rule
from proposals.rules.view import CaseView
from proposals.use_of_posts import use_plans
from proposals.vocabulary import UNIT_LABELS, Severity


class UseWithinPlan(Rule):
    """{body}{year}年度用编计划{unit}{planned}名，已用{used}名、在办{pending}名，剩余{left}名，本事项用编{amount}名，超出{missing}名。"""

    code, citation = "USE-YEAR", "年度用编计划：在计划数内用编（区编委工作规则）"
    remedy = "请将用编数减至计划剩余数以内，或先提请调整年度用编计划。"
    severity = Severity.WARN
    steps = (*SENT, *TAKEN_IN, *PROPOSED, *RESOLVED, *ISSUED)
    warns = (*SENT, *TAKEN_IN)
    overridable = BY_CHAIR
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Where a district plans the year, posts are used within the plan, and beside it not at all."""
        asked = use_plans.wanted(case.lines)
        year, territory = case.on.year, case.case.territory_id
        plans = use_plans.standing(territory_id=territory, year=year) if asked else {}
        if not plans:
            return
        used = use_plans.used(territory_id=territory, year=year, as_of=case.on)
        pending = use_plans.pending(territory_id=territory, exclude=case.case.uuid)
        for (body, unit), amount in asked.items():
            planned = plans[body, unit].n if (body, unit) in plans else 0
            taken, waiting = used.get((body, unit), 0), pending.get((body, unit), 0)
            left = max(0, planned - taken - waiting)
            if amount > left:
                yield self.finding(
                    case, line=_first(case, body, unit), body=case.name(body), year=year, unit=UNIT_LABELS[unit],
                    planned=planned, used=taken, pending=waiting, left=left, amount=amount, missing=amount - left,
                )  # fmt: skip


def _first(case: CaseView, body: UUID, unit: str) -> UUID | None:
    lines = (line for line in case.lines if line.op == ChangeOp.USE and line.target == body and line.unit == unit)
    return next((line.uuid for line in lines), None)


class CarriedFromWhatWasLeft(Rule):
    """{body}{unit}结转{carried}名，{year}年度用编计划剩余{left}名，超出{missing}名。"""

    code, citation = "USE-CARRY", "年度用编计划：当年未用的计划数到期失效，经批准方可结转"
    remedy = "请将结转数减至上年剩余数以内。"
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Of a year that is over, only what was left of its plan is carried over."""
        for line in case.lines:
            carried = line.says.carried or 0
            if line.op != ChangeOp.USE_PLAN or not carried or not line.body or not (year := line.says.year):
                continue
            left = _left_of(case, line, year - 1)
            if carried > min(left, line.amount):
                most = min(left, line.amount)
                yield self.finding(
                    case, line=line.uuid, body=case.name(line.target), unit=line.unit_label, carried=carried,
                    year=year - 1, left=most, missing=carried - most,
                )  # fmt: skip


def _left_of(case: CaseView, line: ChangeLine, year: int) -> int:
    plan = use_plans.standing(territory_id=case.case.territory_id, year=year)
    used = use_plans.used(territory_id=case.case.territory_id, year=year, as_of=case.on)
    body = line.body.uuid if line.body else None
    planned = plan[body, line.unit].n if body and (body, line.unit) in plan else 0
    return max(0, planned - (used.get((body, line.unit), 0) if body else 0))


class UseSaysHow(Rule):
    """{body}使用编制{n}名，没有填写用编方式。"""

    code, citation = "USE-HOW", "用编审批制度：写明用编方式和岗位"
    remedy = "请填写招录（聘）、调入、安置或引才，以及岗位。"
    severity = Severity.WARN
    steps = SENT
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Who asks for the use of posts says how they will be filled."""
        for line in case.lines:
            if line.op == ChangeOp.USE and not line.says.use_way:
                yield self.finding(case, line=line.uuid, body=case.name(line.target), n=line.amount)


class LentForANamedUse(Rule):
    """{body}使用周转池编制{n}名，没有写明用途。"""

    code, citation = "POOL-02", "人才引进编制周转池：专编专用、一人一编"
    remedy = "请填写引进的人才（类别）和岗位。"
    steps = (*SENT, *TAKEN_IN, *PROPOSED)
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """The pool lends for somebody or something that is named."""
        for line in case.lines:
            if line.op == ChangeOp.POOL_USE and not (line.says.purpose or line.remark):
                yield self.finding(case, line=line.uuid, body=case.name(line.target), n=line.amount)
