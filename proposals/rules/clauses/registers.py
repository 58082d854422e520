"""The law of the registers beside the ledger: problems closed in truth, duties on lists, pledges, borrowed staff."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from proposals.case.lines import ChangeLine, ChangeOp
from proposals.case.models import BasisDocument
from proposals.rules.base import ALL_ALONG, BY_CHAIR, BY_OFFICE, ISSUED, PROPOSED, RESOLVED, SENT, Finding, Rule
from proposals.rules.view import CaseView
from proposals.side_registers import totals
from proposals.side_registers.models import Pledge, ProblemItem
from proposals.vocabulary import UNIT_LABELS, BodyCategory, Severity

Level = BasisDocument.Level
FROM_ABOVE = (Level.PARTY_RULE, Level.STATUTE, Level.CENTRAL, Level.SUPERIOR)
PLACES = (BodyCategory.TOWN, BodyCategory.STREET)


class LinesComplete(Rule):
    """{message}"""

    code, citation = "FORM-02", "调整事项填写要求"
    remedy = "请改正后再办理。"
    steps = (*ALL_ALONG, *ISSUED)
    adjustable = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A line says all that it needs, and names a row on which something is left to decide."""
        for short in case.plan.shortfalls:
            if short.code in ("INCOMPLETE", "ROW"):
                yield self.finding(case, line=short.line, message=short.message)


class ProblemOverInTruth(Rule):
    """{number}销号后，台账中{body}{unit}仍超{over}名，其余未销号问题只说明{explained}名。"""

    code, citation = "S11-L", "整改与审批联动；机构编制问题整改台账动态销号"
    remedy = "请在本事项中一并核增、划出，或先登记减员，超额消化后再销号。"
    steps = (*PROPOSED, *RESOLVED, *ISSUED)
    warns = SENT
    adjustable = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A problem is closed only when what the ledger would still show over is explained by open problems."""
        if not case.cured:
            return
        closing = {line.row: line.uuid for line in case.lines if line.op == ChangeOp.RECTIFY}
        for problem in case.problems:
            if problem.uuid not in case.cured or not (problem.body and problem.unit):
                continue
            over = max(0, -_vacant_after(case, problem.body.uuid, problem.unit))
            explained = sum(
                _left_after(case, other) for other in case.problems
                if (other.body_id, other.unit) == (problem.body_id, problem.unit)
            )  # fmt: skip
            if over > explained:
                yield self.finding(
                    case, line=closing[problem.uuid], number=problem.number, body=problem.body_name,
                    unit=UNIT_LABELS[problem.unit], over=over, explained=explained,
                )  # fmt: skip


def _left_after(case: CaseView, problem: ProblemItem) -> int:
    """Return how many of a problem are open when the lines are carried out."""
    left = problem.left(on=case.on)
    parts = [line.says.part or left for line in case.lines if _settles(line, problem)]
    return max(0, left - sum(parts))


def _settles(line: ChangeLine, problem: ProblemItem) -> bool:
    return line.op == ChangeOp.RECTIFY and line.row == problem.uuid and bool(line.amount)


def _vacant_after(case: CaseView, body: UUID, unit: str) -> int:
    row = case.rows.get((body, unit))
    return row.vacant[1] if row else case.vacant(body, unit)


class ClaimRateReached(Rule):
    """承接后{title}承接率为{percent}（{base}项中{claimed}项），低于{threshold}%的要求。"""

    code, citation = "S9", "赋权清单承接率（只适用于须设综合行政执法局的镇）"
    remedy = "请核实承接条件，补充承接或说明原因。"
    severity = Severity.WARN
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A list that a rate binds reaches it by what the case takes over, or says why not."""
        claims = [line for line in case.lines if line.op == ChangeOp.DUTY_CLAIM and line.row in case.claimable]
        if not claims:
            return
        for rate in totals.claim_rates(territory=case.case.territory, on=case.on):
            own = [line for line in claims if line.row and case.claimable[line.row] == rate.duty_list.pk]
            after = rate._replace(claimed=rate.claimed + sum(line.amount for line in own))
            if own and after.falls_short:
                yield self.finding(
                    case, line=own[0].uuid, title=rate.duty_list.title, percent=after.percent, base=after.base,
                    claimed=after.claimed, threshold=rate.duty_list.threshold,
                )  # fmt: skip


class PledgeFounded(Rule):
    """{form}「{title}」没有上级党委、政府以上的依据。"""

    code, citation = "S13", "清理规范责任状和一票否决：新设、保留须经省级以上批准（海勃湾区、福山区）"
    remedy = "请补充依据文件，否则不予设立或保留。"
    steps = (*PROPOSED, *RESOLVED)
    warns = SENT
    overridable = BY_CHAIR
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A pledge or veto stands on a paper from above; a veto blocks without one, a pledge is warned."""
        if any(document.level in FROM_ABOVE for document in case.basis):
            return
        for line in case.lines:
            if line.op == ChangeOp.PLEDGE_KEEP and line.amount:
                form = case.pledge_form(line)
                severity = "" if form == Pledge.Form.VETO else Severity.WARN
                title = line.says.row_name or line.says.name
                yield self.finding(case, line=line.uuid, severity=severity, form=form.label, title=title)


class BorrowedWithinStaff(Rule):
    """{body}实有{actual}人，已借出{lent}人，不足再借用{n}人。"""

    code, citation = "S19-N", "借调抽调人数不得超过实有人数"
    remedy = "请核对人数，或先办理借调归还。"
    adjustable = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Nobody is lent away who is not there."""
        for line in _borrowings(case):
            body = line.named
            if body is None:
                continue
            lent = sum(row.count for row in case.borrowed if row.lender.uuid == body)
            actual = case.actual(body)
            if lent + line.amount > actual:
                yield self.finding(case, line=line.uuid, body=case.name(body), actual=actual, lent=lent, n=line.amount)


class BorrowedFromPlaces(Rule):
    """拟从{body}（乡镇街道）借用{n}人。"""

    code, citation = "S19-T", "清理借调抽调人员：严格控制从乡镇街道借用人员（福山区、海勃湾区）"
    remedy = "请说明必要性和期限，到期归还。"
    severity = Severity.WARN
    overridable = BY_OFFICE
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Towns and streets keep their people."""
        for line in _borrowings(case):
            if case.category(line.named) in PLACES:
                yield self.finding(case, line=line.uuid, body=case.name(line.named), n=line.amount)


def _borrowings(case: CaseView) -> Iterator[ChangeLine]:
    return (line for line in case.lines if line.op == ChangeOp.BORROW and line.amount)
