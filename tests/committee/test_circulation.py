"""书面传签: only where the rule allows it, every member answers, any member may ask for a meeting, else it falls back."""

from datetime import timedelta

import pytest

from proposals.committee import waiting
from proposals.committee.lifecycle import CIRCULATION_ONLY, MEETING_STEPS, SITTING_ONLY
from proposals.committee.steps.preconditions.table import MEETING_PRECONDITIONS, fits_the_form
from proposals.models import SubjectKind
from proposals.vocabulary import MeetingState, Outcome, State
from tests.committee.chamber import MEMBERS, Chamber, refused, state_of
from workflows import subjects
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
AFTERWARDS = {MeetingState.CLOSED, MeetingState.MINUTES_DRAFT, MeetingState.CIRCULATED, MeetingState.SIGNED}


def started(*, titles=("甲事项", "乙事项"), **rule):
    room = Chamber(**{"circulation": True, **rule})
    room.cases = [room.scheduled(title) for title in titles]
    room.plan(form="CIRCULATION")
    room.items = [room.put(case) for case in room.cases]
    room.until = room.office.now.date() + timedelta(days=3)
    room.take("start_circulation", seq=1, window_until=room.until.isoformat())
    return room


def test_where_the_rule_does_not_allow_it_nothing_goes_round():
    with refused("NO_CIRCULATION", "不允许书面传签"):
        started(circulation=False)


def test_a_major_matter_or_too_long_a_window_is_refused():
    room = Chamber(circulation=True)
    room.plan(form="CIRCULATION")
    room.put(room.scheduled(), major=True)
    late = room.office.now.date() + timedelta(days=30)
    with refused("NOT_FOR_CIRCULATION", "属重大事项或不需表决，不能传签。") as refusal:
        room.take("start_circulation", seq=1, window_until=late.isoformat())
    assert "WINDOW" in refusal.value.codes
    with refused("OTHER_FORM", "这是一次书面传签，没有「发会议通知」这一环节。"):
        room.call()


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (7, True), (8, False)])
def test_the_window_ends_between_today_and_the_working_days_of_the_rule(days: int, fits: bool):
    room = Chamber(circulation=True)
    room.plan(form="CIRCULATION")
    room.put(room.scheduled())
    until = (room.office.now.date() + timedelta(days=days)).isoformat()
    if fits:
        room.take("start_circulation", seq=1, window_until=until)
        return
    with refused("WINDOW", "传签截止日期应在2026-03-10至2026-03-17之间（5个工作日内）。"):
        room.take("start_circulation", seq=1, window_until=until)


def test_when_everybody_has_answered_each_item_is_decided_by_its_count():
    room = started()
    assert [state_of(case) for case in room.cases] == [State.IN_CIRCULATION] * 2
    room.vote(room.items[0], {who: "FOR" for who in MEMBERS})
    room.vote(room.items[1], {who: "AGAINST" for who in MEMBERS[:6]})
    with refused("UNANSWERED", "委员四、委员五、编办主任未签署意见"):
        room.take("finish_circulation")
    room.vote(room.items[1], {who: "ABSTAIN" for who in MEMBERS[6:]})
    room.take("finish_circulation")
    assert [room.fresh(item).outcome for item in room.items] == [Outcome.APPROVED, Outcome.REJECTED]
    assert [state_of(case) for case in room.cases] == [State.APPROVED, State.REJECTED]
    room.take("draft_minutes")
    assert room.now.newest_minutes.sections["wording"]["opening"].startswith("经书面传签")
    room.take("circulate_minutes")
    room.take("sign_minutes", MEMBERS[0])
    assert state_of(room.cases[0]) == State.MINUTES_SIGNED


def test_any_member_may_ask_for_a_meeting_and_the_matter_goes_back_to_the_pool():
    room = started()
    room.cast(room.items[0], MEMBERS[3])
    room.take("demand_meeting", MEMBERS[5], reason="事关多个街道,需要当面讨论")
    assert room.now.state == MeetingState.CANCELLED
    assert [state_of(case) for case in room.cases] == [State.SCHEDULED] * 2
    room.plan()
    assert room.put(room.cases[0]).proposal_id == room.cases[0].pk


def test_what_is_not_completed_in_its_window_falls_back_to_the_next_meeting():
    room = started(titles=("甲事项",))
    room.vote(room.items[0], {who: "FOR" for who in MEMBERS[:8]})
    with refused("WINDOW_OPEN"):
        room.take("lapse_circulation", reason="未完成")
    room.office.tick(days=4)
    room.take("lapse_circulation", reason="期限内未签署完毕")
    assert state_of(room.cases[0]) == State.SCHEDULED
    assert room.fresh(room.items[0]).outcome == Outcome.PUT_OVER
    with refused("NOT_OPEN"):
        room.cast(room.items[0], MEMBERS[8])


def decided_by_circulation(**rule):
    room = started(titles=("甲事项",), **rule)
    room.vote(room.items[0], {who: "FOR" for who in MEMBERS})
    room.take("finish_circulation")
    return room


def test_a_decision_by_circulation_waits_for_the_next_sitting_to_ratify_it():
    room = decided_by_circulation()
    circulated = room.items[0]
    assert room.fresh(circulated).ratification == "待追认"
    room.plan()
    room.put(title="乙办法")
    with refused("TO_RATIFY", "《甲事项》尚待追认"):
        room.call()
    room.take("put_ratifications")
    ratifying = room.now.items.get(type="RATIFY")
    assert (ratifying.ratifies, ratifying.position) == (circulated, 2)
    with refused("NOTHING_TO_RATIFY"):
        room.take("put_ratifications")
    room.call()
    with refused("TO_RATIFY", "不能撤下"):
        room.take("remove_item", item=str(ratifying.uuid))
    room.open()
    room.decide(ratifying)
    assert room.fresh(ratifying).outcome == Outcome.APPROVED
    assert room.fresh(circulated).ratification == "已追认"
    assert list(chains.findings()) == []


def test_what_is_not_ratified_is_marked_and_what_is_put_over_is_asked_again():
    room = decided_by_circulation()
    for answer, mark in (("PUT_OVER", "待追认"), ("REJECTED", "未获追认")):
        room.plan()
        room.take("put_ratifications")
        room.call()
        room.open()
        ratifying = room.now.items.get(type="RATIFY")
        room.open_item(ratifying)
        if answer == "PUT_OVER":
            room.take("put_item_over", item=str(ratifying.uuid), reason="材料不全")
        else:
            room.take("record_counts", item=str(ratifying.uuid), method="HANDS", in_favour=1, against=8)
            room.take("conclude_item", item=str(ratifying.uuid))
        room.take("close_meeting")
        assert room.fresh(room.items[0]).ratification == mark
    room.plan()
    with refused("NOTHING_TO_RATIFY"):
        room.take("put_ratifications")


def test_a_rule_without_ratification_marks_nothing():
    room = decided_by_circulation(circulation_ratified=False)
    assert room.fresh(room.items[0]).ratification == ""
    room.plan()
    room.put(title="乙办法")
    room.call()


def test_an_item_to_ratify_cannot_be_typed_in():
    room = Chamber()
    room.plan()
    with refused("FACT_UNREADABLE", "议题类型"):
        room.put(type="RATIFY", title="追认别的事项")


def test_a_reminder_and_a_closed_window_stand_in_the_worklists():
    room = started()
    member = room.office.people[MEMBERS[3]].pk
    path = room.office.district.path
    assert [seat.task for seat in waiting.waiting(person_id=member)] == ["书面传签，请您于2026年3月13日前签署意见"]
    room.take("remind_members")
    assert "（已催办）" in waiting.waiting(person_id=member)[0].task
    assert waiting.lapsed(paths=[path], on=room.until) == []
    late = waiting.lapsed(paths=[path], on=room.until + timedelta(days=1))
    assert [seat.meeting for seat in late] == [room.meeting.uuid]
    room.cast(room.items[0], MEMBERS[3])
    room.cast(room.items[1], MEMBERS[3])
    assert waiting.waiting(person_id=member) == []


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("mark_silent", {"member": MEMBERS[3]}),
        ("close_ballot", {}),
        ("put_item_over", {"reason": "材料不全"}),
        ("allow_ad_hoc", {"type": "REGULATION", "title": "丙办法", "reason": "紧急"}),
        ("ask_leave", {"reason": "出差"}),
        ("delegate_chair", {"person": MEMBERS[1], "reason": "外出"}),
        ("invite_attendee", {"name": "张某", "unit": "甲局局长"}),
        ("note_item", {"note": "听取"}),
    ],
)
def test_what_only_a_sitting_knows_is_refused_in_a_circulation_with_the_way_on(step, facts):
    room = started()
    if "item" in {ask.name for ask in subjects.asks_of(kind=SubjectKind.MEETING, step=step)}:
        facts = {"item": str(room.items[0].uuid), **facts}
    named = {name: room.member(value) if value in MEMBERS else value for name, value in facts.items()}
    with refused("OTHER_FORM", "这是一次书面传签"):
        room.take(step, MEMBERS[0] if step in ("allow_ad_hoc", "delegate_chair") else "bianban1", **named)
    assert room.now.items.count() == 2
    assert {item.status for item in room.now.items.all()} == {"BALLOT"}


def test_every_step_of_a_meeting_says_in_which_form_it_is_taken():
    steps = {row.step for row in MEETING_STEPS}
    assert steps > SITTING_ONLY | CIRCULATION_ONLY
    assert not SITTING_ONLY & CIRCULATION_ONLY
    both = steps - SITTING_ONLY - CIRCULATION_ONLY
    minutes = {row.step for row in MEETING_STEPS if set(row.sources) <= AFTERWARDS}
    agenda = {"put_item", "remove_item", "move_item_up", "move_item_down", "place_item", "cancel_meeting"}
    assert both == minutes | agenda | {"write_opinion", "cast_ballot", "declare_recusal"}
    assert {step for step, guards in MEETING_PRECONDITIONS.items() if fits_the_form in guards} == steps
