"""The law of quota types, transfers and levels, and what a plan does to the district's totals."""

from __future__ import annotations

from collections.abc import Iterator

from proposals.case.lifecycle import CaseStep
from proposals.case.lines import ChangeOp
from proposals.case.values import in_force
from proposals.rules.base import ALL_ALONG, BY_CHAIR, SENT, TAKEN_IN, Finding, Rule
from proposals.rules.view import CaseView
from proposals.vocabulary import UNIT_LABELS, BodyCategory, QuotaType, Severity

SAME_TYPE = (ChangeOp.QUOTA_TRANSFER, ChangeOp.LEADER_TRANSFER)
ORGANS = (BodyCategory.PARTY_ORGAN, BodyCategory.GOVERNMENT_ORGAN)
PSU_TYPES = (QuotaType.PSU_FULL, QuotaType.PSU_PARTIAL, QuotaType.PSU_SELF)


class TypesDoNotMix(Rule):
    """{body}（{category}）不得使用{unit}。"""

    adjustable = False
    code, citation = "D486-15", "地方各级人民政府机构设置和编制管理条例第十五条"
    remedy = "行政机构使用行政编制，事业单位使用事业编制，请改正编制类型。"
    steps = (*ALL_ALONG, CaseStep.CITY_APPROVE)
    overridable = BY_CHAIR

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Posts of public institutions stay there; administrative posts stay with organs."""
        for line in case.lines:
            receives = line.other if line.op in SAME_TYPE else line.target
            category = case.category(receives)
            given = [share.unit for share in in_force.of(line, case.values)] or [line.unit]
            for unit in [str(line.says.to_unit)] if line.says.to_unit else given:
                if category == BodyCategory.PSU and unit == QuotaType.ADMIN or category in ORGANS and unit in PSU_TYPES:
                    yield self.finding(
                        case, line=line.uuid, body=case.name(receives), category=BodyCategory(category).label,
                        unit=UNIT_LABELS[unit],
                    )  # fmt: skip


class TransferConserves(Rule):
    """调剂{unit}{amount}名没有写明{lacking}。"""

    adjustable = False
    code, citation = "D486-18C", "地方各级人民政府机构设置和编制管理条例第十八条"
    remedy = "调剂须调出、调入相等，请填写另一方。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """What one body gives another receives; the total stays."""
        for line in case.lines:
            if line.op in SAME_TYPE and (line.target is None or line.other is None or line.target == line.other):
                lacking = "调出单位" if line.target is None else "不同的调入单位"
                yield self.finding(case, line=line.uuid, unit=line.unit_label, amount=line.amount, lacking=lacking)


class AcrossLevels(Rule):
    """跨层级调整{unit}{amount}名，超出本级和市级权限。"""

    code, citation = "D486-18X", "地方各级人民政府机构设置和编制管理条例第十八条"
    remedy = "跨层级调整行政编制须报中央批准，请附批准文件并由编委主任书面特批。"
    overridable = BY_CHAIR
    warns = (*SENT, *TAKEN_IN)

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Administrative posts move between levels only with the centre's consent."""
        for line in case.lines:
            if line.op in (ChangeOp.LEVEL_UP, ChangeOp.LEVEL_DOWN) and line.unit == QuotaType.ADMIN:
                yield self.finding(case, line=line.uuid, unit=line.unit_label, amount=line.amount)


class TotalOnlyFalls(Rule):
    """本事项使{unit}总量由{before}名增至{after}名（增加{more}名）。"""

    code, citation = "FS-07", "财政供养人员只减不增（中编发〔2016〕1号精神）"
    remedy = "请说明上级核增依据和财政承受能力。"
    severity = Severity.WARN
    verified = False

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Staff paid by the treasury should not grow."""
        if not case.lawbook.switch("total_only_falls"):
            return
        for total in case.plan.totals:
            if total.unit in QuotaType.values and total.total[1] > total.total[0]:
                more = total.total[1] - total.total[0]
                yield self.finding(case, unit=total.label, before=total.total[0], after=total.total[1], more=more)


class WithinGivenCap(Rule):
    """调整后{unit}为{after}，超过上级核定的限额{cap}（依据：{paper}）。"""

    code, citation = "CAP-01", "总量控制、限额管理"
    remedy = "报送时须一并申请上级调整限额，批复前不得执行。"
    steps = (*ALL_ALONG, CaseStep.CITY_APPROVE)
    severity = Severity.WARN

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A grant from above that goes beyond a cap on paper needs the cap raised too."""
        for total in case.plan.totals:
            cap = case.lawbook.caps.get(total.unit)
            if cap and total.total[1] > max(cap.value, total.total[0]):
                yield self.finding(
                    case, unit=total.label, after=total.total[1], cap=cap.value, paper=cap.paper or cap.citation
                )
