"""A meeting that was held on paper: its minutes, the extract and the report to the city say so, once each."""

import json
import uuid

from docs_templates.models import FrozenPaper
from proposals.models import Meeting
from tests.committee.chamber import MEMBERS
from tests.papers_bound import road
from workflows.audit.reading import chains

EVIDENCE = "a" * 64
PRINCIPAL = "区委机构编制委员会"


def build():
    """Hold a meeting on paper, enter it two days later, confirm it by a second person, sign the minutes."""
    chamber = road.opened()
    office = chamber.office
    case = road.scheduled(office, road.argued(office, road.drafted(office, "a"), "2026-31"))
    chamber.plan(days=0)
    item = chamber.put(case)
    regulation = chamber.put(title="《空编调配管理办法》")
    held_on = office.now.date()
    office.tick(days=2)
    results = [{"item": str(one.uuid), "method": "NO_OBJECTION"} for one in (item, regulation)]
    present = [chamber.member(who) for who in MEMBERS[:7]]
    leave = {chamber.member(who): "因公外出" for who in MEMBERS[7:]}
    facts = {"seq": 3, "present": present, "results": results, "leave": leave}
    act = {"kind": "meeting", "subject": str(chamber.meeting.uuid), "step": "record_paper_meeting", "facts": facts}
    record = str(uuid.uuid4())
    office.enter(
        "record_on_behalf", "bianban1", record=record, title="补录编委会会议", number="区委编委2026年第3次会议", acts=[act],
        on_behalf_of=PRINCIPAL, happened_on=held_on, evidence=(EVIDENCE,),
    )  # fmt: skip
    office.enter("confirm_record", "bianban2", record=record)
    for step in ("draft_minutes", "circulate_minutes"):
        chamber.take(step)
    chamber.take("sign_minutes", "bianwei1")
    return road.World(chamber, road.dispatched(office, road.now(case)))


def told(subject, slug):
    """Read back the newest facts of a paper."""
    return json.loads(FrozenPaper.objects.filter(subject_uuid=subject.uuid, slug=slug).last().facts)


def marks(facts):
    return [one["text"] for one in facts["remarks"] if one["kind"] == "补录"]


def test_the_minutes_say_who_entered_the_meeting_and_who_checked_it(world):
    minutes = told(Meeting.objects.get(), "jiyao")
    (mark,) = marks(minutes)
    assert mark.startswith("“补录会议”于2026年3月10日在纸面办理，由经办甲代区委机构编制委员会于2026年3月12日录入")
    assert "经办乙" in mark and EVIDENCE[:12] in mark
    assert minutes["held_on"] == "2026-03-10" and len(minutes["present"]) == 7 and len(minutes["items"]) == 2


def test_steps_entered_together_are_told_in_one_remark(world):
    (mark,) = marks(told(world.case, "beian"))
    assert mark.startswith("“开始审议、审议同意”于2026年3月10日在纸面办理")


def test_the_report_marks_the_decision_as_entered_later(world):
    decided = [one for one in told(world.case, "beian")["procedures"] if one["recorded_later"]]
    assert [(one["on"], one["result"]) for one in decided] == [("2026-03-10", "同意")]


def test_the_form_shows_the_committees_cell_as_entered_later(world):
    world.office.take(world.case, "seal_package", "bianban2")
    cell = next(one for one in told(world.case, "shenpi")["opinions"] if one["place"] == "编委意见")
    assert cell["recorded_later"] and "赞成7票" in cell["words"]


def test_the_extract_leaves_out_the_other_matter(world):
    extract = told(world.case, "jielu")
    assert [one["title"] for one in extract["items"]] == ["关于从区直事业单位调剂33名事业编制充实街道的方案"]
    assert len(marks(extract)) == 2


def test_ballots_of_a_paper_meeting_hold_in_the_audit(world):
    assert list(chains.findings()) == []
