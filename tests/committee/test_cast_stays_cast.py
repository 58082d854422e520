"""A vote that was cast stays cast, by whatever method, and nobody votes after who presides has spoken last."""

import uuid

import pytest

from proposals.models import Ballot, BallotRound
from tests.committee.chamber import CHAIR, MEMBERS, Chamber, refused
from tests.committee.test_circulation import started
from tests.committee.test_pages import address, ballot, signed_in
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
METHODS = pytest.mark.parametrize("secret", [False, True], ids=["named", "secret"])


def voting(present=MEMBERS, *, secret=False, **rule):
    """Two items; the first is being voted on."""
    room = Chamber(methods=["NAMED", "SECRET"], **rule)
    room.plan()
    room.item = room.put(title="甲办法")
    room.put(title="乙办法")
    room.call()
    room.open(present)
    room.open_item(room.item)
    room.secret = secret
    room.take("open_ballot", item=str(room.item.uuid), method="SECRET" if secret else "NAMED")
    return room


def say(room, who, value="FOR"):
    said = {"sealed": {"value": value, "code": uuid.uuid4().hex[:12]}} if room.secret else {"value": value}
    room.take("cast_ballot", who, seen=room.fresh(room.item).ballot_concern, item=str(room.item.uuid), **said)


def closed(room):
    room.take("close_ballot", item=str(room.item.uuid))
    return room.fresh(room.item).rounds.latest("n").tally


@METHODS
@pytest.mark.parametrize("way", ["check_out", "step_out"])
def test_who_voted_and_left_is_counted_in_vote_and_quorum(secret, way):
    room = voting(MEMBERS[:5], secret=secret)
    for who in (*MEMBERS[1:5], CHAIR):
        say(room, who, "AGAINST" if who == MEMBERS[4] else "FOR")
    if way == "check_out":
        room.take("check_out", MEMBERS[1], member=room.member(MEMBERS[1]), reason="紧急公务")
    else:
        room.take("step_out", item=str(room.item.uuid), member=room.member(MEMBERS[1]))
    tally = closed(room)
    assert (tally["in_favour"], tally["against"], tally["present"], tally["silent"]) == (4, 1, 5, 0)
    assert tally["verdict"] == "NOT_CARRIED" or tally["quorum_present"] == 5
    assert list(chains.findings()) == []


def test_the_minutes_name_who_voted_and_left_as_there_for_the_item():
    room = voting(MEMBERS[:6])
    for who in (*MEMBERS[1:6], CHAIR):
        say(room, who)
    room.take("check_out", MEMBERS[1], reason="紧急公务")
    closed(room)
    room.take("conclude_item", item=str(room.item.uuid))
    room.take("close_meeting")
    room.take("draft_minutes")
    item, other = room.now.newest_minutes.sections["items"]
    assert len(item["present"]) == item["tally"]["present"] == 6 and other["present"] == []
    room.take("edit_wording", wording={"items": {str(room.item.uuid): {"discussion": "实到6人，均已表决。"}}})
    room.take("circulate_minutes")


def test_at_a_second_ballot_only_those_in_the_room_vote():
    room = voting(MEMBERS[:6])
    for who in (*MEMBERS[1:6], CHAIR):
        say(room, who, "ABSTAIN")
    room.take("check_out", MEMBERS[1], reason="紧急公务")
    closed(room)
    room.take("second_ballot", item=str(room.item.uuid), reason="首次表决未形成多数")
    with refused("NOT_PRESENT"):
        say(room, MEMBERS[1])
    for who in (*MEMBERS[2:6], CHAIR):
        say(room, who)
    assert (closed(room)["present"], room.fresh(room.item).rounds.latest("n").tally["in_favour"]) == (5, 5)


@METHODS
def test_who_has_voted_cannot_stand_aside_any_more_and_who_has_not_still_can(secret):
    room = voting(secret=secret)
    say(room, "bianwei4")
    with refused("HAS_VOTED", "所投的票有效，不能再登记回避"):
        room.take("declare_recusal", "bianwei4", item=str(room.item.uuid), reason="涉及本人分管单位")
    room.take("declare_recusal", "bianwei5", item=str(room.item.uuid), reason="涉及本人分管单位")
    with refused("RECUSED"):
        say(room, "bianwei5")
    tally = closed(room)
    assert (tally["recused"], tally["eligible"], tally["in_favour"]) == (1, 8, 1)


def test_a_member_may_stand_aside_in_a_circulation():
    room = started(titles=("甲事项",))
    room.take("declare_recusal", "bianwei5", item=str(room.items[0].uuid), reason="涉及本人分管单位")
    room.vote(room.items[0], {who: "FOR" for who in MEMBERS if who != "bianwei5"})
    room.take("finish_circulation")
    assert room.fresh(room.items[0]).tally["recused"] == 1


@pytest.mark.parametrize("step", ["step_out", "step_in"])
def test_nobody_is_sent_out_of_a_circulation(step):
    room = started(titles=("甲事项",))
    with refused("OTHER_FORM"):
        room.take(step, item=str(room.items[0].uuid), member=room.member("bianwei5"))
    with refused("OTHER_FORM"):
        room.take("check_in", "bianwei5")


@METHODS
@pytest.mark.parametrize("who", ["bianwei4", CHAIR])
def test_no_vote_is_changed_after_the_chair_has_spoken_last(secret, who):
    room = voting(secret=secret)
    for member in (*MEMBERS[1:], CHAIR):
        say(room, member)
    with refused("CHAIR_SPOKE", "主持人已末位表态"):
        say(room, who, "AGAINST")
    assert closed(room)["in_favour"] == 9


@METHODS
def test_no_vote_is_added_after_the_chair_has_spoken_last(secret):
    room = voting(secret=secret)
    for member in MEMBERS[1:8]:
        say(room, member)
    room.take("mark_silent", item=str(room.item.uuid), member=room.member("zhuren"))
    say(room, CHAIR)
    with refused("CHAIR_SPOKE", "不再接受新的意见"):
        say(room, "zhuren")
    assert (closed(room)["in_favour"], room.fresh(room.item).rounds.latest("n").tally["silent"]) == (8, 1)


def test_in_a_circulation_the_others_may_still_sign_but_not_change():
    room = started(titles=("甲事项",))
    item = room.items[0]
    room.cast(item, "bianwei4")
    room.cast(item, CHAIR)
    with refused("CHAIR_SPOKE", "您的表决不能再更改"):
        room.cast(item, "bianwei4", "AGAINST")
    room.vote(item, {who: "FOR" for who in MEMBERS[1:] if who != "bianwei4"})
    room.take("finish_circulation")
    assert room.fresh(item).tally["in_favour"] == 9


def test_where_nobody_has_to_speak_last_a_vote_may_be_changed_until_it_is_closed():
    room = voting(chair_last=False)
    for who, value in ((CHAIR, "FOR"), ("bianwei4", "AGAINST"), ("bianwei4", "FOR")):
        say(room, who, value)
    assert closed(room)["in_favour"] == 2


def test_the_page_shows_no_buttons_after_the_chair_and_refuses_a_late_press():
    room = voting()
    pressed = ballot(room, "AGAINST")
    for member in (*MEMBERS[1:], CHAIR):
        say(room, member)
    client = signed_in("bianwei5")
    text = client.get(address(room, "ballot/")).content.decode()
    assert "主持人已末位表态" in text and 'id="vote-FOR"' not in text
    review = client.get(address(room, "ballot/"), {"item": room.item.uuid, "value": "AGAINST"}).content.decode()
    assert 'id="confirm"' not in review
    answer = client.post(address(room, "ballot/cast/"), pressed)
    assert answer.status_code == 422 and "主持人已末位表态" in answer.content.decode()


def test_the_audit_sees_a_vote_after_the_chair_and_a_vote_that_was_thrown_away():
    room = voting(MEMBERS[:6])
    for who in (*MEMBERS[1:6], CHAIR):
        say(room, who)
    closed(room)
    current = BallotRound.objects.get(item=room.item)
    Ballot.objects.create(round=current, member=room.now.seat(room.member("bianwei2")), value="FOR", at=room.office.now)
    found = "".join(chains.findings())
    assert "议题1第1次表决在主持人末位表态之后又记入副主任一的票" in found
    BallotRound.objects.filter(pk=current.pk).update(tally={**current.tally, "in_favour": 5})
    assert "议题1第1次表决有6人表决，计票只有5票" in "".join(chains.findings())
