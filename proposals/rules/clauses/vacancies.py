"""The law of what is there: caps, totals, vacancies and headcount, read off what the plan could not take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.db.models import TextChoices

from proposals.case.lifecycle import CaseStep
from proposals.case.lines import ChangeOp
from proposals.ledger.models import Holder
from proposals.ledger.places import OCCUPIED, VACANT, Shortfall, at_body
from proposals.rules.base import ALL_ALONG, DECIDING, ISSUED, SENT, TAKEN_IN, Finding, Rule
from proposals.rules.view import CaseView
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel, QuotaType, Severity


class ShortfallRule(Rule):
    """A rule that speaks about what the plan could not take from an account."""

    steps = (*ALL_ALONG, *ISSUED)
    adjustable = False
    holder: ClassVar[str] = Holder.BODY
    units: ClassVar[type[TextChoices]]
    ops: ClassVar[tuple[str, ...]] = ()

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Yield a finding for every shortfall that is this rule's."""
        ops = {line.uuid: line.op for line in case.lines}
        for short in case.plan.shortfalls:
            if self.concerns(short, ops[short.line]) and not overdrawn(case, short):
                yield self.about(case, short)

    def concerns(self, short: Shortfall, op: str) -> bool:
        """Return whether the shortfall is this rule's."""
        place = short.place
        return (
            short.code == "SHORT"
            and place.holder == self.holder
            and place.unit in self.units.values
            and place.compartment != OCCUPIED
            and (not self.ops or op in self.ops)
        )

    def about(self, case: CaseView, short: Shortfall) -> Finding:
        """Make the finding; what only another case's reservation takes away warns until the decision."""
        row = case.rows.get((short.place.body, short.place.unit)) if short.place.body else None
        reserved = row.held_by_others if row else 0
        early = case.step and case.step not in DECIDING
        only_reserved = early and short.available + reserved >= short.needed
        return self.finding(
            case,
            line=short.line,
            severity=Severity.WARN if only_reserved else "",
            body=case.name(short.place.body) or case.case.territory.name,
            unit=UNIT_LABELS[short.place.unit],
            available=short.available,
            needed=short.needed,
            missing=short.needed - short.available,
            reserved=reserved,
        )


def overdrawn(case: CaseView, short: Shortfall) -> bool:
    """Return whether the account already stood below zero: then the monotone rule P7 speaks."""
    row = case.rows.get((short.place.body, short.place.unit)) if short.place.body else None
    return row is not None and row.vacant[0] < 0


class OrganCap(ShortfallRule):
    """{unit}限额余量{available}，本事项需要{needed}，超出限额{missing}个。"""

    code, citation = "D486-09", "机构限额管理（地方各级人民政府机构设置和编制管理条例第九条）"
    remedy = "请在限额内先撤并机构，或报上级调整限额。"
    holder, units = Holder.POOL, BodyCategory


class QuotaTotal(ShortfallRule):
    """{unit}区级总量内可用{available}名，本事项需要{needed}名，超出{missing}名。"""

    code, citation = "D486-16", "地方各级人民政府机构设置和编制管理条例第十六条"
    remedy = "请在总量内调剂（减上增下），或选择由上级核增。"
    holder, units = Holder.POOL, QuotaType


class LeaderCap(ShortfallRule):
    """{unit}区级可用{available}名，本事项需要{needed}名，超出{missing}名。"""

    code, citation = "LP-CAP", "领导职数限额（上级核定）"
    remedy = "请选择由上级核增，或先核减其他职数。"
    holder, units = Holder.POOL, LeaderLevel


class TalentPoolHasThem(ShortfallRule):
    """人才引进编制周转池{unit}可用{available}名，本事项需要{needed}名，超出{missing}名。"""

    code, citation = "POOL-03", "人才引进编制周转池：在核定数内使用"
    remedy = "请减少使用数，待已借出的归还后再用，或先提请核定（扩大）周转池。"
    holder, units = Holder.TALENT, QuotaType

    def concerns(self, short: Shortfall, op: str) -> bool:
        """The pool lends and gives back posts of every type, never more than it has."""
        return short.code == "SHORT" and short.place.holder == Holder.TALENT


class UseWithinVacancy(ShortfallRule):
    """{body}{unit}空编{available} < 申请{needed}（他案占用{reserved}）。"""

    code, citation = "D486-06U", "地方各级人民政府机构设置和编制管理条例第六条"
    remedy = "请将申请数减至空编以内，或先办理减员登记。"
    units, ops = QuotaType, (ChangeOp.USE,)


class TransferFromVacancy(ShortfallRule):
    """{body}调出{unit}需要空编{needed}名，现有空编{available}名（他案占用{reserved}名）。"""

    code, citation = "D486-18", "地方各级人民政府机构设置和编制管理条例第十八条"
    remedy = "请减少调出数，或填写随编划转人数，编制与人员一并划转。"
    units, ops = QuotaType, (ChangeOp.QUOTA_TRANSFER, ChangeOp.LEVEL_UP, ChangeOp.POOL_RETURN)


class HeadcountWithinApproved(ShortfallRule):
    """{body}{unit}核减{needed}名后实有人数将超过核定数（空编{available}名）。"""

    code, citation = "D486-06", "地方各级人民政府机构设置和编制管理条例第六条"
    remedy = "请将核减数减至空编以内，或先减员。"
    units = QuotaType
    ops = (ChangeOp.QUOTA_CUT, ChangeOp.QUOTA_CONVERT)


class LeaderPostsFree(ShortfallRule):
    """{body}{unit}空缺{available}名，本事项需要{needed}名。"""

    code, citation = "LP-05", "领导职数管理：实有不得超过核定"
    remedy = "请减少数额，或先调整任职人员。"
    units = LeaderLevel


class PeopleWithPosts(ShortfallRule):
    """{body}{unit}实有{available}人，不足随编划转{needed}人。"""

    code, citation = "P19", "编制与人员一并划转（随编划转）"
    remedy = "请核对实有人数，减少随编划转人数。"
    units = QuotaType

    def concerns(self, short: Shortfall, op: str) -> bool:
        """People are taken from the occupied posts."""
        return short.code == "SHORT" and short.place.compartment == OCCUPIED


class ExcessOnlyShrinks(Rule):
    """{body}{unit}已超{over}名（核定{approved}、实有{actual}），本事项使用或核减{amount}名，将扩大超额。"""

    code, citation = "P7", "地方各级人民政府机构设置和编制管理条例第六条；超编单位不得新进人员"
    adjustable = False
    remedy = "超额只减不增，请先通过减员、转任或上级核增消化。"
    steps = (*ALL_ALONG, *ISSUED)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """An excess that was imported may only become smaller."""
        for short in case.plan.shortfalls:
            if short.code == "SHORT" and short.place.body and overdrawn(case, short):
                row = case.rows[short.place.body, short.place.unit]
                yield self.finding(
                    case, line=short.line, body=row.name, unit=row.label, over=-row.vacant[0],
                    approved=row.approved[0], actual=row.actual[0], amount=short.needed,
                )  # fmt: skip


class IntendedByOthers(Rule):
    """{body}{unit}{what}{before}名，其他已受理事项拟用{intended}名、已占用{held}名，合计超出{missing}名。"""

    code, citation = "P20", "编制使用先后次序：受理为拟用，决定为占用"
    remedy = "请与有关事项统筹；以先作出决定者占用。"
    severity = Severity.WARN
    steps = (*SENT, *TAKEN_IN, CaseStep.PROPOSE_ITEM)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Several accepted cases may look at the same posts; only the first decision takes them."""
        for (body, unit), row in case.rows.items():
            for compartment, before, after in ((VACANT, *row.vacant), (OCCUPIED, *row.actual)):
                taken = case.intents.get(at_body(body, unit, compartment), 0) if after < before else 0
                if taken > after >= 0:
                    line = next((one.uuid for one in case.lines if body in (one.target, one.other)), None)
                    yield self.finding(
                        case, line=line, body=row.name, unit=row.label, what=compartment.label, before=before,
                        intended=taken, held=row.held_by_others, missing=taken - after,
                    )  # fmt: skip
