"""Grounds, interference, answers and attachments, each clause broken once and kept once."""

import pytest

from proposals.case.consents import consents
from proposals.models import Upload
from proposals.vocabulary import Severity
from tests.rules.district import DAY, NOTICE, PSU, STAFFING, STATUTE, District, found, only

pytestmark = pytest.mark.django_db

POST = {"op": "OTHER"}


def plain(**fields):
    return District().case("OTHER", POST, **fields)


def passed(case, finding, reason: str) -> None:
    """Write an exception for a finding, whether the law allows it or not."""
    case.exceptions.create(
        rule=finding.rule, finding=finding.key, message=finding.message, by="编委主任", reason=reason, written_on=DAY,
        **consents.shown(case),
    )  # fmt: skip


def test_R16_2_a_proposal_rests_on_a_document() -> None:
    finding = only(plain(basis=()), "R16-2", step="accept")
    assert (finding.blocks, finding.message) == (True, "没有填写政策依据。")
    assert found(plain(), "R16-2", step="accept") == []


def test_R27_a_department_notice_alone_is_no_basis_and_nobody_may_let_it_pass() -> None:
    case = plain(basis=(NOTICE,))
    found_now = only(case, "R27")
    passed(case, found_now, "急需")
    finding = only(case, "R27", step="propose_item")
    assert finding.blocks
    assert "第二十七条" in finding.citation
    assert "内某厅发〔2026〕3号" in finding.message


def test_R27_stands_whatever_a_district_writes_into_its_rulebook() -> None:
    district = District()
    district.set("SEVERITY", "R27", "INFO")
    assert only(district.case("OTHER", POST, basis=(NOTICE,)), "R27", step="propose_item").blocks


def test_R27_warns_at_acceptance_so_that_the_demand_stays_in_the_register() -> None:
    assert only(plain(basis=(NOTICE,)), "R27", step="accept").severity == Severity.WARN


def test_R27_a_party_or_staffing_document_beside_it_carries_the_matter() -> None:
    assert found(plain(basis=(NOTICE, STAFFING)), "R27") == []


def test_R27_B_a_notice_beside_a_true_basis_is_pointed_out() -> None:
    finding = only(plain(basis=(NOTICE, STAFFING)), "R27-B")
    assert finding.severity == Severity.INFO
    assert (
        finding.message == "《关于加强基层站所建设的通知》内某厅发〔2026〕3号为部门规章或部门规范性文件，不作为依据。"
    )
    assert found(plain(), "R27-B") == []


def test_R27_V_demands_of_line_departments_are_not_carried_out() -> None:
    case = plain(vertical_flags=["BODY", "QUOTA"])
    finding = only(case, "R27-V", step="propose_item")
    assert finding.blocks and not finding.overridable
    assert "要求对口设立机构、要求增加编制" in finding.message
    assert found(plain(), "R27-V") == []


def test_R27_V_only_a_statute_or_party_rule_allows_a_written_exception() -> None:
    without, with_statute = (
        plain(vertical_flags=["BODY"], basis=basis) for basis in ((STAFFING,), (STAFFING, STATUTE))
    )
    for case in (without, with_statute):
        passed(case, only(case, "R27-V"), "法律明确规定")
    assert only(without, "R27-V", step="propose_item").blocks
    let = only(with_statute, "R27-V", step="propose_item")
    assert not let.blocks
    assert (let.overridden_by, let.override_reason) == ("编委主任", "法律明确规定")
    with_statute.exceptions.update(digest="0" * 64)
    assert only(with_statute, "R27-V", step="propose_item").blocks, "it was given for other lines"


def test_R16_every_question_is_answered_or_points_into_the_report() -> None:
    case = plain()
    assert found(case, "R16", step="finish_argument") == []
    case.answers.filter(question="A16_4").update(text="", pointer="第三章")
    case.answers.filter(question="A16_5").update(text=" ")
    assert only(case, "R16", step="finish_argument").message == "论证问题「风险与应对」没有回答。"


def test_R16_the_short_track_answers_nothing() -> None:
    district = District()
    body = district.body("甲中心", posts={PSU: (3, 0)})
    case = district.open().case("STAFF_USE", {"op": "USE", "body": body, "unit": PSU})
    assert found(case, "R16", step="propose_item") == []


def test_ATT_01_attachments_are_the_union_of_kind_and_lines() -> None:
    district = District()
    body = district.body("甲中心")
    case = district.case("ORG_PLATE", {"op": "ABOLISH", "body": body})
    assert found(case, "ATT-01", step="accept") == []
    case.uploads.filter(purpose=Upload.Purpose.PEOPLE).update(dropped=True)
    assert only(case, "ATT-01", step="accept").message == "缺少必备材料「人员分流（转隶）方案」。"


def test_ATT_01_the_public_interest_list_of_an_institution_is_asked() -> None:
    line = {"op": "CREATE", "params": {"name": "丙中心", "category": "PSU"}}
    case = District().case("PSU_SETUP", line)
    case.uploads.all().update(dropped=True)
    missing = {finding.figures[0][1] for finding in found(case, "ATT-01", step="accept")}
    assert missing == {"政策依据", "领导批示", "调整方案", "财政意见"}


def test_R09_a_unit_encloses_the_minutes_of_its_party_group() -> None:
    case = plain(origin="UNIT")
    assert found(case, "R09", step="accept") == []
    case.uploads.filter(purpose=Upload.Purpose.PARTY_GROUP_MINUTES).update(dropped=True)
    finding = only(case, "R09", step="accept")
    assert (finding.blocks, finding.message) == (True, "单位党组（党委）会议纪要未附。")
    assert only(case, "R09", step="send_to_office").severity == Severity.WARN


def test_PRE_01_what_the_city_decides_is_talked_over_first() -> None:
    district = District()
    body = district.body("甲中心")
    case = district.case("ORG_RENAME", {"op": "RENAME", "body": body, "params": {"name": "丙中心"}})
    assert found(case, "PRE-01", step="propose_item") == []
    case.uploads.filter(purpose=Upload.Purpose.PRE_COMM).update(dropped=True)
    finding = only(case, "PRE-01", step="propose_item")
    assert (finding.blocks, finding.message) == (True, "本事项由市级决定，尚无市委编办沟通预审意见。")
    case.consents.create(kind="CITY", result="AGREE", asked_on=DAY, answered_on=DAY, **consents.shown(case))
    assert found(case, "PRE-01", step="propose_item") == []
    case.lines.update(params={"name": "丁中心"})
    assert "针对第1次报送的原方案，其后调整事项已变更，不再适用" in only(case, "PRE-01", step="propose_item").message
