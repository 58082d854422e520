"""What the worker made: papers printed once, packages that verify by themselves, scans that must fit."""

import io
import subprocess
import sys
import zipfile

import pikepdf
import pytest

from docs_templates.archive import object_path, read_object
from docs_templates.models import FrozenPaper, Package
from docs_templates.render import DrawingFailed
from docs_templates.verify import verify as verifier
from proposals.models import Entry, Person
from tests.papers_bound import road
from tests.papers_bound.road import packed_case as build  # noqa: F401
from workflows.attempt import Refused
from workflows.jobs import papers
from workflows.jobs.worker import drain

pytestmark = pytest.mark.full_press


def entry_of(case, step):
    return Entry.objects.filter(subject_id=case.uuid, step=step).order_by("seq").last()


def test_a_job_delivered_twice_has_one_effect(world):
    case = world.case
    seal = entry_of(case, "seal_package")
    entries, objects = Entry.objects.count(), sorted(FrozenPaper.objects.values_list("rendered_sha256", flat=True))
    first = papers.finish_papers.func(str(case.uuid), seal.seq)
    again = papers.finish_papers.func(str(case.uuid), seal.seq)
    assert first == again and first["printed"] == 0
    assert Entry.objects.count() == entries and len(road.now(case).packages) == 1
    assert sorted(FrozenPaper.objects.values_list("rendered_sha256", flat=True)) == objects


def test_the_package_verifies_by_itself_and_fails_when_a_byte_changes(world, tmp_path):
    case = world.case
    package = Package.objects.get(subject_uuid=case.uuid)
    path = tmp_path / "package.zip"
    path.write_bytes(read_object(sha256=package.sha256))
    command = [sys.executable, "-I", verifier.__file__, str(path)]
    good = subprocess.run(command, capture_output=True, text=True, check=False)
    assert good.returncode == 0 and "核验通过" in good.stdout
    with zipfile.ZipFile(path) as bag:
        assert any(name.endswith("01-备案报告.pdf") for name in bag.namelist())
    path.write_bytes(path.read_bytes().replace(b'"accept"', b'"axcept"'))
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_the_system_enters_the_package_and_can_never_sign_in(world):
    case = world.case
    entry = entry_of(case, "record_package")
    assert entry.actor == Person.objects.get(username="system") and not entry.actor.is_active
    assert papers.system_person() == entry.actor


def test_a_paper_that_cannot_be_printed_is_shown_on_its_case_and_made_anew(world, monkeypatch):
    office, case = world.office, world.case
    drain()
    FrozenPaper.objects.filter(subject_uuid=case.uuid, slug="beian").update(rendered_sha256="", pages=None)
    allotted = entry_of(case, "allot_number")

    def broken(**_):
        raise DrawingFailed("字体文件损坏")

    with monkeypatch.context() as failing:
        failing.setattr("docs_templates.freezing.print_frozen", broken)
        with pytest.raises(DrawingFailed):
            papers.finish_papers.func(str(case.uuid), allotted.seq)
    shown = FrozenPaper.objects.get(subject_uuid=case.uuid, rendered_sha256="")
    assert shown.slug == "beian" and "字体文件损坏" in shown.fault
    office.take(case, "reissue_paper", "zhuren", paper="beian", reason="字体修复后重新制作")
    drain()
    newest = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug="beian").last()
    assert newest.version == 2 and newest.rendered_sha256 and "重新制作" in newest.facts
    papers.finish_papers.func(str(case.uuid), allotted.seq)
    assert not FrozenPaper.objects.filter(subject_uuid=case.uuid).exclude(fault="").exists()


def test_the_signed_scan_must_be_the_printed_paper_page_by_page(world):
    office, case = world.office, world.case
    drain()
    paper = FrozenPaper.objects.get(subject_uuid=case.uuid, slug="beian")
    other = FrozenPaper.objects.get(subject_uuid=case.uuid, slug="lunzheng")
    short = attach(office, case, pages_of(paper, leave_out=2))
    with pytest.raises(Refused, match="缺少第2页"):
        office.take(case, "attach_signed_scan", "bianban1", paper="beian", upload=str(short.uuid))
    foreign = attach(office, case, pages_of(other))
    with pytest.raises(Refused, match="不是本件的页"):
        office.take(case, "attach_signed_scan", "bianban1", paper="beian", upload=str(foreign.uuid))
    right = attach(office, case, pages_of(paper))
    office.take(case, "attach_signed_scan", "bianban1", paper="beian", upload=str(right.uuid))
    paper.refresh_from_db()
    assert paper.scan_sha256 == right.sha256 == road.now(case).scans["beian"]["sha256"]


def attach(office, case, data):
    return road.upload(office, case, data=data, purpose="SIGNED_SCAN", name="签章件.pdf")


def pages_of(paper, leave_out=0):
    """Return the printed pages as a scanner would give them back, one of them perhaps missing."""
    with pikepdf.open(object_path(sha256=paper.rendered_sha256)) as pdf, pikepdf.new() as scan:
        for number, page in enumerate(pdf.pages, start=1):
            if number != leave_out:
                scan.pages.append(page)
        target = io.BytesIO()
        scan.save(target)
    return target.getvalue()
