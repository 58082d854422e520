"""What the security record is told by the site: who came, failed and went, what was read by a right, what left."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from proposals.models import Person
from tests.web.conftest import Visit, World
from workflows.audit.reading import security
from workflows.grants import CaseGrant
from workflows.models import SecurityEvent

FROM = "203.0.113.7"


def kinds() -> list[tuple[str, str]]:
    """Return kind and subject of every event, oldest first."""
    return list(SecurityEvent.objects.order_by("seq").values_list("kind", "subject"))


def test_coming_failing_and_going_are_noted(world: World) -> None:
    person = Person.objects.get(username="bianban1")
    person.set_password("right-words-here")
    person.save()
    door, client = reverse("login"), Client(REMOTE_ADDR=FROM)
    client.post(door, {"username": "bianban1", "password": "wrong"})
    client.post(door, {"username": "my-secret-word", "password": "wrong"})
    client.post(door, {"username": "bianban1", "password": "right-words-here"})
    client.post(reverse("logout"))
    assert kinds() == [
        ("FAILED", "bianban1"), ("FAILED", "没有这个账号"), ("SIGNED_IN", "bianban1"), ("SIGNED_OUT", "bianban1"),
    ]  # fmt: skip
    assert SecurityEvent.objects.filter(kind="FAILED", detail=FROM, person=person).count() == 1
    assert list(security.security()) == []


def test_the_try_that_begins_the_pause_is_noted_as_the_pause(world: World) -> None:
    client = Client(REMOTE_ADDR=FROM)
    for _ in range(5):
        client.post(reverse("login"), {"username": "bianban2", "password": "wrong"})
    assert [kind for kind, _ in kinds()] == ["FAILED"] * 4 + ["LOCKED_OUT"]


def test_a_table_that_leaves_as_a_file_is_noted_with_what_was_asked(world: World, visit: Visit) -> None:
    address = reverse("ledger")
    assert visit("bianban1").get(address, {"export": "csv"}).headers["Content-Disposition"].startswith("attachment")
    assert kinds() == [("EXPORTED", address)]
    assert SecurityEvent.objects.get().detail == "export=csv"
    visit("bianban1").get(address)
    assert len(kinds()) == 1


def test_a_stored_file_is_noted_once(world: World, visit: Visit) -> None:
    kept = world.sent.uploads.first()
    visit("bianban1").get(reverse("upload", args=[kept.uuid]))
    assert [kind for kind, _ in kinds()] == ["DOWNLOADED"]


def test_who_reads_by_a_right_or_reads_the_record_is_noted(world: World, visit: Visit) -> None:
    reader = Person.objects.get(username="bianwei4")
    facts = {"person": str(reader.uuid), "purpose": "AUDITED", "until": "2026-03-20", "reason": "核对"}
    world.office.take(world.sent, "grant_reading", "zhuren", **facts)
    CaseGrant.objects.update(until=timezone.localdate() + timedelta(days=5))
    page = visit("bianwei4")
    page.get(reverse("case", args=[world.sent.uuid]))
    visit("zhuren").get(reverse("case", args=[world.sent.uuid]))
    visit("shenji").get(reverse("security"))
    assert [(kind, subject) for kind, subject in kinds() if kind == "READ"] == [
        ("READ", f"case {world.sent.uuid}"), ("READ", "安全审计"),
    ]  # fmt: skip
