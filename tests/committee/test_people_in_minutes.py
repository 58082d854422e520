"""Minutes know members as persons, say of each only what the roll says, and leave out what was withdrawn."""

import pytest

from docs_templates.sources import minutes as source
from proposals.committee.minutes import check as minutes_check
from proposals.committee.minutes import drawing
from proposals.committee.reading.whole import Reading
from proposals.models import AgendaItem, Person
from proposals.vocabulary import MeetingState, State
from tests.committee.chamber import CHAIR, MEMBERS, Chamber, refused, state_of
from tests.committee.test_pages import address, signed_in
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db
WAY = [one for one in MEMBERS if one != "bianwei5"]


def called(names):
    """A meeting whose members bear these names, one of them on leave."""
    room = Chamber()
    for who, name in names.items():
        Person.objects.filter(username=who).update(name=name)
    room.plan()
    room.item = room.put(title="甲办法")
    room.call()
    room.take("ask_leave", "bianwei5", member=room.member("bianwei5"), reason="出差")
    room.take("invite_attendee", item=str(room.item.uuid), name="李明珠", unit="区财政局副局长")
    room.open(WAY)
    return room


def worded(room, **wording):
    """Decide the item with one named vote against, and word the minutes."""
    room.decide(room.item, dissent={"bianwei4": "AGAINST"})
    room.take("close_meeting")
    room.take("draft_minutes")
    items = {str(room.item.uuid): {"discussion": wording.pop("discussion", "")}}
    room.take("edit_wording", wording={**wording, "items": items})
    return [str(one) for one in minutes_check.contradictions(room.now.newest_minutes.sections, Reading(room.now))]


@pytest.mark.parametrize(
    ("wording", "wrong"),
    [
        ({"closing": "请假：李明华（区纪委监委）"}, ""),
        ({"closing": "李明华同志因出差请假。"}, ""),
        ({"closing": "李明珠因故请假，未列席。"}, ""),
        ({"discussion": "李明反对，李明珠作了说明。"}, ""),
        ({"discussion": "李明珠反对。"}, ""),
        ({"closing": "李明同志因出差请假。"}, "李明到会"),
        ({"closing": "出席：李明华。"}, "李明华请假"),
        ({"closing": "李明和李明华请假。"}, "李明到会"),
        ({"discussion": "李明赞成。"}, "李明没有赞成"),
        ({"opening": "李明华主持召开会议。"}, "编委主任主持"),
    ],
)
def test_a_name_that_begins_another_is_another_person(wording, wrong):
    room = called({"bianwei4": "李明", "bianwei5": "李明华"})
    found = worded(room, **wording)
    assert len(found) == bool(wrong) and all(wrong in one for one in found), found


def test_the_chair_is_told_from_a_longer_name():
    room = called({CHAIR: "李明", "bianwei4": "李明华"})
    assert "李明主持" in "".join(worded(room, opening="李明华主持召开会议。"))


NAMESAKES = {"bianwei4": "李明", "bianwei5": "李 明"}


@pytest.mark.parametrize(
    ("wording", "wrong"),
    [
        ({"closing": "李明请假。"}, ""),
        ({"closing": "李明到会。"}, ""),
        ({"closing": "李明（区组织部部长甲）到会，李 明（区人社局局长乙）请假。"}, ""),
        ({"closing": "李明（区组织部部长甲）请假。"}, "李明（区组织部部长甲）到会"),
        ({"closing": "请假：李明（区组织部部长甲）。"}, "李明（区组织部部长甲）到会"),
    ],
)
def test_two_of_one_name_are_two_and_carry_their_posts(wording, wrong):
    Chamber.__init__(room := Chamber.__new__(Chamber))
    posts = {"bianwei4": "区组织部部长甲", "bianwei5": "区人社局局长乙"}
    for who, name in NAMESAKES.items():
        Person.objects.filter(username=who).update(name=name, post=posts[who])
    room.plan()
    room.item = room.put(title="甲办法")
    room.call()
    room.take("ask_leave", "bianwei5", member=room.member("bianwei5"), reason="出差")
    room.open(WAY)
    found = worded(room, **wording)
    assert len(found) == bool(wrong) and all(wrong in one for one in found), found
    drawn = room.now.newest_minutes.sections
    assert drawn["leave"][0]["name"] == "李 明（区人社局局长乙）"
    assert drawn["items"][0]["rounds"][0]["named"]["AGAINST"] == ["李明（区组织部部长甲）"]
    page = signed_in("bianban1").get(address(room, "minutes/")).content.decode()
    assert "李明（区组织部部长甲）" in page and "李 明（区人社局局长乙）" in page


def test_two_of_one_name_are_told_apart_where_the_secretary_chooses_and_is_told():
    room = Chamber()
    Person.objects.filter(username__in=("bianwei4", "bianwei5")).update(name="李明")
    posts = dict(Person.objects.filter(name="李明").values_list("username", "post"))
    room.plan()
    item = room.put(title="甲办法")
    room.call()
    room.open()
    room.open_item(item)
    client = signed_in("bianban1")
    form = client.get(address(room, "steps/record_named/"), {"item": item.uuid}).content.decode()
    assert all(f"李明（{post}）" in form for post in posts.values())
    room.take("open_ballot", item=str(item.uuid))
    room.vote(item, {who: "FOR" for who in MEMBERS[1:] if who != "bianwei5"})
    with refused("CHAIR_LAST", f"李明（{posts['bianwei5']}）还没有表决"):
        room.cast(item, CHAIR)
    assert f"李明（{posts['bianwei4']}）" in client.get(address(room)).content.decode()


def concerned(*, there):
    """An item that concerns the unit of 委员四, who is there or not."""
    room = Chamber()
    case = room.scheduled(body="区财政局")
    room.plan()
    item = room.put(case)
    room.call()
    room.open([one for one in MEMBERS if there or one != "bianwei7"])
    room.decide(item)
    room.take("close_meeting")
    return drawing.sections(Reading(room.now))["items"][0]


def test_who_was_not_there_did_not_vote_according_to_the_rules():
    assert [*source._noted(concerned(there=False))] == []


def test_whose_unit_is_concerned_and_who_voted_is_told_to_have_voted():
    item = concerned(there=True)
    assert [*source._noted(item)] == ["委员四所在单位涉及本议题，按规定参加表决。"]
    silent = {"method": "记名表决", "named": {"FOR": ["委员一"], "AGAINST": [], "ABSTAIN": []}}
    assert [*source._noted({**item, "rounds": [silent]})] == []


@pytest.mark.parametrize("unit_recusal", [False, True])
def test_who_proposes_is_not_concerned_by_it(unit_recusal):
    room = Chamber(unit_recusal=unit_recusal)
    case = room.scheduled()
    case.proposer = "区财政局"
    case.save()
    room.plan()
    item = room.put(case)
    room.call()
    room.open()
    assert "所在单位" not in signed_in("bianban1").get(address(room)).content.decode()
    room.open_item(item)
    assert (room.fresh(item).involved, room.fresh(item).recusals.count()) == ([], 0)


def test_whose_unit_is_concerned_stands_aside_in_a_circulation_too():
    room = Chamber(unit_recusal=True, circulation=True)
    case = room.scheduled(body="区财政局")
    room.plan(form="CIRCULATION")
    item = room.put(case)
    room.take("start_circulation", seq=1, window_until=room.office.now.date().isoformat())
    assert [one.member.name for one in room.fresh(item).recusals.all()] == ["委员四"]


@pytest.fixture
def left():
    """Two cases on a called agenda; the first is withdrawn before the sitting."""
    room = Chamber(circulation=True)
    room.cases = [room.scheduled("甲事项"), room.scheduled("乙事项")]
    room.plan()
    room.items = [room.put(case) for case in room.cases]
    room.call()
    room.office.take(room.cases[0], "withdraw", "zhuren", reason="单位撤回")
    return room


def test_a_withdrawn_case_leaves_its_agenda_and_nobody_opens_it(left):
    client = signed_in("bianban1")
    page = client.get(address(left)).content.decode()
    assert "事项已撤回，本次会议不再审议" in page and "已撤回" in client.get(address(left, "screen/")).content.decode()
    left.open()
    with refused("GONE", "已撤回，本次会议不再审议"):
        left.open_item(left.items[0])
    left.decide(left.items[1])
    left.take("close_meeting")
    first, second = (left.fresh(item) for item in left.items)
    assert (first.status, first.outcome, second.status) == (AgendaItem.Status.WITHDRAWN, "", "CONCLUDED")
    left.take("draft_minutes")
    drawn = left.now.newest_minutes.sections["items"][0]
    assert drawn["wording"]["resolution"] == "《甲事项》已撤回，会议未审议。"
    left.take("circulate_minutes")
    left.take("sign_minutes", CHAIR)
    assert (left.now.state, state_of(left.cases[0])) == (MeetingState.SIGNED, State.WITHDRAWN)
    assert list(chains.findings()) == []
    AgendaItem.objects.filter(pk=first.pk).update(status="PUT_OVER", outcome="PUT_OVER", note="本次会议未及审议")
    assert "议题1「甲事项」是否已撤回与办理记录不符" in "".join(chains.findings())


def test_a_withdrawn_case_may_be_taken_off_a_called_agenda(left):
    left.take("remove_item", item=str(left.items[0].uuid))
    assert [item.title for item in left.now.items.all()] == ["乙事项"]


def test_what_is_withdrawn_neither_goes_round_nor_calls_a_meeting(left):
    left.plan(form="CIRCULATION")
    case = left.scheduled("丙事项")
    item = left.put(case)
    left.office.take(case, "withdraw", "zhuren", reason="单位撤回")
    with refused("GONE", "请先办理「撤下议题」") as refusal:
        left.take("start_circulation", seq=1, window_until=left.office.now.date().isoformat())
    assert "NO_ITEMS" in refusal.value.codes
    left.take("remove_item", item=str(item.uuid))
