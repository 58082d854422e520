"""Numbers without gaps or reuse, and files that are kept once, whole, and never overwritten."""

import os
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from docs_templates import archive
from docs_templates.models import AllocatedNumber, NumberSeries, StoredObject
from docs_templates.numbers.register import AlreadyNumbered, allocate

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
WUHAI = "/wuhai/haibowan/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_archive(settings: object, tmp_path: Path) -> None:
    settings.ARCHIVE_ROOT = tmp_path / "archive"  # type: ignore[attr-defined]


def _next(word: str = "海编发", year: int = 2026, **more: object) -> AllocatedNumber:
    given: dict = {"territory": WUHAI, "subject": uuid.uuid4(), "purpose": "qingshi", "at": AT, **more}
    return allocate(word=word, year=year, **given)


def test_numbers_follow_each_other_within_word_year_and_territory() -> None:
    assert [_next().text for _ in range(3)] == ["海编发〔2026〕1号", "海编发〔2026〕2号", "海编发〔2026〕3号"]
    assert _next(year=2027).text == "海编发〔2027〕1号"
    assert _next(word="海编办发").text == "海编办发〔2026〕1号"
    assert _next(territory="/wuhai/wuda/").number == 1


def test_a_step_that_fails_gives_its_number_back_so_there_is_no_gap() -> None:
    assert _next().number == 1
    with pytest.raises(RuntimeError), transaction.atomic():
        assert _next().number == 2
        raise RuntimeError
    assert _next().number == 2


def test_one_paper_of_a_subject_has_one_number() -> None:
    case = uuid.uuid4()
    _next(subject=case)
    with pytest.raises(AlreadyNumbered):
        _next(subject=case)
    assert _next(subject=case, purpose="qingshi/2").number == 2


def test_a_number_cannot_be_given_twice_even_behind_the_back() -> None:
    first = _next()
    with pytest.raises(IntegrityError), transaction.atomic():
        AllocatedNumber.objects.create(
            series=first.series, number=1, text=first.text, subject_uuid=uuid.uuid4(), purpose="x", allocated_at=AT
        )


@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_inside_a_transaction_only() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        _next()
    assert not AllocatedNumber.objects.exists() and NumberSeries.objects.filter(last__gt=0).count() == 0


def test_a_file_is_kept_once_and_read_back_verified() -> None:
    first, second = (archive.store_bytes(data=b"paper", media_type="text/plain", at=AT) for _ in range(2))
    assert first == second and StoredObject.objects.count() == 1
    assert archive.read_object(sha256=first.sha256) == b"paper"


def test_a_kept_file_is_not_writable_and_no_stray_file_remains() -> None:
    stored = archive.store_bytes(data=b"paper", media_type="text/plain", at=AT)
    path = archive.object_path(sha256=stored.sha256)
    assert path.stat().st_mode & 0o777 == 0o440
    assert os.listdir(path.parent) == [path.name]


def test_a_damaged_file_is_never_handed_out_and_never_covered_up() -> None:
    stored = archive.store_bytes(data=b"paper", media_type="text/plain", at=AT)
    path = archive.object_path(sha256=stored.sha256)
    path.chmod(0o640)
    path.write_bytes(b"forged")
    with pytest.raises(archive.ObjectDamaged):
        archive.read_object(sha256=stored.sha256)
    with pytest.raises(archive.ObjectDamaged):
        archive.store_bytes(data=b"paper", media_type="text/plain", at=AT)
    assert path.read_bytes() == b"forged"


def test_what_is_not_there_is_said_to_be_missing() -> None:
    for digest in ("0" * 64, "../../etc/passwd", "", "Z" * 64):
        with pytest.raises(archive.ObjectMissing):
            archive.read_object(sha256=digest)


def test_a_rolled_back_step_leaves_no_row_but_may_leave_a_file() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        archive.store_bytes(data=b"paper", media_type="text/plain", at=AT)
        raise RuntimeError
    assert not StoredObject.objects.exists()
    assert archive.store_bytes(data=b"paper", media_type="text/plain", at=AT).size == 5


@given(data=st.binary(max_size=2000))
def test_every_file_comes_back_as_it_went_in(data: bytes) -> None:
    stored = archive.store_bytes(data=data, media_type="application/octet-stream", at=AT)
    assert archive.read_object(sha256=stored.sha256) == data


def test_the_way_to_a_file_that_was_there_already_is_flushed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever put it there may have been stopped before he flushed the folders: the row must not outlive the file."""
    stored = archive.store_bytes(data=b"kept", media_type="text/plain", at=AT)
    folder = archive.object_path(sha256=stored.sha256).parent
    flushed: list[Path] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        flushed.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    archive.store_bytes(data=b"kept", media_type="text/plain", at=AT)
    assert flushed[:3] == [folder, folder.parent, folder.parent.parent]
