"""A meeting from notice to signed minutes: who is there, who may vote, what is decided, what the cases do."""

import json

import pytest

from proposals.models import Appointment, Ballot, Entry
from proposals.vocabulary import MeetingState, Outcome, State
from tests.committee.chamber import CHAIR, MEMBERS, VICE, Chamber, refused, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return Chamber()


def test_a_case_goes_through_a_meeting_and_quotes_its_entries(room):
    case = room.scheduled()
    room.plan()
    item = room.put(case)
    room.call()
    room.open(MEMBERS[:8])
    room.open_item(item)
    assert state_of(case) == State.IN_DELIBERATION
    room.take("open_ballot", item=str(item.uuid))
    room.vote(item, {who: "FOR" for who in MEMBERS[1:7]} | {MEMBERS[7]: "ABSTAIN", CHAIR: "FOR"})
    room.take("close_ballot", item=str(item.uuid))
    room.take("conclude_item", item=str(item.uuid))
    item = room.fresh(item)
    assert (item.outcome, item.tally["in_favour"], item.tally["abstained"]) == (Outcome.APPROVED, 7, 1)
    assert item.tally["sentence"].endswith("赞成7票超过应到会委员9人的半数（4.5），同意")
    assert state_of(case) == State.APPROVED
    room.sign()
    assert (room.now.state, state_of(case)) == (MeetingState.SIGNED, State.MINUTES_SIGNED)
    assert room.now.title.endswith("2026年第1次会议")
    concluded = Entry.objects.get(subject_id=room.meeting.uuid, step="conclude_item")
    resolved = Entry.objects.get(subject_id=case.uuid, step="resolve_approved")
    assert json.loads(resolved.body)["frozen"]["quotes"]["hash"] == concluded.hash


def test_the_roll_is_frozen_when_the_meeting_is_called(room):
    room.plan()
    room.put(title="《空编调配管理办法》")
    room.call()
    seat = room.term.members.get(person__username="bianwei4")
    seat.until = room.office.now.date()
    seat.save()
    room.office.people["bianwei5"].post = "已调任"
    room.office.people["bianwei5"].save()
    assert room.now.roll.count() == 9
    assert room.now.roll.get(member=room.member("bianwei5")).post == "区纪委书记、区监委主任"


def test_the_agenda_is_ordered_by_buttons_and_frozen_by_the_chair(room):
    room.plan()
    first, second = room.put(title="甲办法"), room.put(title="乙办法")
    room.take("move_item_up", item=str(second.uuid))
    assert [item.title for item in room.now.items.all()] == ["乙办法", "甲办法"]
    with refused("AT_THE_END"):
        room.take("move_item_up", item=str(second.uuid))
    room.call()
    with refused("NOT_YOURS"):
        room.take("freeze_agenda", "bianban1")
    room.take("freeze_agenda", CHAIR)
    with refused("NOT_OPEN"):
        room.take("move_item_down", item=str(first.uuid))
    room.take("allow_ad_hoc", CHAIR, type="REGULATION", title="急件", reason="防汛工作需要,须当日议定")
    assert room.now.items.last().ad_hoc.startswith("防汛")


def test_an_item_is_dragged_to_any_place_of_the_agenda_in_one_step(room):
    room.plan()
    items = {title: room.put(title=title) for title in "甲乙丙丁"}
    before = room.now.head_seq

    def order():
        return "".join(item.title for item in room.now.items.order_by("position"))

    room.take("place_item", item=str(items["丁"].uuid), position=1)
    assert (order(), room.now.head_seq) == ("丁甲乙丙", before + 1)
    room.take("place_item", item=str(items["甲"].uuid), position=4)
    assert order() == "丁乙丙甲"
    room.take("place_item", item=str(items["乙"].uuid), position=2)
    assert order() == "丁乙丙甲"
    assert [item.position for item in room.now.items.order_by("position")] == [1, 2, 3, 4]
    with refused("NO_SUCH_PLACE", "1至4"):
        room.take("place_item", item=str(items["甲"].uuid), position=5)
    room.call()
    room.take("freeze_agenda", CHAIR)
    with refused("NOT_OPEN"):
        room.take("place_item", item=str(items["甲"].uuid), position=1)


def test_a_member_is_substituted_only_where_the_rule_says_so():
    room = Chamber()
    room.plan()
    room.put(title="甲办法")
    room.call()
    other = room.office.people["bianban2"]
    named = {"member": room.member("bianwei4"), "person": str(other.uuid), "reason": "委员出差，书面委托"}
    with refused("NO_SUBSTITUTES", "不允许代理出席"):
        room.take("name_substitute", **named)


def test_a_substitute_sits_and_votes_in_the_members_place():
    room = Chamber(substitutes=True)
    room.plan()
    item = room.put(title="甲办法")
    room.call()
    other = room.office.people["bianban2"]
    named = {"person": str(other.uuid), "reason": "委员出差，书面委托"}
    with refused("NOT_A_SUBSTITUTE", "先在办事规则中登记任职"):
        room.take("name_substitute", member=room.member("bianwei4"), **named)
    Appointment.objects.create(
        person=other, duty="COMMITTEE_MEMBER", path=room.office.district.path, since=room.office.now.date()
    )
    with refused("NOT_THE_CHAIR", "委托主持"):
        room.take("name_substitute", member=room.member(CHAIR), **named)
    room.take("name_substitute", member=room.member("bianwei4"), **named)
    seat = room.now.roll.get(member=other.uuid)
    assert (seat.name, room.now.roll.count()) == (f"{other.name}（代委员一）", 9)
    room.open(["bianban2" if who == "bianwei4" else who for who in MEMBERS])
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid))
    room.cast(item, "bianban2", "AGAINST")
    with refused("NOT_ON_ROLL"):
        room.cast(item, "bianwei4")


def test_a_case_stands_on_one_agenda_at_a_time(room):
    case = room.scheduled()
    room.plan()
    room.put(case)
    room.plan(days=9)
    with refused("ON_AN_AGENDA", "已列入"):
        room.put(case)


def test_material_that_came_late_is_blocked_until_the_chair_allows_it_in_writing(room):
    room.plan(days=1)
    room.put(title="甲办法")
    room.call()
    room.take("freeze_agenda", CHAIR)
    room.office.tick(days=1)
    for who in MEMBERS:
        room.take("check_in", who)
    with refused("MATERIALS_LATE", "规定为3个工作日"):
        room.take("open_meeting")
    room.take("allow_short_notice", CHAIR, reason="特急事项，同意提前一日送达。")
    room.take("open_meeting")
    assert room.now.state == MeetingState.OPEN


def test_scenario_seven_vice_chair_presides_and_a_major_item_waits_for_the_sixth_member(room):
    major, minor, third = room.scheduled("甲事项"), room.scheduled("乙事项"), room.scheduled("丙事项")
    room.plan(days=1)
    items = [room.put(major, major=True), room.put(minor), room.put(third)]
    room.call()
    room.take("ask_leave", CHAIR, reason="外出开会")
    room.take("delegate_chair", CHAIR, person=room.member(VICE), reason="委托副主任一主持(书面)")
    room.take("allow_short_notice", CHAIR, reason="特急事项,材料提前一日送达")
    room.take("freeze_agenda", CHAIR)
    room.office.tick(days=1)
    for who in MEMBERS[1:6]:
        room.take("check_in", who)
    room.take("open_meeting")
    with refused("NO_QUORUM", "须有6人"):
        room.open_item(items[0])
    room.take("check_in", MEMBERS[6])
    room.open_item(items[0])
    room.take("open_ballot", item=str(items[0].uuid))
    with refused("CHAIR_LAST", "末位表态"):
        room.cast(items[0], VICE)
    room.vote(items[0], {MEMBERS[6]: "AGAINST"} | {who: "FOR" for who in (*MEMBERS[2:6], VICE)})
    room.take("close_ballot", item=str(items[0].uuid))
    room.take("conclude_item", item=str(items[0].uuid))
    assert state_of(major) == State.APPROVED
    room.decide(items[1], dissent={MEMBERS[5]: "AGAINST", MEMBERS[6]: "AGAINST"})
    assert state_of(minor) == State.DEFERRED
    assert "赞成4票未超过应到会委员9人的半数（4.5），暂缓" in room.fresh(items[1]).tally["sentence"]


def test_recusal_that_takes_the_quorum_puts_the_item_over(room):
    case = room.scheduled()
    room.plan()
    item = room.put(case)
    room.call()
    room.open(MEMBERS[:6])
    room.open_item(item)
    for who in MEMBERS[3:6]:
        room.take("declare_recusal", who, item=str(item.uuid), reason="涉及本人分管单位")
    with refused("NO_QUORUM", "顺延下次会议"):
        room.take("open_ballot", item=str(item.uuid))
    room.take("put_item_over", item=str(item.uuid), reason="回避后不足法定人数")
    assert (room.fresh(item).outcome, state_of(case)) == (Outcome.PUT_OVER, State.SCHEDULED)
    room.take("close_meeting")
    room.plan()
    assert room.put(case).proposal_id == case.pk


def test_a_member_whose_unit_is_concerned_stands_aside_where_the_rule_says_so():
    room = Chamber(unit_recusal=True)
    case = room.scheduled(body="区财政局")
    room.plan()
    item = room.put(case)
    room.call()
    room.open()
    room.open_item(item)
    assert room.fresh(item).involved == [room.member("bianwei7")]
    room.take("open_ballot", item=str(item.uuid))
    with refused("RECUSED", "您已回避本议题"):
        room.cast(item, "bianwei7")


def test_a_change_of_mind_is_appended_and_a_late_ballot_is_told_so(room):
    room.plan()
    item = room.put(title="甲办法")
    room.call()
    room.open()
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid))
    concern = room.fresh(item).ballot_concern
    for value in ("AGAINST", "FOR"):
        room.cast(item, "bianwei4", value)
    room.take("mark_silent", item=str(item.uuid), member=room.member("bianwei5"))
    room.take("close_ballot", item=str(item.uuid))
    with refused("LATE", "表决已结束，您的票未计入"):
        room.take("cast_ballot", "bianwei6", seen=concern, item=str(item.uuid), value="FOR")
    assert Ballot.objects.count() == 2
    assert room.fresh(item).rounds.latest("n").tally["in_favour"] == 1
    room.take("second_ballot", item=str(item.uuid), reason="首次表决时多名委员未表决")
    room.vote(item, {who: "FOR" for who in (*MEMBERS[1:], CHAIR)})
    room.take("close_ballot", item=str(item.uuid))
    room.take("conclude_item", item=str(item.uuid))
    assert [one.tally["in_favour"] for one in room.fresh(item).rounds.all()] == [1, 9]
    assert room.fresh(item).outcome == Outcome.APPROVED


def test_the_outcome_cannot_be_typed_in(room):
    room.plan()
    item = room.put(title="甲办法")
    room.call()
    room.open()
    room.open_item(item)
    wish = {"verdict": "CARRIED", "outcome": "APPROVED", "in_favour": 9}
    room.take(
        "record_counts", item=str(item.uuid), method="HANDS", in_favour=2, against=1, tally=wish, outcome="APPROVED"
    )
    room.take("conclude_item", item=str(item.uuid), tally=wish)
    assert (room.fresh(item).outcome, room.fresh(item).tally["in_favour"]) == (Outcome.DEFERRED, 2)


def test_counts_that_exceed_the_voters_are_refused(room):
    room.plan()
    item = room.put(title="甲办法")
    room.call()
    room.open(MEMBERS[:6])
    room.open_item(item)
    with refused("COUNT", "不能超过此数"):
        room.take("record_counts", item=str(item.uuid), method="HANDS", in_favour=7)
    with refused("NAMES"):
        room.take("record_no_objection", item=str(item.uuid), dissent={room.member("zhuren"): "AGAINST"})


def test_who_left_for_an_item_does_not_vote_on_it_but_on_the_next(room):
    room.plan()
    first, second = room.put(title="甲办法"), room.put(title="乙办法")
    room.call()
    room.open()
    room.open_item(first)
    room.take("step_out", item=str(first.uuid), member=room.member("bianwei8"))
    room.take("record_no_objection", item=str(first.uuid))
    room.take("conclude_item", item=str(first.uuid))
    room.decide(second)
    assert [room.fresh(one).tally["in_favour"] for one in (first, second)] == [8, 9]


def test_a_quorum_lost_while_the_vote_is_open_puts_the_item_over(room):
    case = room.scheduled()
    room.plan()
    item = room.put(case)
    room.call()
    room.open(MEMBERS[:5])
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid))
    room.vote(item, {who: "FOR" for who in MEMBERS[1:4]})
    room.take("check_out", MEMBERS[4], reason="紧急公务")
    room.take("close_ballot", item=str(item.uuid))
    assert room.fresh(item).rounds.latest("n").verdict == "NO_QUORUM"
    room.take("conclude_item", item=str(item.uuid))
    assert (room.fresh(item).outcome, state_of(case)) == (Outcome.PUT_OVER, State.SCHEDULED)


def test_a_secret_vote_is_counted_from_paper_slips_where_the_rule_allows_it():
    room = Chamber(methods=["NO_OBJECTION", "NAMED", "SECRET"])
    room.plan()
    item = room.put(title="甲办法")
    room.call()
    room.open()
    room.open_item(item)
    with refused("METHOD", "只有记名和无记名两种"):
        room.take("open_ballot", item=str(item.uuid), method="HANDS")
    with refused("METHOD", "没有这种表决方式"):
        room.take("record_counts", item=str(item.uuid), method="HANDS", in_favour=9)
    room.take("record_counts", item=str(item.uuid), method="SECRET", in_favour=6, against=3)
    room.take("conclude_item", item=str(item.uuid))
    assert room.fresh(item).outcome == Outcome.APPROVED
    assert Ballot.objects.count() == 0


def test_nobody_votes_for_another(room):
    room.plan()
    item = room.put(title="甲办法")
    room.call()
    room.open()
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid))
    concern = room.fresh(item).ballot_concern
    room.take("cast_ballot", "bianwei4", seen=concern, item=str(item.uuid), value="FOR", member=room.member("bianwei5"))
    assert [ballot.member.name for ballot in Ballot.objects.all()] == ["委员一"]
    with refused("NOT_YOURSELF"):
        room.take("check_out", "bianwei4", member=room.member("bianwei5"))


def test_an_approval_with_changed_numbers_is_what_the_minutes_decide():
    room = Chamber()
    case = room.scheduled()
    room.plan()
    item = room.put(case)
    room.call()
    room.open()
    room.open_item(item)
    with refused("NO_AMENDMENT"):
        room.take("open_ballot", item=str(item.uuid), motion="AS_AMENDED")
    line = str(case.lines.get().uuid)
    with refused("NO_SUCH_LINE"):
        room.take("amend_item", item=str(item.uuid), amendment="改", values={str(room.meeting.uuid): 1})
    before = room.fresh(item).ballot_concern
    room.take("amend_item", item=str(item.uuid), amendment="职责表述按会议意见修改。", values={line: 1})
    assert room.fresh(item).ballot_concern != before
    room.take("record_no_objection", item=str(item.uuid))
    room.take("conclude_item", item=str(item.uuid))
    assert (room.fresh(item).outcome, state_of(case)) == ("AMENDED", State.APPROVED_AMENDED)
    assert case.rounds.count() == 2
    assert case.lines.get().decided == 1
