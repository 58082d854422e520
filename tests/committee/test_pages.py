"""The pages of a meeting over HTTP: who may open them, what they never tell, what a late or stale press is told."""

import csv
import io
import json
import re
import uuid

import pytest
from django.test import Client
from openpyxl import load_workbook

from proposals.models import Appointment, Ballot, CommitteeTerm, Meeting, Person, Territory
from tests.committee.chamber import MEMBERS, Chamber

PARTS = ("", "live/", "screen/", "ballot/", "ballot/live/", "votes.csv")


def build():
    """An open ballot on a rule of the committee's own, in which one member has voted against."""
    room = Chamber()
    room.plan()
    room.item = room.put(title='=HYPERLINK("http://x")《空编调配管理办法》')
    room.call()
    room.open()
    room.open_item(room.item)
    room.take("open_ballot", item=str(room.item.uuid))
    room.cast(room.item, "bianwei4", "AGAINST")
    return room


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(room, part: str = "") -> str:
    return f"/meetings/{room.meeting.uuid}/{part}"


def ballot(room, value: str, seen: str | None = None) -> dict[str, str]:
    concern = seen or room.fresh(room.item).ballot_concern
    return {"key": str(uuid.uuid4()), "seen": concern, "item": str(room.item.uuid), "value": value}


@pytest.mark.parametrize("username", ["danwei", "shishenhe", "xitong", "shenji"])
@pytest.mark.parametrize("part", PARTS)
def test_those_who_have_no_business_in_a_meeting_see_nothing_of_it(room, username, part):
    response = signed_in(username).get(address(room, part))
    assert response.status_code in (403, 404)
    assert "空编调配" not in response.content.decode()


def test_another_district_does_not_see_it(room):
    Person.objects.get(username="bianban1").appointments.update(path="/wuhai/wuda/")
    assert signed_in("bianban1").get(address(room)).status_code == 404


def test_a_clerk_who_is_not_a_member_has_no_ballot_page(room):
    assert signed_in("bianban2").get(address(room, "ballot/")).status_code == 403


def test_nobody_sees_running_results_of_an_open_ballot(room):
    for username in ("bianban1", "bianwei1", "bianwei5"):
        client = signed_in(username)
        for part in ("", "live/", "screen/", "votes.json", "votes.csv"):
            text = client.get(address(room, part)).content.decode()
            assert "反对1" not in text and "AGAINST" not in text and "委员一,区委组织部部长,反对" not in text
    assert "已表决 1 / 9 人" in signed_in("bianban1").get(address(room)).content.decode()
    assert "您已表示" in signed_in("bianwei4").get(address(room, "ballot/")).content.decode()
    assert "您已表示" not in signed_in("bianwei5").get(address(room, "ballot/")).content.decode()


def test_a_ballot_is_reviewed_cast_and_receipted_and_a_double_click_counts_once(room):
    client = signed_in("bianwei5")
    review = client.get(address(room, "ballot/"), {"item": room.item.uuid, "value": "FOR"})
    assert "您的意见" in review.content.decode() and Ballot.objects.count() == 1
    pressed = ballot(room, "FOR")
    for _ in range(2):
        receipt = client.post(address(room, "ballot/cast/"), pressed, follow=True)
    assert "表决回执" in receipt.content.decode()
    assert Ballot.objects.count() == 2


def test_a_late_ballot_is_told_that_it_did_not_count(room):
    pressed = ballot(room, "FOR")
    room.take("close_ballot", item=str(room.item.uuid))
    answer = signed_in("bianwei5").post(address(room, "ballot/cast/"), pressed)
    assert "表决已结束，您的票未计入" in answer.content.decode()
    assert (answer.status_code, Ballot.objects.count()) == (422, 1)


def test_a_ballot_on_a_plan_that_was_changed_meanwhile_is_told_so(room):
    pressed = ballot(room, "FOR", seen=f"{room.item.uuid}:1:{'0' * 64}")
    answer = signed_in("bianwei5").post(address(room, "ballot/cast/"), pressed)
    assert answer.status_code == 409 and "您的票未计入，原因如下" in answer.content.decode()


def test_a_refused_step_repeats_its_form_with_every_reason(room):
    client = signed_in("bianban1")
    page = client.get(address(room, "steps/put_item_over/"), {"item": room.item.uuid}).content.decode()
    assert 'name="reason"' in page and 'type="hidden" name="item"' in page
    sent = {"key": str(uuid.uuid4()), "seen": room.now.concern, "item": str(room.item.uuid)}
    assert "请填写「理由」" in client.post(address(room, "steps/put_item_over/"), sent).content.decode()
    stale = client.post(address(room, "steps/close_ballot/"), {**sent, "seen": "0"})
    assert stale.status_code == 409 and "您打开页面之后" in stale.content.decode()
    assert client.get(address(room, "steps/cast_ballot/")).status_code == 404


def test_the_live_part_is_silent_until_something_happens(room):
    client = signed_in("bianban1")
    at = {"at": room.now.head_seq}
    assert client.get(address(room, "live/"), at).status_code == 204
    room.cast(room.item, "bianwei5")
    assert "已表决 2 / 9 人" in client.get(address(room, "live/"), at).content.decode()


def test_votes_and_attendance_can_be_taken_away_and_no_cell_computes(room):
    room.take("close_ballot", item=str(room.item.uuid))
    room.take("conclude_item", item=str(room.item.uuid))
    client = signed_in("bianban1")
    tables = json.loads(client.get(address(room, "votes.json")).content)
    assert len(tables["出席"]) == len(MEMBERS)
    assert [row["意见"] for row in tables["表决意见"]].count("未表决") == 8
    rows = list(csv.reader(io.StringIO(client.get(address(room, "votes.csv")).content.decode("utf-8-sig"))))
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    book = load_workbook(io.BytesIO(client.get(address(room, "votes.xlsx")).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert book.sheetnames == ["出席", "表决结果", "表决意见"]
    assert not any(cell.data_type == "f" or str(cell.value).startswith("=") for cell in cells)


def test_no_page_of_a_meeting_carries_inline_style_or_script(room):
    client = signed_in("bianwei1")
    for part in ("", "screen/", "ballot/", "steps/delegate_chair/"):
        text = client.get(address(room, part)).content.decode()
        assert re.findall(r" style=| on[a-z]+=|<script(?![^>]*src=)", text) == []


def test_who_calls_two_committees_is_asked_which(room):
    """Two districts in one city, one secretary: nothing is guessed."""
    here = room.meeting.territory
    other = Territory.objects.create(
        path="/wuhai/wuda/", name="乌达区", parent=here.parent, level="DISTRICT", committee_name="乌达区委编委",
        office_name="乌达区委编办",
    )  # fmt: skip
    CommitteeTerm.objects.create(territory=other, name="第一届", since=room.term.since)
    clerk, when = signed_in("bianban1"), {"form": "SITTING", "starts_at": "2026-04-01T09:00", "place": "会议室"}
    assert "召开会议的编委" not in clerk.get("/meetings/new/").content.decode()
    person = Person.objects.get(username="bianban1")
    for duty in person.appointments.filter(path=here.path).values_list("duty", flat=True):
        Appointment.objects.create(person=person, duty=duty, path=other.path, since="2020-01-01")
    page = clerk.get("/meetings/new/").content.decode()
    assert "召开会议的编委" in page and "乌达区委编委" in page and here.committee_name in page
    before = set(Meeting.objects.values_list("pk", flat=True))
    assert clerk.post("/meetings/new/", when).status_code == 422
    assert set(Meeting.objects.values_list("pk", flat=True)) == before
    assert clerk.post("/meetings/new/", {**when, "district": str(other.uuid), "key": uuid.uuid4()}).status_code == 302
    assert Meeting.objects.exclude(pk__in=before).get().territory == other
