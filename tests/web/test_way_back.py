"""Where a form leads afterwards: to a path of this site, never elsewhere, and never to a failure after the step."""

import uuid

import pytest
from django.test import Client

from proposals.models import Person
from tests.committee.chamber import MEMBERS, Chamber

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "https://example.invalid/", "//example.invalid/", "/\\example.invalid", "javascript:alert(1)", "nowhere", "ballot",
    "\x00", "/" + "a" * 70_000, "http:example.invalid", "///example.invalid",
)  # fmt: skip


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def room() -> Chamber:
    room = Chamber()
    room.plan()
    room.put(title="甲办法")
    room.call()
    room.take("freeze_agenda", MEMBERS[0])
    return room


@pytest.mark.parametrize("back", ELSEWHERE)
def test_a_step_of_a_meeting_leads_nowhere_else(room: Chamber, back: str) -> None:
    place = f"/meetings/{room.meeting.uuid}/"
    sent = {"key": str(uuid.uuid4()), "seen": "own", "back": back}
    answer = signed_in("bianwei5").post(f"{place}steps/give_receipt/", sent)
    assert (answer.status_code, answer["Location"]) == (302, place)


def test_a_step_of_a_meeting_leads_back_to_the_members_page(room: Chamber) -> None:
    place = f"/meetings/{room.meeting.uuid}/ballot/"
    client = signed_in("bianwei5")
    assert f'name="back" value="{place}"' in client.get(place).content.decode()
    sent = {"key": str(uuid.uuid4()), "seen": "own", "back": place}
    answer = client.post(f"/meetings/{room.meeting.uuid}/steps/check_in/", sent)
    assert (answer.status_code, answer["Location"]) == (302, place)


@pytest.mark.parametrize("back", ELSEWHERE)
def test_the_type_size_leads_nowhere_else(room: Chamber, back: str) -> None:
    answer = signed_in("bianwei5").post("/type-size/", {"size": "large", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    kept = signed_in("bianwei5").post("/type-size/", {"size": "large", "next": "/meetings/?page=1"})
    assert kept["Location"] == "/meetings/?page=1"


@pytest.mark.parametrize("back", ELSEWHERE[:4])
def test_coming_in_leads_nowhere_else(room: Chamber, back: str) -> None:
    person = Person.objects.get(username="bianwei5")
    person.set_password("Haibowan-2026")
    person.save()
    answer = Client().post("/login/", {"username": "bianwei5", "password": "Haibowan-2026", "next": back})
    assert (answer.status_code, answer["Location"]) == (302, "/")
