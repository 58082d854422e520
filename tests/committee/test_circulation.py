"""书面传签: only where the rule allows it, every member answers, any member may ask for a meeting, else it falls back."""

from datetime import timedelta

import pytest

from proposals.states import MeetingState, Outcome, State
from tests.committee.chamber import MEMBERS, Chamber, refused, state_of

pytestmark = pytest.mark.django_db


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
    with refused("NOT_FOR_CIRCULATION") as refusal:
        room.take("start_circulation", seq=1, window_until=late.isoformat())
    assert "WINDOW" in refusal.value.codes
    with refused("OTHER_FORM"):
        room.call()


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
