"""A file waits for the worker: what its page says until then, what it stops, and what becomes of one that is bad."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from docs_templates.archive import ObjectMissing, read_object
from docs_templates.received import incoming, uploads
from project.web import receiving
from project.web.case import choices
from proposals.models import Examination, Upload
from proposals.procedure.act import Act
from tests import looked_into
from tests.papers.test_uploads import _nested
from tests.papers_bound import road
from tests.web.conftest import Visit, World
from workflows.audit.papers import printed
from workflows.jobs import examining, standing
from workflows.jobs.worker import JobFailed, drain
from workflows.preconditions.case import upload_known

Standing = Examination.Standing


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with looked_into.later(), mock.patch.object(receiving, "PATIENCE", 0.0):
        yield


def bring(client: Client, world: World, data: bytes, *, name: str = "材料.pdf", to: str = "draft") -> Examination:
    """Upload a file to a case, as a person does, and return its examination."""
    file = SimpleUploadedFile(name, data)
    sent = {"purpose": "OTHER", "file": file, "clean_declared": "on", "key": uuid.uuid4()}
    answer = client.post(reverse("case_uploads", args=[getattr(world, to).uuid]), sent)
    assert answer.status_code == 302, answer.content.decode()
    return Examination.objects.latest("pk")


def page(client: Client, world: World) -> str:
    """Return the list of the draft's files, as the page asks for it again and again."""
    return client.get(reverse("case_evidence", args=[world.draft.uuid])).content.decode()


def test_a_request_keeps_a_file_and_looks_into_nothing(world: World, visit: Visit) -> None:
    client = visit("bianban1")
    with mock.patch.object(uploads, "_looked", side_effect=AssertionError("looked into in a request")):
        row = bring(client, world, road.sheet(7))
    shown = page(client, world)
    upload = Upload.objects.latest("pk")
    assert "检查中" in shown and "every 2s" in shown and reverse("upload", args=[upload.uuid]) not in shown
    assert client.get(reverse("upload", args=[upload.uuid])).status_code == 404
    assert incoming.read(sha256=row.sha256) == road.sheet(7)
    with pytest.raises(ObjectMissing):
        read_object(sha256=row.sha256)


def test_a_file_found_usable_moves_into_the_archive_and_the_page_stops_asking(world: World, visit: Visit) -> None:
    client = visit("bianban1")
    row = bring(client, world, road.sheet(7))
    assert [one.what for one in standing.jobs() if not one.subject] == ["文件检查"] and drain() >= 1
    shown, upload = page(client, world), Upload.objects.latest("pk")
    assert "检查中" not in shown and "every 2s" not in shown and "病毒未检" in shown
    assert "7 页" in shown and read_object(sha256=row.sha256) == road.sheet(7)
    assert not incoming.path_of(sha256=row.sha256).exists()
    assert client.get(reverse("upload", args=[upload.uuid])).status_code == 200
    assert list(printed.stored()) == []
    Examination.objects.filter(pk=row.pk).update(standing=Standing.UNUSABLE)
    assert [said for said in printed.stored() if "却写为不可用" in said]


def packed() -> bytes:
    """Return a document of a few hundred kilobytes that unpacks to more than the machine would like."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("word/document.xml", b"\0" * (320 << 20))
    return target.getvalue()


def picture() -> bytes:
    """Return a picture of a few kilobytes that is a square of twenty thousand dots."""
    target = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(target, "PNG")
    return target.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [(lambda: _nested(12, 10), "文件结构异常"), (packed, "解压后过大"), (picture, "打不开或内容异常")],
)
def test_a_hostile_file_costs_the_worker_alone_and_stays_nowhere(
    world: World, visit: Visit, make: Callable[[], bytes], said: str
) -> None:
    client = visit("bianban1")
    row = bring(client, world, make())
    drain()
    row.refresh_from_db()
    assert row.standing == Standing.UNUSABLE and said in row.reason
    shown = page(client, world)
    assert "不可用" in shown and said in shown
    assert not incoming.path_of(sha256=row.sha256).exists()
    with pytest.raises(ObjectMissing):
        read_object(sha256=row.sha256)
    assert not world.draft.uploads.counting().filter(sha256=row.sha256).exists()


def test_what_was_unusable_is_looked_into_anew_when_it_comes_again(world: World, visit: Visit) -> None:
    client = visit("bianban1")
    row = bring(client, world, road.sheet(7))
    Examination.objects.update(standing=Standing.UNUSABLE, reason="检查超时")
    again = bring(client, world, road.sheet(7))
    assert (again.pk, again.standing, again.times) == (row.pk, Standing.WAITING, 2)


def test_a_file_that_took_its_worker_down_twice_is_not_tried_again(world: World, visit: Visit) -> None:
    row = bring(visit("bianban1"), world, road.sheet(7))
    with mock.patch.object(uploads, "_looked", side_effect=KeyboardInterrupt):
        for _ in range(2):
            with pytest.raises(KeyboardInterrupt):
                examining.examine.call(row.sha256)
    with mock.patch.object(uploads, "_looked", side_effect=AssertionError):
        examining.examine.call(row.sha256)
    row.refresh_from_db()
    assert row.standing == Standing.UNUSABLE and "多次检查" in row.reason


def test_a_full_disk_is_no_fault_of_the_file(world: World, visit: Visit) -> None:
    row = bring(visit("bianban1"), world, road.sheet(7))
    for _ in range(3):
        with mock.patch.object(examining, "store_bytes", side_effect=OSError(28, "full")), pytest.raises(OSError):
            examining.examine.call(row.sha256)
    examining.examine.call(row.sha256)
    row.refresh_from_db()
    assert row.standing == Standing.USABLE


def test_a_case_is_not_sent_on_while_a_file_is_examined(world: World, visit: Visit) -> None:
    client = visit("bianban1")
    bring(client, world, road.sheet(7))
    step = reverse("case_step", args=[world.draft.uuid, "send_to_office"])
    assert "正在检查" in client.get(step).content.decode()
    drain()
    assert "正在检查" not in client.get(step).content.decode()


def test_a_signed_scan_waits_with_its_form_and_stays_chosen(world: World, visit: Visit) -> None:
    upload = world.sent.uploads.first()
    Examination.objects.create(
        sha256=upload.sha256, media_type=upload.media_type, size=upload.size, brought_by=upload.uploaded_by,
        came_at=timezone.now(),
    )  # fmt: skip
    assert [label for value, label in offered(world) if value == str(upload.uuid)][0].endswith("（检查中）")
    reasons = [one.message for one in stands_against(world, upload)]
    assert reasons == [f"材料「{upload.name}」正在检查，通常几秒内完成，请稍候片刻再办理。"]
    Examination.objects.update(standing=Standing.UNUSABLE, reason="文件已加密。")
    assert [one.message for one in stands_against(world, upload)] == [f"材料「{upload.name}」不可用：文件已加密。"]
    assert str(upload.uuid) not in dict(offered(world))


def offered(world: World) -> list[tuple[str, str]]:
    """Return the files that a step of the sent case offers."""
    return choices.files(world.sent)


def stands_against(world: World, upload: Upload) -> list[object]:
    """Return what stands against a step that names the file."""
    now = timezone.now()
    act = Act(step="supplement", actor=None, at=now, happened_on=now.date(), facts={"upload": str(upload.uuid)})
    return list(upload_known(world.sent, act))


def test_a_person_brings_so_much_a_day(world: World, visit: Visit, settings: object) -> None:
    settings.UPLOADS_A_DAY = 2  # type: ignore[attr-defined]
    client = visit("bianban1")
    bring(client, world, road.sheet(7))
    bring(client, world, road.sheet(8))
    sent = {"purpose": "OTHER", "clean_declared": "on", "key": uuid.uuid4()}
    url = reverse("case_uploads", args=[world.draft.uuid])
    answer = client.post(url, {**sent, "file": SimpleUploadedFile("三.pdf", road.sheet(9))})
    assert answer.status_code == 422 and "今天已上传2个文件" in answer.content.decode()
    Examination.objects.update(came_at=timezone.now() - timedelta(days=1))
    settings.UPLOAD_BYTES_A_DAY = 10  # type: ignore[attr-defined]
    answer = client.post(url, {**sent, "file": SimpleUploadedFile("三.pdf", road.sheet(9))})
    assert answer.status_code == 422 and "合计将超过" in answer.content.decode()
    settings.UPLOAD_BYTES_A_DAY = 10_000_000  # type: ignore[attr-defined]
    bring(client, world, road.sheet(9))


@pytest.mark.parametrize(
    ("code", "how", "said"),
    [(0, Standing.USABLE, "病毒已检（scan）"), (1, Standing.UNUSABLE, "含病毒"), (2, Standing.USABLE, "病毒未检")],
)
def test_a_scanner_that_is_there_is_asked(
    world: World, visit: Visit, settings: object, tmp_path: Path, code: int, how: str, said: str
) -> None:
    command = tmp_path / "scan"
    command.write_text(f'#!/bin/sh\n[ -s "$2" ] && exit {code}\nexit 9\n')
    command.chmod(0o700)
    settings.SCANNER = f"{command} --quiet"  # type: ignore[attr-defined]
    row = bring(visit("bianban1"), world, road.sheet(7))
    drain()
    row.refresh_from_db()
    assert row.standing == how and said in row.said


def test_what_nobody_waits_for_is_taken_away_after_a_day(world: World, visit: Visit) -> None:
    examining.tidy(at=timezone.now() + timedelta(days=2))  # what other tests left
    row = bring(visit("bianban1"), world, road.sheet(7))
    left = incoming.keep(chunks=[road.sheet(8)])
    assert examining.tidy(at=timezone.now()) == 0
    assert examining.tidy(at=timezone.now() + timedelta(days=2)) == 1
    assert not incoming.path_of(sha256=left.sha256).exists() and incoming.path_of(sha256=row.sha256).exists()


def test_a_file_that_is_lost_on_the_way_says_so(world: World, visit: Visit) -> None:
    row = bring(visit("bianban1"), world, road.sheet(7))
    incoming.path_of(sha256=row.sha256).write_bytes(b"other")
    try:
        drain()
    except JobFailed:
        pytest.fail("a lost file is told, not tried again")
    row.refresh_from_db()
    assert row.standing == Standing.UNUSABLE and "没有收全" in row.reason
