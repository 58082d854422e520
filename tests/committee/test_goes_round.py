"""A circulation under way: answered by all, called off by one, reminded of, and closed to what only a sitting knows."""

from datetime import date, timedelta

import pytest

from proposals.committee import waiting
from proposals.models import SubjectKind
from proposals.read_together import read_together
from proposals.vocabulary import MeetingState, Outcome, State
from tests.committee.chamber import MEMBERS, Chamber, refused, state_of
from tests.committee.test_circulation import started
from workflows import subjects


def waits(person: int, *, day: date, calling: str = "") -> list[waiting.Seat]:
    """Return what waits for a member, or for whoever calls meetings on a path."""
    paths = [calling] if calling else []
    asks = waiting.asks(person_id=person, sits=not calling, calling=paths, signing=[], on=day)
    return list(waiting.read(zip(asks, read_together(*asks), strict=True)))


def build() -> Chamber:
    """Let two cases go round."""
    return started()


def test_when_everybody_has_answered_each_item_is_decided_by_its_count(room):
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


def test_any_member_may_ask_for_a_meeting_and_the_matter_goes_back_to_the_pool(room):
    room.cast(room.items[0], MEMBERS[3])
    room.take("demand_meeting", MEMBERS[5], reason="事关多个街道,需要当面讨论")
    assert room.now.state == MeetingState.CANCELLED
    assert [state_of(case) for case in room.cases] == [State.SCHEDULED] * 2
    room.plan()
    assert room.put(room.cases[0]).proposal_id == room.cases[0].pk


def test_a_reminder_and_a_closed_window_stand_in_the_worklists(room):
    member = room.office.people[MEMBERS[3]].pk
    path = room.office.district.path
    assert [seat.task for seat in waits(member, day=room.until)] == ["书面传签，请您于2026年3月13日前签署意见"]
    room.take("remind_members")
    assert "（已催办）" in waits(member, day=room.until)[0].task
    assert waits(member, day=room.until, calling=path) == []
    late = waits(member, day=room.until + timedelta(days=1), calling=path)
    assert [seat.meeting for seat in late] == [room.meeting.uuid]
    room.cast(room.items[0], MEMBERS[3])
    room.cast(room.items[1], MEMBERS[3])
    assert waits(member, day=room.until) == []


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
def test_what_only_a_sitting_knows_is_refused_in_a_circulation_with_the_way_on(room, step, facts):
    if "item" in {ask.name for ask in subjects.asks_of(kind=SubjectKind.MEETING, step=step)}:
        facts = {"item": str(room.items[0].uuid), **facts}
    named = {name: room.member(value) if value in MEMBERS else value for name, value in facts.items()}
    with refused("OTHER_FORM", "这是一次书面传签"):
        room.take(step, MEMBERS[0] if step in ("allow_ad_hoc", "delegate_chair") else "bianban1", **named)
    assert room.now.items.count() == 2
    assert {item.status for item in room.now.items.all()} == {"BALLOT"}
