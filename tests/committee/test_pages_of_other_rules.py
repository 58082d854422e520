"""The pages of meetings under other rules: a warning of too few voters, a circulation beside a sitting."""

import pytest

from tests.committee.chamber import MEMBERS, Chamber
from tests.committee.test_pages import address, signed_in

pytestmark = pytest.mark.django_db


def test_the_page_warns_beforehand_how_many_could_vote():
    room = Chamber(unit_recusal=True)
    case = room.scheduled()
    room.term.members.filter(person__username__in=MEMBERS[3:6]).update(unit="演示街道")
    room.plan()
    item = room.put(case)
    room.call()
    room.open(MEMBERS[:6])
    warning = "可表决的只有3人，不足法定人数，本议题须顺延"
    assert warning in signed_in("bianban1").get(address(room)).content.decode()
    room.open_item(item)
    text = signed_in("bianban1").get(address(room)).content.decode()
    assert warning in text


def test_looking_at_a_circulation_takes_nothing_from_a_sitting():
    room = Chamber(circulation=True)
    room.plan()
    item = room.put(title="甲办法")
    room.call()
    room.open()
    room.open_item(item)
    room.take("open_ballot", item=str(item.uuid))
    sitting = address(room)
    room.plan(form="CIRCULATION")
    room.put(title="乙办法")
    room.take("start_circulation", seq=1, window_until="2026-03-20")
    client = signed_in("bianban1")
    before = client.get(sitting).content.decode()
    assert "结束表决" not in client.get(address(room)).content.decode()
    after = client.get(sitting).content.decode()
    assert all(word in text for text in (before, after) for word in ("结束表决", "顺延下次会议"))


@pytest.mark.parametrize("form", ["SITTING", "CIRCULATION"])
def test_two_meetings_in_preparation_stand_side_by_side(form):
    room = Chamber(circulation=True)
    places = []
    for _ in range(2):
        room.plan(form=form)
        room.put(title="甲办法")
        places.append(address(room))
    client = signed_in("bianban1")
    for place in places:
        answer = client.get(place)
        assert answer.status_code == 200
        assert ("发会议通知" if form == "SITTING" else "发起传签") in answer.content.decode()
