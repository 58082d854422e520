"""Scans of signed paper compared with what was printed, as pictures: rotated, noisy, with a page missing or foreign."""

import io
import random
import uuid
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from unittest import mock

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from docs_templates import freezing
from docs_templates.models import FrozenPaper
from docs_templates.received import incoming, uploads
from docs_templates.received.signed_scans import scan_complaints
from docs_templates.received.uploads import UploadRefused
from proposals.models import Person
from tests import looked_into
from tests.papers import samples
from workflows.jobs import examining
from workflows.jobs.worker import drain
from workflows.papers import scans

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DOTS = 200
printed_once = cache(freezing.print_frozen)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_archive(settings: object, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ARCHIVE_ROOT = tmp_path / "archive"  # type: ignore[attr-defined, operator]
    monkeypatch.setattr(freezing, "print_frozen", printed_once)


@pytest.fixture
def office_clerk() -> Person:
    """Somebody who brings files."""
    return Person.objects.create(username="clerk", name="经办", post="科员")


def _frozen(slug: str = "qingshi", **changed: object) -> FrozenPaper:
    paper = freezing.freeze(
        slug=slug, facts=replace(samples.facts(slug=slug), **changed), subject_kind="case", subject_uuid=uuid.uuid4(),
        step="allot_number", at=AT,
    )  # fmt: skip
    freezing.print_paper(paper=paper, at=AT)
    return paper


def _sheets(paper: FrozenPaper) -> list[Image.Image]:
    with pypdfium2.PdfDocument(freezing.printed_bytes(paper=paper, at=AT)) as document:
        return [page.render(scale=DOTS / 72).to_pil().convert("L") for page in document]


def _scanned(sheets: list[Image.Image], *, seed: int = 1) -> bytes:
    """Make a scan as an office makes it."""
    first, *others = (_dirtied(sheet.size, sheet.tobytes(), seed) for sheet in sheets)
    target = io.BytesIO()
    first.save(target, "PDF", save_all=True, append_images=others, resolution=DOTS)
    return target.getvalue()


@cache
def _dirtied(size: tuple[int, int], grey: bytes, seed: int) -> Image.Image:
    """Scan one sheet: a degree off, grey paper, dust, a red seal, strong JPEG; each sheet and seed otherwise."""
    sheet, chance = Image.frombytes("L", size, grey), random.Random(zlib.crc32(grey) + seed)
    picture = sheet.rotate(chance.uniform(-1.5, 1.5), fillcolor=235, resample=Image.Resampling.BICUBIC)
    picture = picture.point(lambda value: 20 + value * 215 // 255).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for _ in range(800):
        x, y = chance.randrange(picture.width), chance.randrange(picture.height)
        pen.ellipse((x, y, x + 2, y + 2), fill=(90, 90, 90))
    pen.ellipse((900, 1100, 1230, 1430), outline=(200, 30, 30), width=12)
    squeezed = io.BytesIO()
    picture.save(squeezed, "JPEG", quality=55)
    return Image.open(squeezed)


def test_a_step_compares_what_the_worker_read_and_opens_no_scan(office_clerk: Person) -> None:
    paper, scan = _frozen(), freezing.printed_bytes(paper=_frozen("fuhan"), at=AT)
    kept = incoming.keep(chunks=[scan])
    with looked_into.later():
        examining.begin(kept=kept, person=office_clerk, at=AT)
        examining.want_codes(sha256=kept.sha256)
    assert [one.code for one in scans.unlike(paper=paper, scan=kept.sha256)] == ["SCAN_WAITS"]
    drain()
    with mock.patch.object(uploads, "_looked", side_effect=AssertionError("opened in a step")):
        assert {one.code for one in scans.unlike(paper=paper, scan=kept.sha256)} == {"SCAN_DIFFERS"}
        own = FrozenPaper.objects.get(slug="fuhan")
        assert list(scans.unlike(paper=own, scan=kept.sha256)) == []


def test_a_scan_whose_codes_take_too_long_says_so_and_may_be_tried_again(office_clerk: Person) -> None:
    paper, scan = _frozen(), freezing.printed_bytes(paper=_frozen("fuhan"), at=AT)
    kept = incoming.keep(chunks=[scan])
    examining.begin(kept=kept, person=office_clerk, at=AT)
    with mock.patch.object(examining, "codes_in", side_effect=UploadRefused("文件检查超时。")):
        examining.want_codes(sha256=kept.sha256)
    assert [one.message for one in scans.unlike(paper=paper, scan=kept.sha256)] == ["文件检查超时。"]
    examining.want_codes(sha256=kept.sha256)
    assert list(scans.unlike(paper=FrozenPaper.objects.get(slug="fuhan"), scan=kept.sha256)) == []


def test_the_right_scan_fits_although_it_is_crooked_and_dirty() -> None:
    paper = _frozen()
    for seed in range(3):
        assert scan_complaints(paper=paper, scan=_scanned(_sheets(paper), seed=seed)) == ()


def test_scenario_9_a_missing_page_is_named_by_its_number() -> None:
    paper = _frozen()
    sheets = _sheets(paper)
    (complaint,) = scan_complaints(paper=paper, scan=_scanned(sheets[:2] + sheets[3:]))
    assert complaint == "缺少第3页（原件共4页，扫描件3页）。"


def test_scenario_9_a_page_of_another_case_is_refused_and_named() -> None:
    paper, other = _frozen(), _frozen(slug="beian", case_number="海编动〔2026〕18号")
    sheets = _sheets(paper)
    complaints = scan_complaints(paper=paper, scan=_scanned([*sheets[:1], _sheets(other)[1], *sheets[2:]]))
    assert complaints == (
        "扫描件第2页不是本件的页：是海编动〔2026〕18号《备案报告》第2页。",
        "缺少第2页（原件共4页，扫描件4页）。",
    )


def test_a_page_of_an_earlier_version_is_refused() -> None:
    paper = _frozen()
    newer = freezing.freeze(
        slug="qingshi", facts=replace(samples.facts(slug="qingshi"), signer="李玥"), subject_kind="case",
        subject_uuid=paper.subject_uuid, step="reissue_paper", at=AT,
    )  # fmt: skip
    freezing.print_paper(paper=newer, at=AT)
    complaints = scan_complaints(paper=newer, scan=_scanned(_sheets(paper)))
    assert complaints[0] == "扫描件第1页不是本件的页：是本事项《请示》第1版第1页。"


def test_doubled_and_disordered_pages_are_refused() -> None:
    paper = _frozen()
    one, two, three, four = _sheets(paper)
    assert scan_complaints(paper=paper, scan=_scanned([one, two, two, three, four])) == ("第2页重复。",)
    assert "页序不对" in scan_complaints(paper=paper, scan=_scanned([one, three, two, four]))[0]


def test_a_page_without_a_code_is_refused() -> None:
    paper = _frozen()
    blank = Image.new("L", (1654, 2339), 250)
    complaints = scan_complaints(paper=paper, scan=_scanned([*_sheets(paper), blank]))
    assert complaints[0].startswith("扫描件第5页没有识别到页脚标识")


def test_the_untouched_pdf_itself_fits() -> None:
    paper = _frozen("shenpi")
    assert scan_complaints(paper=paper, scan=freezing.printed_bytes(paper=paper, at=AT)) == ()
