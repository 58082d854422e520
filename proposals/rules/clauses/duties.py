"""The law of duties and plans: nothing without an owner, nothing owned twice, plans within what is vacant."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.case.lines import ChangeOp
from proposals.rules.base import ISSUED, PROPOSED, TAKEN_IN, Finding, Rule
from proposals.rules.view import CaseView
from proposals.vocabulary import UNIT_LABELS, BodyCategory, Severity

ENDING = (ChangeOp.ABOLISH, ChangeOp.ABOLISH_INNER)
MOVED = (ChangeOp.DUTY_MOVE, ChangeOp.DUTY_DROP)
REPORTED = (ChangeOp.CREATE, ChangeOp.ABOLISH, ChangeOp.MERGE)
D486_10 = "地方各级人民政府机构设置和编制管理条例第十条"


class DutyMovesFromItsOwner(Rule):
    """{body}的职责中没有「{duty}」，无法划转或取消。"""

    code, citation = "D486-10", D486_10
    remedy = "请核对职责名称，或先修订“三定”规定。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A duty is taken from the body that has it."""
        for line in case.lines:
            version = case.versions.get(line.body.uuid) if line.body and line.op in MOVED else None
            if version and line.says.duty not in version.duties:
                yield self.finding(case, line=line.uuid, body=version.name, duty=line.says.duty)


class DutyHeldOnce(Rule):
    """{body}已承担「{duty}」，重复列入将造成一事多管。"""

    code, citation = "D486-10D", D486_10
    remedy = "一项职责由一个机构承担，请核实。"
    severity = Severity.WARN

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A duty is not given to a body that has it already."""
        for line in case.lines:
            receiver = line.other if line.op == ChangeOp.DUTY_MOVE else line.target
            version = case.versions.get(receiver) if receiver else None
            given = line.op in (ChangeOp.DUTY_MOVE, ChangeOp.DUTY_ADD)
            if given and version and line.says.duty in version.duties:
                yield self.finding(case, line=line.uuid, body=version.name, duty=line.says.duty)


class NoDutyLost(Rule):
    """{body}撤销后，职责「{duties}」没有写明去向。"""

    code, citation = "MERGE-14", "国务院行政机构设置和编制管理条例第九条"
    remedy = "请填写承接单位，或逐项列明划转、取消的职责。"
    severity = Severity.WARN
    steps = (*TAKEN_IN, *PROPOSED)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Of a body that closes, every duty goes somewhere or is dropped."""
        told = {(line.target, line.says.duty) for line in case.lines if line.op in MOVED}
        for line in case.lines:
            version = case.versions.get(line.body.uuid) if line.body and line.op in ENDING else None
            if version and line.other is None:
                lost = [duty for duty in version.duties if (line.target, duty) not in told]
                if lost:
                    yield self.finding(case, line=line.uuid, body=version.name, duties="、".join(lost))


class PlanWithinVacancies(Rule):
    """{body}{unit}年度用编计划{planned}名，超过空编{vacant}名。"""

    code, citation = "USE-PLAN", "年度用编计划不得超过空编"
    remedy = "请将计划数减至空编以内。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A year's plan of use stays within the vacant posts of every body."""
        for line in case.lines:
            if line.op == ChangeOp.USE_PLAN and line.body and line.unit:
                vacant = case.vacant(line.body.uuid, line.unit)
                if line.amount > vacant:
                    yield self.finding(
                        case, line=line.uuid, body=case.name(line.target), unit=UNIT_LABELS[line.unit],
                        planned=line.amount, vacant=vacant,
                    )  # fmt: skip


class PoolComesBack(Rule):
    """{body}使用周转池编制{n}名，没有写明归还日期。"""

    code, citation = "POOL-01", "人才引进编制周转池：专编专用、到期归还"
    remedy = "请填写归还日期。"
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Posts of the revolving pool have a day on which they come back."""
        for line in case.lines:
            if line.op == ChangeOp.POOL_USE and not line.says.return_on:
                yield self.finding(case, line=line.uuid, body=case.name(line.target), n=line.amount)


class ReportedToTheCongress(Rule):
    """{body}属政府工作部门，设立、撤销、合并须报区人民代表大会常务委员会备案。"""

    code, citation = "D486-09R", "地方各级人民政府机构设置和编制管理条例第九条"
    remedy = "批准后请列入落实任务，办理备案。"
    severity = Severity.INFO
    steps = (*PROPOSED, *ISSUED)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Organs of government are reported to the standing committee of the people's congress."""
        for line in case.lines:
            if line.op in REPORTED and case.category(line.target) == BodyCategory.GOVERNMENT_ORGAN:
                yield self.finding(case, line=line.uuid, body=case.name(line.target))
