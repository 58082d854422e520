"""A meeting held on paper, entered two days later and confirmed by a second person."""

import json
import uuid
from datetime import timedelta

import pytest

from proposals.models import Entry, Meeting, PaperRecord
from proposals.vocabulary import MeetingState, Outcome, State
from tests.committee.chamber import MEMBERS, Chamber, refused, state_of

SCAN = "a" * 64


def build():
    """Two cases and a rule of the committee's own, on the agenda of a meeting that was held without the system."""
    room = Chamber()
    room.cases = [room.scheduled("甲事项"), room.scheduled("乙事项")]
    room.plan(days=0)
    room.items = [room.put(case) for case in room.cases] + [room.put(title="《空编调配管理办法》")]
    room.held_on = room.office.now.date()
    room.office.tick(days=2)
    return room


@pytest.fixture
def sat(room):
    return room


def record(room, *, present=MEMBERS[:7], number="区委编委2026年第3次会议", **facts):
    """Enter the meeting from its paper record, as the clerk."""
    results = [{"item": str(item.uuid), "method": "NO_OBJECTION"} for item in room.items]
    meeting = {
        "seq": 3, "present": [room.member(who) for who in present], "results": results,
        "leave": {room.member(who): "因公外出" for who in MEMBERS[7:]}, **facts,
    }  # fmt: skip
    record = uuid.uuid4()
    act = {"kind": "meeting", "subject": str(room.meeting.uuid), "step": "record_paper_meeting", "facts": meeting}
    room.office.enter(
        "record_on_behalf", "bianban1", record=str(record), title="补录编委会会议", number=number, acts=[act],
        on_behalf_of="区委机构编制委员会", happened_on=room.held_on, evidence=(SCAN,),
    )  # fmt: skip
    return record


def test_a_paper_meeting_counts_seven_in_favour_dated_by_the_meeting_day(sat):
    sat.office.enter("confirm_record", "bianban2", record=str(record(sat)))
    meeting = sat.now
    assert (meeting.state, meeting.on_paper, meeting.held_on) == (MeetingState.CLOSED, True, sat.held_on)
    for item in meeting.items.all():
        assert (item.outcome, item.tally["in_favour"], item.tally["due"]) == (Outcome.APPROVED, 7, 9)
    assert [state_of(case) for case in sat.cases] == [State.APPROVED] * 2
    entry = Entry.objects.get(subject_id=meeting.uuid, step="record_paper_meeting")
    body = json.loads(entry.body)
    assert (entry.happened_on, body["confirmed_by"][:3], body["evidence"]) == (sat.held_on, "经办乙", [SCAN])
    sat.take("draft_minutes")
    assert meeting.newest_minutes.sections["meeting"]["on_paper"] is True
    assert [one["reason"] for one in meeting.newest_minutes.sections["leave"]] == ["因公外出"] * 2


def test_the_same_person_cannot_confirm(sat):
    known = record(sat)
    with refused("SAME_PERSON"):
        sat.office.enter("confirm_record", "bianban1", record=str(known))
    assert sat.now.state == MeetingState.PLANNED


def test_entering_it_twice_makes_one_meeting(sat):
    sat.office.enter("confirm_record", "bianban2", record=str(record(sat)))
    with refused("NUMBER_TAKEN"):
        record(sat)
    with refused("NOT_OPEN"):
        record(sat, number="另一个文号")
    first, items = sat.meeting, sat.items
    sat.plan(days=0)
    sat.items = [sat.put(title="《空编调配管理办法》")]
    with refused("NUMBER_TAKEN", "2026年第3次会议已经登记"):
        record(sat, number="第三个文号")
    assert Meeting.objects.exclude(seq=None).get() == first
    assert len(items) == 3


def test_it_cannot_be_entered_without_the_second_person(sat):
    results = [{"item": str(item.uuid)} for item in sat.items]
    with refused("CONFIRM", "另一人复核"):
        sat.take("record_paper_meeting", seq=3, present=[], results=results)
    assert PaperRecord.objects.count() == 0


def test_counts_that_do_not_fit_the_roll_are_refused_when_they_are_entered(sat):
    results = [{"item": str(item.uuid), "method": "HANDS", "in_favour": 9} for item in sat.items]
    with refused("COUNT", "可以表决的委员7人"):
        record(sat, results=results)
    assert state_of(sat.cases[0]) == State.SCHEDULED


def test_dissent_recusal_and_an_amendment_on_paper_are_kept(sat):
    first, second, third = sat.items
    results = [
        {"item": str(first.uuid), "method": "NO_OBJECTION", "dissent": {sat.member("bianwei4"): "AGAINST"}},
        {"item": str(second.uuid), "method": "HANDS", "in_favour": 4, "against": 2},
        {"item": str(third.uuid), "recused": {sat.member("bianwei5"): "本人分管"}},
    ]
    sat.office.enter("confirm_record", "bianban2", record=str(record(sat, results=results)))
    first, second, third = (sat.fresh(item) for item in sat.items)
    assert (first.tally["in_favour"], first.tally["against"]) == (6, 1)
    assert (second.outcome, state_of(sat.cases[1])) == (Outcome.DEFERRED, State.DEFERRED)
    assert third.tally["in_favour"] == 6 and third.recusals.get().reason == "本人分管"
    assert sat.now.presiding.name == "编委主任"
    assert sat.now.starts_at - sat.office.now < timedelta(0)
