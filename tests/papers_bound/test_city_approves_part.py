"""Case B on paper: the city is consulted, returns once, grants a part; the second filing says what changed."""

import json

from docs_templates.models import FrozenPaper, Package
from proposals.models import Entry
from tests.papers_bound import road
from workflows.jobs.worker import drain


def told(case, slug):
    """Read back the newest facts of a paper."""
    return json.loads(FrozenPaper.objects.filter(subject_uuid=case.uuid, slug=slug).order_by("version").last().facts)


def build():
    """Carry case B to the city for the first time."""
    chamber = road.opened()
    office = chamber.office
    case = road.consulted(office, road.argued(office, road.drafted(office, "b"), "2026-18"))
    case = road.scheduled(office, case)
    road.decided(chamber, case, bianwei5="ABSTAIN")
    case = road.sealed(office, road.dispatched(office, road.now(case)))
    drain()
    return road.World(chamber, road.filed(office, case))


def filed_again(office, case):
    """Let the city return the case and file it again with one more material."""
    office.take(case, "city_return", road.CITY, checks=["complete"], reason="缺少财政意见。")
    road.upload(office, case, data=road.sheet(2), purpose="FISCAL", name="区财政局意见.pdf")
    office.take(case, "refile", "bianban1")
    road.numbered(office, case, "qingshi")
    office.take(case, "seal_package", "bianban2")
    drain()
    return road.filed(office, road.now(case))


def test_the_letter_to_the_city_comes_before_the_committee(world):
    case = world.case
    letter = told(case, "goutong")
    assert letter["head"]["number"] == "海编办函〔2026〕1号" and letter["head"]["mark"] == letter["organ"]
    assert letter["head"]["recipient"] == "中共乌海市委机构编制委员会办公室"
    assert letter["annexes"] == ["机构编制事项论证报告"]


def test_the_request_asks_the_citys_committee_and_tells_who_abstained_only_in_the_minutes(world):
    case = world.case
    request, minutes = told(case, "qingshi"), told(case, "jielu")
    assert request["head"]["recipient"] == "中共乌海市委机构编制委员会"
    assert request["head"]["copies_to"] == "中共乌海市委机构编制委员会办公室"
    assert minutes["items"][0]["discussion"][0] == "表决时委员二表示弃权。"
    assert (minutes["items"][0]["count"]["votes_for"], minutes["items"][0]["count"]["abstentions"]) == (7, 1)
    assert request["changed_since_last_round"] == []


def test_the_second_filing_has_a_number_of_its_own_and_says_what_changed(world):
    case = filed_again(world.office, world.case)
    request = told(case, "qingshi")
    assert request["head"]["number"] == "海编发〔2026〕2号" and request["round"] == 2
    assert request["changed_since_last_round"] == ["补充材料：财政意见（区财政局意见.pdf）。"]
    assert request["procedures"][-1]["result"] == "退回（缺少财政意见）"
    first = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug="qingshi").order_by("version").first()
    title = json.loads(first.facts)["title"]
    on = [f"{one.happened_on.year}年{one.happened_on.month}月{one.happened_on.day}日" for one in
          (Entry.objects.filter(subject_id=case.uuid, step=step).first()
           for step in ("file_upward", "city_return"))]  # fmt: skip
    assert request["earlier"] == f"前次于{on[0]}以《{title}》（海编发〔2026〕1号）上报，市委编办于{on[1]}退回。"
    assert json.loads(first.facts)["earlier"] == ""
    assert told(case, "shenpi")["round"] == 2
    assert Package.objects.filter(subject_uuid=case.uuid, kind="FILING").count() == 2


def test_what_the_city_cut_is_told_as_two_to_one_on_the_districts_paper(world):
    office, case = world.office, world.case
    last = case.lines.order_by("position").last()
    office.take(case, "city_approve", road.CITY, number="乌编办发〔2026〕12号", granted={str(last.uuid): 1})
    case = road.issued(office, case)
    notice = told(case, "tongzhi")
    rows = {row["body"]: row for row in notice["changes"]}
    cut, whole = rows["滨河西街道"], rows["滨河街道"]
    assert (cut["requested"], cut["decided"], cut["granted"], cut["after"]) == ("2", "2", "1", "7名")
    assert (whole["granted"], whole["after"]) == ("2", "8名")
    assert "批复（乌编办发〔2026〕12号）" in notice["basis"]


def test_a_reply_on_paper_to_one_case_is_marked_on_every_later_paper(world):
    office, case = world.office, world.case
    scan = road.upload(office, case, data=road.sheet(), purpose="CITY_REPLY", name="乌编办发〔2026〕13号.pdf")
    acts = [
        {"kind": "case", "subject": str(case.uuid), "step": "city_approve", "facts": {"number": "乌编办发〔2026〕13号"}}
    ]
    record = "6f1d2d1e-3c0e-4a56-9a39-000000000013"
    said = {"title": "市级批复", "number": "乌编办发〔2026〕13号", "record": record, "acts": acts}
    office.enter("record_on_behalf", "bianban1", on_behalf_of="市委编办", evidence=(scan.sha256,), **said)
    office.enter("confirm_record", "bianban2", record=record)
    case = road.issued(office, road.now(case))
    (remark,) = told(case, "tongzhi")["remarks"]
    assert remark["kind"] == "补录"
    assert "由经办甲代市委编办" in remark["text"] and "经办乙" in remark["text"] and scan.sha256[:12] in remark["text"]
    assert Entry.objects.get(subject_id=case.uuid, step="city_approve").actor.name == "经办甲"
