"""Scenario 4 in the browser: a meeting held on paper is typed in two days later and counts when another agrees."""

from typing import Any

from proposals.models import AgendaItem, Meeting, PaperRecord, Proposal
from proposals.vocabulary import MeetingState, State
from tests.committee.chamber import CHAIR, MEMBERS
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CLERK, FULL, SECOND, Town, scan, stations
from tests.stories.visitor import Visitor

MOVE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}
CHARTER = {"op": "CHARTER", "body": "演示街道"}
THERE = MEMBERS[:7]
RECORD = "海编委会议记录〔2026〕2号"


def planned(town: Town) -> list[Proposal]:
    """Two cases and a rule of the committee's own stand on the agenda; the meeting was held two days ago."""
    cases = [
        Life.proposed(town, Life.argued(town, town.draft("STAFF_TRANSFER", MOVE))),
        Life.proposed(town, Life.argued(town, town.draft("SANDING_REVISE", CHARTER))),
    ]
    start = f"{town.office.now.date()}T09:00"
    page = town.visitor(CLERK).open("/meetings/new/").press("保存", starts_at=start, place="区委二楼会议室")
    town.meeting = Meeting.objects.get(uuid=page.response.headers["Location"].split("/")[-2])
    for case in cases:
        town.at_meeting("put_item", type="CASE", proposal=case.uuid)
    town.at_meeting("put_item", type="REGULATION", title="区委编委会议事规则（修订）")
    town.pass_days(2)
    return cases


def typed(town: Town, *, status: int = 302, **more: Any) -> Visitor:
    """Type in what the record on paper says: seven of nine were there and nobody objected."""
    page = town.visitor(CLERK).open(f"{town.place}paper/")
    there = {town.member(who) for who in THERE}
    fields = {"number": RECORD, "present": there, "scan": scan("会议记录.pdf", 3), "clean": True, **more}
    return page.press("补录会议", status=status, **fields)


def confirmed(town: Town, who: str) -> Visitor:
    """Open the record that waits and agree to it."""
    return town.visitor(who).open(f"/paper-records/{PaperRecord.objects.get().uuid}/").press("复核确认")


def test_a_meeting_on_paper_decides_by_the_day_it_was_held(town: Town) -> None:
    cases = planned(town)
    held_on = town.office.now.date().replace(day=10)
    typed(town)
    assert {road.now(case).state for case in cases} == {State.SCHEDULED}
    own = town.visitor(CLERK).open(f"/paper-records/{PaperRecord.objects.get().uuid}/")
    assert "复核确认" not in own.offered
    confirmed(town, SECOND)
    assert (town.now.state, town.now.on_paper, town.now.held_on) == (MeetingState.CLOSED, True, held_on)
    for case in cases:
        assert stations(case)[-2:] == [State.IN_DELIBERATION, State.APPROVED]
        assert road.now(case).decided_on == held_on
        assert AgendaItem.objects.get(proposal=case).tally["in_favour"] == 7
    assert town.numbers("甲中心", FULL).held == 3
    assert "补录" in town.visitor(CHAIR).open(town.place).words
    for step in ("draft_minutes", "circulate_minutes"):
        town.at_meeting(step)
    town.at_meeting("sign_minutes", CHAIR)
    assert {road.now(case).state for case in cases} == {State.MINUTES_SIGNED}


def test_the_same_meeting_is_not_entered_twice(town: Town) -> None:
    planned(town)
    typed(town)
    typed(town, status=422).refuses(f"文号{RECORD}已经登记过，同一文件不能重复登记。")
    confirmed(town, SECOND)
    town.visitor(SECOND).open(f"/paper-records/{PaperRecord.objects.get().uuid}/")
    assert "复核确认" not in town.visitor(SECOND).offered
    assert Meeting.objects.count() == 1


def test_a_meeting_without_its_quorum_decides_nothing(town: Town) -> None:
    cases = planned(town)
    typed(town, present={town.member(who) for who in MEMBERS[:4]})
    confirmed(town, SECOND)
    for case in cases:
        assert stations(case)[-2:] == [State.IN_DELIBERATION, State.SCHEDULED]
        assert "法定人数" in AgendaItem.objects.get(proposal=case).tally["sentence"]
    assert town.numbers("甲中心", FULL).held == 0
