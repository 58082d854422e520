"""What the committee says: put off and agreed to later, refused, sent back, changed, put over, by circulation."""

import json

import pytest

from docs_templates.facts.downward import Refusal
from docs_templates.facts.frozen import from_canonical
from docs_templates.models import FrozenPaper
from docs_templates.printing.templates import fill
from proposals.models import AgendaItem, Meeting, MeetingRule, Proposal
from proposals.vocabulary import MeetingState, State
from tests.committee.chamber import CHAIR
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CLERK, DIRECTOR, FULL, SECOND, Town, stations
from workflows.jobs.worker import drain

MOVE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}
AGAINST = {
    "bianwei3": "AGAINST",
    "bianwei4": "AGAINST",
    "bianwei5": "AGAINST",
    "bianwei6": "AGAINST",
    "bianwei7": "AGAINST",
}


def scheduled(town: Town, title: str = "关于调剂事业编制的动议") -> Proposal:
    """A transfer of three posts that the chair has agreed to put before the committee."""
    return Life.proposed(town, Life.argued(town, town.draft("STAFF_TRANSFER", MOVE, title=title)))


def begin(town: Town) -> Proposal:
    return scheduled(town)


def vacant(town: Town) -> tuple[int, int]:
    standing = town.numbers("甲中心", FULL)
    return standing.vacant, standing.held


def test_a_matter_is_put_off_by_vote_and_agreed_to_at_the_next_meeting(town: Town, case: Proposal) -> None:
    (item,) = town.called_for(case)
    town.balloted(item, {"bianwei8": "ABSTAIN"}, motion="DEFER")
    assert vacant(town) == (5, 0)
    town.minuted()
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/?tab=meetings")
    assert "暂缓" in page.words
    town.step(case, "propose_item", DIRECTOR, opinion="条件已经成熟。")
    town.step(case, "approve_item", CHAIR)
    town.decided(case)
    assert vacant(town) == (2, 3)
    assert stations(case)[4:] == [
        State.AGENDA_APPROVAL, State.SCHEDULED, State.IN_DELIBERATION, State.DEFERRED, State.AGENDA_APPROVAL,
        State.SCHEDULED, State.IN_DELIBERATION, State.APPROVED, State.MINUTES_DRAFT, State.MINUTES_SIGNED,
    ]  # fmt: skip


def test_a_refused_matter_is_answered_by_letter_and_archived(town: Town, case: Proposal) -> None:
    (item,) = town.called_for(case)
    town.balloted(item, AGAINST)
    tally = AgendaItem.objects.get(pk=item.pk).tally
    assert (tally["in_favour"], tally["against"]) == (4, 5)
    town.minuted()
    town.step(case, "prepare_downward")
    town.closed_to(case, "issue_downward", DIRECTOR).refuses("本事项未获同意，请办理「复函告知」。")
    town.signed(case, "fuhan", advice="可在现有编制内统筹解决。")
    town.step(case, "issue_refusal", DIRECTOR)
    town.step(case, "archive", SECOND)
    assert stations(case)[-5:] == [
        State.IN_DELIBERATION, State.REJECTED, State.DISPATCHING_DOWN, State.CLOSED, State.ARCHIVED,
    ]  # fmt: skip
    letter = FrozenPaper.objects.get(subject_uuid=case.uuid, slug="fuhan")
    assert road.now(case).numbers["fuhan"] in letter.facts and "反对5票" in letter.facts
    assert vacant(town) == (5, 0)


def test_the_office_refuses_what_needs_no_committee(town: Town) -> None:
    case = Life.argued(town, town.draft("STAFF_TRANSFER", MOVE))
    town.step(case, "refuse_by_office", DIRECTOR, reason="不符合调剂条件。")
    town.step(case, "prepare_downward")
    town.signed(case, "fuhan")
    town.step(case, "issue_refusal", DIRECTOR)
    drain()
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/?tab=papers")
    assert "复函" in page.words
    # Nobody asked for it in writing: the letter names the matter, not a request of the unit.
    letter = from_canonical(Refusal, FrozenPaper.objects.get(subject_uuid=case.uuid, slug="fuhan").facts)
    assert (letter.answered, "收悉" in fill(template="fuhan.html", facts=letter)) == ("", False)
    assert f"关于{letter.matter}事项，经" in fill(template="fuhan.html", facts=letter)
    assert stations(case)[-3:] == [State.REJECTED, State.DISPATCHING_DOWN, State.CLOSED]


def test_the_committee_sends_a_matter_back_and_has_it_again_as_a_new_round(town: Town, case: Proposal) -> None:
    (item,) = town.called_for(case)
    town.agreed(item, motion="RETURN")
    assert stations(case)[-2:] == [State.IN_DELIBERATION, State.ARGUING]
    town.minuted()
    town.lined(case, {**MOVE, "requested": 2})
    town.step(case, "finish_argument", conclusion="已按会议要求减少。")
    Life.proposed(town, case)
    Life.decided(town, case)
    assert vacant(town) == (3, 2)


def test_the_committee_agrees_to_less_and_the_papers_say_so(town: Town, case: Proposal) -> None:
    (item,) = town.called_for(case)
    line = case.lines.get()
    town.at_meeting("open_item", item=item)
    town.at_meeting("amend_item", item=item, amendment="调剂2名。", **{f"values-{line.uuid}": 2})
    town.at_meeting("open_ballot", item=item, motion="AS_AMENDED")
    town.voted(item, {})
    town.at_meeting("close_ballot", item=item)
    town.at_meeting("conclude_item", item=item)
    town.minuted()
    line.refresh_from_db()
    assert (line.requested, line.decided, vacant(town)) == (3, 2, (3, 2))
    town.step(case, "prepare_filing")
    town.numbered(case, "beian")
    facts = json.loads(FrozenPaper.objects.get(subject_uuid=case.uuid, slug="beian").facts)
    assert "2" in json.dumps(facts["changes"], ensure_ascii=False)
    assert State.APPROVED_AMENDED in stations(case) and road.now(case).round == 2


def test_an_item_is_put_over_and_comes_to_the_next_meeting(town: Town, case: Proposal) -> None:
    (item,) = town.called_for(case)
    town.at_meeting("open_item", item=item)
    town.at_meeting("put_item_over", item=item, reason="汇报人因故未到。")
    town.minuted()
    Life.decided(town, case)
    assert stations(case)[5:9] == [State.SCHEDULED, State.IN_DELIBERATION, State.SCHEDULED, State.IN_DELIBERATION]


def circulated(town: Town, case: Proposal) -> AgendaItem:
    """Let the rule allow circulation, and start one."""
    row = MeetingRule.objects.get(territory=town.office.district)
    town.office.change(
        "change_meeting_rule", row=str(row.uuid), since=town.office.now.date().isoformat(), citation=row.citation,
        value={**row.value, "circulation": True},
    )  # fmt: skip
    start = f"{town.office.now.date()}T09:00"
    page = town.visitor(CLERK).open("/meetings/new/").press("保存", form="CIRCULATION", starts_at=start)
    town.meeting = Meeting.objects.get(uuid=page.response.headers["Location"].split("/")[-2])
    town.at_meeting("put_item", type="CASE", proposal=case.uuid)
    town.at_meeting("start_circulation", window_until="2026-03-13")
    return town.meeting.items.get()


def test_a_matter_is_decided_by_circulation_where_the_rule_allows_it(town: Town, case: Proposal) -> None:
    town.voted(circulated(town, case), {})
    town.at_meeting("finish_circulation")
    for step in ("draft_minutes", "circulate_minutes"):
        town.at_meeting(step)
    town.at_meeting("sign_minutes", CHAIR)
    assert stations(case)[5:] == [
        State.SCHEDULED, State.IN_CIRCULATION, State.APPROVED, State.MINUTES_DRAFT, State.MINUTES_SIGNED,
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["a member", "time"])
def test_a_circulation_that_is_not_completed_falls_back_to_a_meeting(town: Town, case: Proposal, by: str) -> None:
    circulated(town, case)
    town.visitor("bianwei4").open(f"{town.place}ballot/").follow("赞成").press("确认赞成")
    if by == "a member":
        town.at_meeting("demand_meeting", "bianwei5", reason="需要当面研究。")
    else:
        page = (
            town.visitor(CLERK)
            .open(f"{town.place}steps/lapse_circulation/")
            .press("转会议审议", status=422, reason="逾期")
        )
        page.refuses("传签期限为2026-03-13，期限未到，请催办或等候。")
        town.pass_days(5)
        town.at_meeting("lapse_circulation", reason="逾期未收齐意见。")
    assert town.now.state == MeetingState.CANCELLED
    assert stations(case)[-2:] == [State.IN_CIRCULATION, State.SCHEDULED]
    Life.decided(town, case)


def test_circulation_is_refused_where_the_rule_does_not_allow_it(town: Town, case: Proposal) -> None:
    start = f"{town.office.now.date()}T09:00"
    page = town.visitor(CLERK).open("/meetings/new/").press("保存", form="CIRCULATION", starts_at=start)
    town.meeting = Meeting.objects.get(uuid=page.response.headers["Location"].split("/")[-2])
    town.at_meeting("put_item", type="CASE", proposal=case.uuid)
    page = town.visitor(CLERK).open(f"{town.place}steps/start_circulation/")
    page.press("发起传签", status=422, window_until="2026-03-13")
    page.refuses("现行议事规则不允许书面传签，请列入会议审议。")


def test_a_matter_withdrawn_from_a_fixed_agenda_does_not_hold_up_the_meeting(town: Town) -> None:
    gone, stays = scheduled(town, "撤回的事项"), scheduled(town, "审议的事项")
    first, second = town.called_for(gone, stays)
    town.step(gone, "withdraw", reason="方案需要重新研究。")
    page = town.visitor(CLERK).open(f"{town.place}steps/open_item/?item={first.uuid}").press("开始审议", status=422)
    page.refuses("的事项已撤回，本次会议不再审议")
    town.agreed(second)
    town.minuted()
    assert road.now(stays).state == State.MINUTES_SIGNED
    assert "撤回的事项" in town.visitor(CLERK).open(f"{town.place}minutes/").words
