"""特批说明: what may be passed is passed by whom the clause names, with a reason that every paper carries."""

import pytest

from proposals.models import Proposal, Upload
from proposals.rules import law
from tests import builders
from workflows.attempt import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return builders.office_with_law()


def arguing(office, **fields) -> Proposal:
    case = builders.draft(office, "OTHER", [{"op": "OTHER", "requested": 1}], **fields)
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "register_incoming", "bianban1", incoming_number="2026-1")
    return case


def finding(office, case: Proposal, code: str):
    fresh = Proposal.objects.select_related("territory").get(pk=case.pk)
    return next(one for one in law.findings(case=fresh, on=office.now.date()) if one.rule == code)


def test_a_missing_attachment_is_passed_by_the_director_with_a_reason(office) -> None:
    case = arguing(office)
    Upload.objects.filter(proposal=case, purpose="POLICY_BASIS").update(dropped=True)
    with pytest.raises(Refused) as refusal:
        office.take(case, "accept", "bianban1", checks_passed=True)
    assert "ATT-01" in refusal.value.codes
    message = finding(office, case, "ATT-01").message
    office.take(case, "override", "zhuren", finding=f"ATT-01 {message}", reason="原件在市委编办，已核对")
    passed = finding(office, case, "ATT-01")
    assert (passed.blocks, passed.overridden_by) == (False, "编办主任（区委编办主任）")
    office.take(case, "accept", "bianban1", checks_passed=True)


def test_only_the_chair_passes_what_the_clause_leaves_to_the_chair(office) -> None:
    case = arguing(office, vertical_flags=["BODY"])
    case.basis.update(level="STATUTE")
    facts = {"finding": f"R27-V {finding(office, case, 'R27-V').message}", "reason": "法律明确要求"}
    with pytest.raises(Refused) as refusal:
        office.take(case, "override", "zhuren", **facts)
    assert refusal.value.codes == {"NOT_YOURS"}
    office.take(case, "override", "bianwei1", **facts)
    assert not finding(office, case, "R27-V").blocks


def test_what_nobody_may_pass_is_not_passed(office) -> None:
    case = arguing(office)
    case.basis.update(level="MINISTRY")
    facts = {"finding": f"R27 {finding(office, case, 'R27').message}", "reason": "急需"}
    with pytest.raises(Refused) as refusal:
        office.take(case, "override", "bianwei1", **facts)
    assert refusal.value.codes == {"NO_EXCEPTION"}


def test_an_exception_names_a_finding_that_stands(office) -> None:
    case = arguing(office)
    with pytest.raises(Refused) as refusal:
        office.take(case, "override", "zhuren", finding="ATT-01 缺少必备材料「无」。", reason="示例")
    assert refusal.value.codes == {"NO_SUCH_FINDING"}
