"""What the papers of a whole case say: every figure and name comes from the case, its meeting and its chain."""

import json
import re

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import from_canonical
from docs_templates.models import FrozenPaper
from docs_templates.package import papers
from docs_templates.printing import screen_text
from proposals.models import Meeting
from proposals.procedure import chronicle
from tests.papers.test_catalogue import FORBIDDEN, OFFICIAL
from tests.papers_bound.road import whole_case as build  # noqa: F401

# Codes of rules and units, and what a profile notes for those who keep the rules.
CODES = re.compile("[A-Z]+_[A-Z]+|\\b[A-Z]\\d+(?:-[A-Z])?\\b|示例|推断|动议》|待核实")


def told(subject, slug):
    """Read back the newest facts of a paper."""
    return json.loads(FrozenPaper.objects.filter(subject_uuid=subject.uuid, slug=slug).order_by("version").last().facts)


def line(facts, body):
    return next(one for one in facts["changes"] if one["body"] == body)


def test_the_report_goes_to_the_city_office_in_the_committees_name(world):
    report = told(world.case, "beian")
    assert report["organ"] == "中共乌海市海勃湾区委机构编制委员会"
    assert report["title"] == f"{report['organ']}关于从区直事业单位调剂33名事业编制充实街道有关情况的报告"
    assert report["head"]["number"] == "海编发〔2026〕1号"
    assert report["head"]["recipient"] == "中共乌海市委机构编制委员会办公室"
    assert (report["signer"], report["contact"], report["telephone"]) == ("编委主任", "经办甲", "0473-0000000")


def test_every_giver_and_receiver_is_told_before_and_after(world):
    report = told(world.case, "beian")
    giver, receiver = line(report, "区农牧业技术服务中心"), line(report, "新华街道党群服务中心")
    assert (giver["before"], giver["after"], giver["change"], giver["note"]) == ("30名", "21名", "−9名", "随编划转7人")
    assert (receiver["before"], receiver["after"], receiver["change"]) == ("13名", "19名", "+6名")
    assert sum(int(one["change"].strip("+名")) for one in report["changes"] if one["change"].startswith("+")) == 33


def test_the_founding_paper_rests_on_decision_and_receipt(world):
    notice = told(world.case, "tongzhi")
    assert "2026年第1次会议研究同意" in notice["basis"] and "备案（乌编办备〔2026〕9号）" in notice["basis"]
    assert notice["head"]["recipient"] == "各有关单位"
    assert notice["head"]["copies_to"] == "区财政局，区委组织部，区人力资源和社会保障局"
    assert notice["effective_on"] == world.case.effective_on.isoformat()


def test_the_minutes_tell_who_was_there_and_how_it_was_counted(world):
    minutes = told(Meeting.objects.get(), "jiyao")
    assert minutes["present"][0] == "编委主任" and minutes["missing"] == ["委员五"]
    assert minutes["absent"] == []
    count = minutes["items"][0]["count"]
    assert (count["due"], count["present"], count["votes_for"]) == (9, 8, 8)
    assert count["reason"] == "赞成8票超过应到会委员9人的半数（4.5），同意"
    assert minutes["items"][0]["changes"] == told(world.case, "beian")["changes"]


def test_the_extract_holds_the_cases_item_alone(world):
    extract = told(world.case, "jielu")
    assert extract["title"].endswith("纪要（节录）") and len(extract["items"]) == 1
    assert extract["case_number"] == "2026-17"


def test_the_form_tells_the_road_desk_by_desk(world):
    form = told(world.case, "shenpi")
    assert form["authority"] == "区委编办审核，区委编委审批，市委编办（编委）备案"
    assert [cell["place"] for cell in form["opinions"]] == ["股室意见", "编办意见", "编委意见", "市级意见"]
    assert form["opinions"][-1]["words"] == ""


def test_the_report_of_the_argument_answers_article_16_and_shows_the_bodies(world):
    report = told(world.case, "lunzheng")
    assert [section["title"] for section in report["sections"]][:5] == [
        "坚持和加强党的全面领导",
        "合规性",
        "必要性",
        "合理性与替代方案",
        "风险与应对",
    ]
    assert report["units"][0]["name"] == "区环境卫生服务中心" and report["units"][0]["vacancy"] == "15"
    assert report["findings"][0] == "事业编制（全额拨款）全区合计476，不变。"
    assert [one["result"] for one in report["opinions"]] == ["同意"] * 5


def test_procedures_are_told_in_the_order_in_which_they_happened(world):
    steps = [f"{one['what']}{one['result']}" for one in told(world.case, "beian")["procedures"]]
    assert steps[0] == "区委编办提出动议" and steps[-1].endswith("2026年第1次会议审议同意")


def test_papers_are_written_with_chinese_signs(world):
    for paper in FrozenPaper.objects.filter(subject_uuid=world.case.uuid):
        texts = "".join(part for part in _texts(json.loads(paper.facts)))
        assert not re.search(r"[\u4e00-\u9fff][,;:(]|[,;)][\u4e00-\u9fff]", texts), paper.slug


def test_no_issued_paper_of_the_road_shows_a_mark_of_the_record(world):
    issued = FrozenPaper.objects.filter(
        slug__in=OFFICIAL, subject_uuid__in=[world.case.uuid, Meeting.objects.get().uuid]
    )
    assert {paper.slug for paper in issued} >= {"beian", "tongzhi", "jiyao", "jielu", "lunzheng"}
    for paper in issued:
        facts = from_canonical(BY_SLUG[paper.slug].facts, paper.facts)
        said = "".join(block.text for block in screen_text.blocks(slug=paper.slug, facts=facts))
        assert not FORBIDDEN.search(said), (paper.slug, FORBIDDEN.search(said))
        assert not CODES.search(said), (paper.slug, CODES.search(said))


def test_many_lines_are_one_sentence_and_a_table_that_adds_up(world):
    for slug in ("beian", "tongzhi"):
        paper = told(world.case, slug)
        assert paper["plan"].startswith("从区环境卫生服务中心等4个单位调剂事业编制（全额拨款）33名至")
        assert paper["annexes"][0] == paper["sheet"] == "编制调整前后对照表"
        before = sum(int(one["before"].strip("名")) for one in paper["changes"])
        after = sum(int(one["after"].strip("名")) for one in paper["changes"])
        assert (paper["total"]["before"], paper["total"]["after"]) == (f"{before}名", f"{after}名")


def test_the_printed_record_says_for_which_filing_a_word_was_given(world):
    entries = [json.loads(chronicle.line(entry)) for entry in chronicle.chain(world.case.uuid)]
    sheet = papers.chronicle_sheet(case=world.case, entries=entries, at=world.office.now, sealed="")
    said = [row.what for row in sheet.rows if row.step == "征求意见"]
    assert len(said) == 5 and all(one.endswith("（针对第1次报送）") for one in said)


def test_a_paper_quotes_the_chain_before_its_own_entry(world):
    entries = {entry.hash: entry for entry in chronicle.chain(world.case.uuid)}
    for paper in FrozenPaper.objects.filter(subject_uuid=world.case.uuid):
        frozen_by = entries[paper.chain_head].seq + 1
        assert next(one for one in entries.values() if one.seq == frozen_by).step == paper.frozen_by


def _texts(value):
    if isinstance(value, str):
        yield value + "\n"
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
