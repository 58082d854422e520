"""The law of the route: who decides, matters that were split, open problems, borrowed staff, what a duty brings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from proposals.case.lifecycle import CaseStep
from proposals.case.lines import ChangeOp
from proposals.rules.base import ALL_ALONG, ARGUED, BY_CHAIR, BY_OFFICE, PROPOSED, SENT, TAKEN_IN, Finding, Rule
from proposals.rules.view import CaseView
from proposals.side_registers.models import ProblemItem
from proposals.vocabulary import UNIT_LABELS, Decider, DecisionMode, LeaderLevel, QuotaType, Severity

Topic = ProblemItem.Topic
GAINING = (
    ChangeOp.QUOTA_ADD, ChangeOp.POOL_USE, ChangeOp.LEADER_ADD, ChangeOp.USE, ChangeOp.LEVEL_DOWN,
    ChangeOp.CREATE_INNER,
)  # fmt: skip
RECEIVING = (ChangeOp.QUOTA_TRANSFER, ChangeOp.LEADER_TRANSFER)
ADMITTING = (ChangeOp.DUTY_ADD, ChangeOp.DUTY_CLAIM)
HIRING = (ChangeOp.USE, ChangeOp.QUOTA_ADD)


class SomebodyDecides(Rule):
    """{message}"""

    code, citation = "R14", "《中国共产党机构编制工作条例》第十四条"
    remedy = "请先在办事规则中补充审批权限。"
    steps = (*TAKEN_IN, *ARGUED, CaseStep.SEND_SMALL, CaseStep.REROUTE)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Every line has a body that decides it by a dated rule; without lines there is nothing to decide."""
        if case.lines and not case.route:
            yield self.finding(case, message=case.unrouted)


class LinesGiven(Rule):
    """尚未填写调整事项。"""

    code, citation = "FORM-00", "调整事项填写要求"
    adjustable = False
    remedy = "请在「调整事项」中至少填写一项。"
    steps = (*TAKEN_IN, *ARGUED, CaseStep.REROUTE)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A matter says what shall change, also after it was worked on."""
        if not case.lines:
            yield self.finding(case)


class NotSplit(Rule):
    """{body}在{months}个月内已有同类事项，本事项与其合计可能应由更高一级决定。"""

    code, citation = "P4-SPLIT", "审批权限：不得化整为零"
    remedy = "请核实是否为同一事项拆分办理，必要时合并报批。"
    severity = Severity.WARN
    steps = (*SENT, *TAKEN_IN, *PROPOSED)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Two matters of one body within the months set by the rulebook are looked at together."""
        if case.kind.code == "STAFF_USE" or _city_decides(case):
            return
        months = case.lawbook.switch("split_months")
        ops = {line.op for line in case.lines}
        seen: set[UUID] = set()
        for line in case.earlier(since=case.on - timedelta(days=months * 365 // 12)):
            if line.op in ops and line.matter not in seen:
                seen.add(line.matter)
                shared = next((b for b in (line.target, line.other) if b in case.concerned), None)
                name = case.name(shared)
                yield self.finding(case, matters=(line.matter,), body=name, months=months, other=line.matter)


def _city_decides(case: CaseView) -> bool:
    return any(leg.decider == Decider.CITY and leg.mode == DecisionMode.APPROVE for leg in case.route)


class ProblemsSettledFirst(Rule):
    """{body}还有未销号问题{number}（{topic}：{problem}）。"""

    code, citation = "S11", "整改与审批联动；机构编制问题整改台账动态销号"
    remedy = "请先整改销号，或说明本事项为整改措施。"
    severity = Severity.WARN
    steps = ALL_ALONG
    overridable = BY_OFFICE
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A unit with an open problem of the same sort gets no more of it, unless the case is the cure."""
        if case.case.kind == "PROBLEM_RECTIFY":
            return
        for line in case.lines:
            receiver = line.other if line.op in RECEIVING else line.target if line.op in GAINING else None
            for problem in case.problems if receiver else ():
                if (
                    problem.uuid not in case.cured
                    and problem.body
                    and problem.body.uuid == receiver
                    and _same_matter(problem, line.unit)
                ):
                    yield self.finding(
                        case, line=line.uuid, body=problem.body_name, number=problem.number,
                        topic=problem.get_topic_display(), problem=problem.problem,
                    )  # fmt: skip


def _same_matter(problem: ProblemItem, unit: str) -> bool:
    if unit in LeaderLevel.values:
        return problem.topic in (Topic.OVER_POSTS, Topic.OVER_RANK, Topic.SELF_MADE_TITLE)
    return problem.topic in (Topic.OVER_QUOTA, Topic.OTHER) if unit in QuotaType.values else True


class BorrowedReturnFirst(Rule):
    """{body}有{count}人被{borrower}借用未经批准。"""

    code, citation = "S19", "清理借调抽调人员：不得擅自借用乡镇街道人员"
    remedy = "请先清退借调抽调人员，再申请用编或增编。"
    severity = Severity.WARN

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Who has lent people away without approval is asked before it gets more."""
        wanting = {line.target: line for line in case.lines if line.op in HIRING}
        if not wanting or not case.lawbook.switch("borrowed_checked"):
            return
        for row in case.borrowed:
            if row.lender.uuid in wanting and not row.approved:
                yield self.finding(
                    case, line=wanting[row.lender.uuid].uuid, body=case.name(row.lender.uuid), count=row.count,
                    borrower=row.borrower,
                )  # fmt: skip


class FundsFollowDuties(Rule):
    """准入职责「{duty}」没有写明随转的经费和编制。"""

    code, citation = "S8", "职责（事权）准入：权责一致、费随事转、非准禁入"
    remedy = "请填写经费编制随转方案，或说明不需随转的理由。"
    steps = (*ARGUED, *PROPOSED)
    overridable = BY_CHAIR

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A duty that goes down brings its money and posts."""
        answer = case.answers.get("FUNDS_FOLLOW")
        if case.case.kind == "DUTY_ADMISSION" and (answer is None or not (answer.text or answer.pointer)):
            for line in case.lines:
                if line.op in ADMITTING:
                    duty = line.says.duty or line.says.row_name
                    yield self.finding(case, line=line.uuid, duty=duty)


class NoLinesWithoutNumber(Rule):
    """「{label}」没有填写{unit}数额。"""

    code, citation = "FORM-01", "调整事项填写要求"
    remedy = "请填写大于零的数额。"
    steps = (*SENT, *TAKEN_IN)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Whoever asks for posts says how many."""
        for line in case.lines:
            if line.unit and not line.requested:
                yield self.finding(case, line=line.uuid, label=str(line), unit=UNIT_LABELS[line.unit])
