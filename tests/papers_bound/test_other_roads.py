"""The papers of other roads: returned, refused, small, amended, entered afterwards, signed by another organ."""

import json

import pytest

from docs_templates.models import FrozenPaper
from proposals.models import Proposal
from tests import builders
from tests.committee.chamber import CHAIR
from tests.papers_bound import road
from workflows.attempt import Refused
from workflows.jobs.worker import drain


def build():
    """Open the register of the district."""
    return road.opened()


def told(subject, slug):
    """Read back the newest facts of a paper."""
    return json.loads(FrozenPaper.objects.filter(subject_uuid=subject.uuid, slug=slug).order_by("version").last().facts)


def from_unit(office, **changed):
    """Draft case A as the request of a unit, with the unit's papers attached."""
    given = {"origin": "UNIT", "proposer": "区委组织部", "leading_instruction": "", **changed}
    case = road.drafted(office, "a", **given)
    road.upload(office, case, data=road.sheet(), purpose="UNIT_REQUEST", name="关于调剂街道事业编制的请示.pdf")
    road.upload(office, case, data=road.sheet(2), purpose="PARTY_GROUP_MINUTES", name="部务会纪要.pdf")
    return case


def test_a_returned_request_names_the_unit_its_paper_and_every_reason(world):
    office = world.office
    case = from_unit(office)
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "register_incoming", "bianban1", incoming_number="2026-20")
    office.take(
        case, "return_for_correction", "bianban1", checks=["complete", "form"], reason="缺少财政意见。\n请示未盖章。"
    )
    notice = told(case, "tuihui")
    assert notice["recipient"] == "区委组织部" and notice["received"] == "《关于调剂街道事业编制的请示》"
    assert notice["reasons"] == ["审查不符合项：要件齐全、公文规范。", "缺少财政意见。", "请示未盖章。"]
    slip = told(case, "shouwen")
    assert "党组（党委）会议纪要：部务会纪要.pdf" in slip["materials"]


def test_a_unit_gets_a_reply_that_quotes_its_request(world):
    office = world.office
    case = road.scheduled(office, road.argued(office, from_unit(office), "2026-21"))
    road.decided(world, case)
    road.numbered(office, case, "pifu", effective_on="2026-04-01")
    reply = told(case, "pifu")
    assert reply["head"]["recipient"] == "区委组织部" and reply["answered"] == "你单位《关于调剂街道事业编制的请示》"
    assert reply["attitude"] == "同意" and reply["effective_on"] == "2026-04-01"
    assert "区环境卫生服务中心" in reply["head"]["copies_to"]
    with pytest.raises(Refused, match="生效日期应与文件一致"):
        office.take(case, "issue_ahead", "zhuren", effective_on="2026-05-01")
    office.take(case, "issue_ahead", "zhuren")
    assert str(road.now(case).effective_on) == "2026-04-01"
    report = road.dispatched(office, road.now(case))
    assert told(report, "beian")["changes"] == reply["changes"]


def test_what_the_committee_changed_is_shown_on_every_later_paper(world):
    office = world.office
    case = road.scheduled(office, road.argued(office, from_unit(office), "2026-22"))
    line = case.lines.get(position=7)
    world.plan()
    item = world.put(case)
    world.call()
    world.open()
    world.open_item(item)
    world.take(
        "amend_item", item=str(item.uuid), amendment="区市政公用服务中心调出数改为4名。", values={str(line.uuid): 4}
    )
    world.take("record_no_objection", item=str(item.uuid), motion="AS_AMENDED")
    world.take("conclude_item", item=str(item.uuid))
    world.sign()
    case = road.dispatched(office, road.now(case))
    road.numbered(office, case, "pifu")
    extract = told(case, "jielu")["items"][0]
    for slug, paper in (("jielu", extract), ("beian", told(case, "beian")), ("pifu", told(case, "pifu"))):
        row = next(one for one in paper["changes"] if one["body"] == "区市政公用服务中心")
        assert (row["requested"], row["decided"], row["after"]) == ("5", "4", "36名"), slug
    assert told(case, "pifu")["attitude"] == "原则同意"
    assert extract["conditions"][0] == "区市政公用服务中心调出数改为4名。"


def test_a_refused_unit_is_told_by_whom_and_why(world):
    office = world.office
    case = road.argued(office, from_unit(office), "2026-23")
    office.take(case, "refuse_by_office", "zhuren", reason="现有编制可以统筹解决。")
    office.take(case, "prepare_downward", "bianban1")
    road.signed(office, case, "fuhan", wording={"advice": "请结合现有力量统筹安排。"})
    office.take(case, "issue_refusal", "zhuren")
    letter = told(case, "fuhan")
    assert letter["decided_by"] == "中共乌海市海勃湾区委机构编制委员会办公室"
    assert letter["reasons"] == ["现有编制可以统筹解决。"] and letter["advice"] == "请结合现有力量统筹安排。"
    assert letter["head"]["number"] == "海编办函〔2026〕1号" == road.now(case).numbers["fuhan"]


def test_a_permit_names_the_figures_of_its_moment_and_its_last_day(world):
    office = world.office
    unit = road.body(office, "区大数据中心")
    lines = [{"op": "USE", "unit": "PSU_FULL", "body": unit, "requested": 1, "remark": "网格管理岗位,本科以上"}]
    case = builders.draft(office, "STAFF_USE", lines, title="区大数据中心用编申请", summary="公开招聘工作人员1名")
    office.take(case, "send_small", "bianban1")
    office.take(case, "decide_by_office", "zhuren")
    office.take(case, "issue_permit", "bianban1", expires_on="2026-09-30")
    permit = told(case, "hezhundan")
    assert permit["number"] == "海用编〔2026〕1号" and permit["valid_until"] == "2026-09-30"
    assert permit["vacancy"] == permit["approved"] - permit["actual"] - permit["committed"]
    assert (permit["granted"], permit["post"]) == (1, "网格管理岗位，本科以上")
    assert permit["opinions"][0]["person"] == "编办主任"


def test_an_exception_of_the_chair_and_urgency_stand_on_the_paper(world):
    office = world.office
    case = from_unit(office, urgency="URGENT", urgency_reason="街道换届前须到位")
    case = road.argued(office, case, "2026-24")
    remarks = {one["kind"]: one["text"] for one in told(case, "lunzheng")["remarks"]}
    assert remarks["紧急事项"] == "加急办理，理由：街道换届前须到位"


def test_compliance_review_closes_the_argument_with_its_opinion(world):
    office = world.office
    case = from_unit(office)
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "register_incoming", "bianban1", incoming_number="2026-25")
    office.take(case, "accept", "bianban1", checks_passed=True)
    for unit in case.asked:
        office.take(case, "ask_opinion", "bianban1", unit=unit)
        office.take(case, "record_opinion", "bianban1", unit=unit, result="AGREE")
    office.take(case, "send_to_compliance", "bianban1")
    office.take(case, "pass_compliance", "hegao", opinion="依据充分,程序合规。")
    assert told(case, "lunzheng")["conclusion"] == "经合法合规审查：依据充分，程序合规。"


def test_a_paper_of_the_party_committee_has_its_name_and_its_number(world):
    office = world.office
    case = road.scheduled(office, road.argued(office, road.drafted(office, "a"), "2026-26"))
    road.decided(world, case)
    office.take(case, "prepare_filing", "bianban1")
    road.numbered(office, case, "beian", step="record_external_number", number="海党发〔2026〕7号")
    report = told(case, "beian")
    assert report["organ"] == "中共乌海市海勃湾区委员会" and report["head"]["number"] == "海党发〔2026〕7号"
    assert report["head"]["printed_by"] == "中共乌海市海勃湾区委员会办公室"


def test_a_missing_telephone_is_refused_in_words_and_nothing_happens(world):
    office = world.office
    case = road.scheduled(office, road.argued(office, road.drafted(office, "a"), "2026-27"))
    road.decided(world, case)
    office.take(case, "prepare_filing", "bianban1")
    office.district.telephone = ""
    office.district.save()
    road.signed(office, case, "beian")
    with pytest.raises(Refused) as refusal:
        office.take(case, "allot_number", "bianban1", paper="beian")
    assert refusal.value.codes == {"PAPER_FACTS"} and "缺少“联系电话”" in str(refusal.value)
    assert Proposal.objects.get(pk=case.pk).numbers == {}


def test_a_character_that_no_font_has_is_refused_before_it_is_frozen(world):
    office = world.office
    case = from_unit(office)
    office.take(case, "send_to_office", "bianban1")
    with pytest.raises(Refused, match="不能印刷"):
        office.take(case, "register_incoming", "bianban1", incoming_number="2026-\ue000")


def test_numbers_follow_one_another_and_no_paper_gets_two(world):
    office = world.office
    case = road.scheduled(office, road.argued(office, road.drafted(office, "a"), "2026-28"))
    road.decided(world, case)
    case = road.dispatched(office, road.now(case))
    with pytest.raises(Refused) as refusal:
        office.take(case, "allot_number", "bianban1", paper="beian")
    assert refusal.value.codes == {"NUMBERED"}
    with pytest.raises(Refused) as refusal:
        road.numbered(office, case, "tongzhi", number="海编发〔2026〕1号")
    assert refusal.value.codes == {"NUMBER_TAKEN"}
    office.take(case, "allot_number", "bianban1", paper="tongzhi")
    assert road.now(case).numbers == {"beian": "海编发〔2026〕1号", "tongzhi": "海编发〔2026〕2号"}


def test_an_oral_consultation_makes_no_letter(world):
    office = world.office
    case = road.argued(office, road.drafted(office, "b"), "2026-29")
    office.take(case, "consult_city", "bianban1", letter="电话沟通。", oral=True)
    assert not FrozenPaper.objects.filter(subject_uuid=case.uuid, slug="goutong").exists()


def test_nobody_but_the_chair_is_the_signer(world):
    office = world.office
    case = road.scheduled(office, road.argued(office, road.drafted(office, "a"), "2026-30"))
    road.decided(world, case)
    road.dispatched(office, road.now(case))
    assert told(case, "beian")["signer"] == office.people[CHAIR].name


@pytest.mark.parametrize("ended", ["withdraw", "void"])
def test_a_case_that_ended_early_is_archived_too(world, ended):
    office = world.office
    case = road.drafted(office, "a")
    if ended == "withdraw":
        office.take(case, "send_to_office", "bianban1")
    office.take(case, ended, "bianban1", reason="情况有变,不再办理。")
    office.take(case, "archive", "bianban2")
    drain()
    (package,) = road.now(case).packages
    assert package["kind"] == "ARCHIVE"


def test_a_draft_voided_without_any_material_is_archived_too(world):
    office = world.office
    street = road.body(office, "新华街道")
    case = builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": street.uuid}])
    case.uploads.all().delete()
    office.take(case, "void", "bianban1", reason="重复起草。")
    office.take(case, "archive", "bianban2")
    drain()
    assert [one["kind"] for one in road.now(case).packages] == ["ARCHIVE"]
