"""A form that makes something makes it once: a second press of the button finds what the first one made."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from proposals.models import Meeting, Proposal, Upload
from proposals.procedure.once import KeyReused, once
from tests.papers_bound import road
from tests.web.conftest import Visit, World

DRAFT = {"title": "关于调剂编制的动议", "kind": "STAFF_TRANSFER", "origin": "DISTRICT", "proposer": "区委编办"}


def sheet(pages: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile("材料.pdf", road.sheet(pages), "application/pdf")


def test_a_draft_is_opened_once(world: World, visit: Visit) -> None:
    client, sent, before = visit("bianban1"), {**DRAFT, "key": uuid.uuid4()}, Proposal.objects.count()
    answers = [client.post(reverse("case_new"), sent) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302] and answers[0]["Location"] == answers[1]["Location"]
    assert Proposal.objects.count() == before + 1
    other = client.post(reverse("case_new"), {**sent, "title": "另一件"})
    assert other.status_code == 422 and "没有重复办理" in other.content.decode() and "另一件" in other.content.decode()
    client.post(reverse("case_new"), {**sent, "key": uuid.uuid4()})
    assert Proposal.objects.count() == before + 2


def test_a_key_is_its_persons_own(world: World, visit: Visit) -> None:
    sent = {**DRAFT, "key": uuid.uuid4()}
    first, second = (visit(who).post(reverse("case_new"), sent)["Location"] for who in ("bianban1", "danwei"))
    assert first != second


@pytest.mark.parametrize("key", ["", "x", "²"])
def test_a_page_without_a_key_makes_nothing_and_loses_nothing(world: World, visit: Visit, key: str) -> None:
    before = Proposal.objects.count()
    answer = visit("bianban1").post(reverse("case_new"), {**DRAFT, "key": key})
    assert answer.status_code == 400 and DRAFT["title"] in answer.content.decode()
    assert Proposal.objects.count() == before


def test_a_file_comes_in_once(world: World, visit: Visit) -> None:
    client, url = visit("bianban1"), reverse("case_uploads", args=[world.draft.uuid])
    sent, before = {"purpose": "OTHER", "clean_declared": "on", "key": uuid.uuid4()}, Upload.objects.count()
    answers = [client.post(url, {**sent, "file": sheet()}) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302] and Upload.objects.count() == before + 1
    other = client.post(url, {**sent, "file": sheet(2)})
    assert other.status_code == 422 and "没有重复办理" in other.content.decode()
    assert Upload.objects.count() == before + 1


def test_a_meeting_is_planned_once(world: World, visit: Visit) -> None:
    sent = {"form": "SITTING", "starts_at": "2026-04-01T09:00", "place": "会议室", "key": uuid.uuid4()}
    client, before = visit("bianban1"), Meeting.objects.count()
    answers = [client.post(reverse("meeting_new"), sent) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"] and Meeting.objects.count() == before + 1
    assert client.post(reverse("meeting_new"), {**sent, "place": "别处"}).status_code == 422


def test_of_two_at_once_one_makes_it_and_the_other_finds_it(world: World) -> None:
    known, name = world.draft, {"title": world.draft.title}

    def late() -> Any:
        raise IntegrityError

    class Unseen:
        """Rows in which the other's row shows only on the second look."""

        looked = 0

        def filter(self, **_: Any) -> Any:
            self.looked += 1
            return Proposal.objects.filter(uuid=known.uuid) if self.looked > 1 else Proposal.objects.none()

    assert once(Unseen(), identity=known.uuid, says=name, make=late) == known  # type: ignore[arg-type]
    with pytest.raises(KeyReused):
        once(Unseen(), identity=known.uuid, says={"title": "另一件"}, make=late)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError):
        once(Proposal.objects.none(), identity=None, says={}, make=late)
