"""Files in the browser: checked on the way in, handed out only to those who may read their case."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from proposals.models import Proposal, Upload
from tests.papers_bound import road
from tests.web.conftest import Visit, World


def pdf(name: str = "材料.pdf") -> SimpleUploadedFile:
    """Return a small real PDF."""
    return SimpleUploadedFile(name, road.sheet(), "application/pdf")


def url(world: World) -> str:
    """Return the page on which files are added to the draft."""
    return reverse("case_uploads", args=[world.draft.uuid])


def test_a_file_comes_in_with_purpose_and_declaration(world: World, visit: Visit) -> None:
    answer = visit("bianban1").post(
        url(world), {"purpose": "OTHER", "file": pdf(), "clean_declared": "on", "key": uuid.uuid4()}
    )
    kept = Upload.objects.latest("pk")
    assert answer.status_code == 302
    assert (kept.name, kept.media_type, kept.pages, kept.proposal_id) == (
        "材料.pdf",
        "application/pdf",
        1,
        world.draft.pk,
    )


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("说明.pdf", b"MZ\x90\x00 not a paper", "文件类型不在允许范围"),
        ("说明.pdf", b"<html><script>alert(1)</script></html>", "文件类型不在允许范围"),
        ("空.pdf", b"", "文件"),
    ],
)
def test_the_content_decides_not_the_name(world: World, visit: Visit, name: str, data: bytes, says: str) -> None:
    before = Upload.objects.count()
    sent = {"purpose": "OTHER", "file": SimpleUploadedFile(name, data), "clean_declared": "on"}
    answer = visit("bianban1").post(url(world), sent)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert Upload.objects.count() == before


def test_nothing_comes_in_without_the_declaration(world: World, visit: Visit) -> None:
    answer = visit("bianban1").post(url(world), {"purpose": "OTHER", "file": pdf()})
    assert answer.status_code == 422 and "不含国家秘密" in answer.content.decode()


def test_a_file_is_declared_void_and_stays_on_record(world: World, visit: Visit) -> None:
    kept = world.draft.uploads.first()
    seen = Proposal.objects.get(pk=world.draft.pk).concern
    client = visit("bianban1")
    assert client.post(url(world), {"drop": str(kept.uuid), "seen": seen}).status_code == 302
    assert Upload.objects.get(pk=kept.pk).dropped
    assert "已作废" in client.get(reverse("case", args=[world.draft.uuid]), {"tab": "evidence"}).content.decode()


def test_a_download_cannot_be_guessed_kept_or_run(world: World, visit: Visit) -> None:
    kept = world.sent.uploads.first()
    answer = visit("bianban1").get(reverse("upload", args=[kept.uuid]))
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("username", "status"), [("danwei", 404), ("bianwei7", 404), ("shishenhe", 404), ("xitong", 403)]
)
def test_who_may_not_read_the_case_gets_no_file(world: World, visit: Visit, username: str, status: int) -> None:
    kept = world.sent.uploads.first()
    assert visit(username).get(reverse("upload", args=[kept.uuid])).status_code == status
