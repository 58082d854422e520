"""书面传签: only where the rule allows it, every member answers, any member may ask for a meeting, else it falls back."""

from datetime import timedelta

import pytest

from proposals.committee.lifecycle import CIRCULATION_ONLY, MEETING_STEPS, SITTING_ONLY
from proposals.committee.steps.preconditions.table import MEETING_PRECONDITIONS, fits_the_form
from proposals.vocabulary import MeetingState, Outcome, State
from tests.committee.chamber import MEMBERS, Chamber, refused, state_of
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


def test_every_step_of_a_meeting_says_in_which_form_it_is_taken():
    steps = {row.step for row in MEETING_STEPS}
    assert steps > SITTING_ONLY | CIRCULATION_ONLY
    assert not SITTING_ONLY & CIRCULATION_ONLY
    both = steps - SITTING_ONLY - CIRCULATION_ONLY
    minutes = {row.step for row in MEETING_STEPS if set(row.sources) <= AFTERWARDS}
    agenda = {"put_item", "remove_item", "move_item_up", "move_item_down", "place_item", "cancel_meeting"}
    assert both == minutes | agenda | {"write_opinion", "cast_ballot", "declare_recusal"}
    assert {step for step, guards in MEETING_PRECONDITIONS.items() if fits_the_form in guards} == steps
