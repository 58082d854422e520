"""The city's side: what was filed is on one list with its district's headroom, to be read, answered and downloaded."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from docs_templates.archive import read_object
from docs_templates.models import FrozenPaper, Package
from proposals.models import Proposal
from tests.papers_bound import road
from tests.web.conftest import Visit, undone
from workflows.jobs.worker import drain


@pytest.fixture(scope="module")
def carried(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Proposal]:
    """Carry one case to the city once for the module."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        chamber = road.opened()
        office = chamber.office
        case = road.scheduled(office, road.argued(office, road.drafted(office, "a"), "2026-17"))
        road.decided(chamber, case)
        case = road.sealed(office, road.dispatched(office, road.now(case)))
        drain()
        yield road.filed(office, case)


@pytest.fixture
def filed(carried: Proposal, django_db_blocker) -> Iterator[Proposal]:
    """Lend the filed case to one test."""
    with django_db_blocker.unblock(), undone():
        yield carried


def test_the_city_sees_what_was_filed_with_days_and_headroom(filed: Proposal, visit: Visit) -> None:
    shown = visit("shishenhe").get(reverse("city_list"), {"stage": "open"}).content.decode()
    assert filed.title in shown and "海勃湾区" in shown and "限额余量" in shown and "事业编制（全额拨款）" in shown


def test_the_city_reads_the_case_but_changes_nothing_of_it(filed: Proposal, visit: Visit) -> None:
    client = visit("shishenhe")
    assert client.get(reverse("case", args=[filed.uuid])).status_code == 200
    for name in ("case_facts", "case_lines", "case_uploads"):
        assert client.get(reverse(name, args=[filed.uuid])).status_code == 403


def test_the_city_grants_a_number_for_every_line(filed: Proposal, visit: Visit) -> None:
    client, line = visit("shishenhe"), filed.lines.first()
    form = client.get(reverse("case_step", args=[filed.uuid, "city_approve"])).content.decode()
    assert form.count('name="granted-') == filed.lines.count()
    typed = {"key": str(uuid.uuid4()), "seen": Proposal.objects.get(pk=filed.pk).concern, "number": "乌编发〔2026〕3号"}
    too_much = {**typed, f"granted-{line.uuid}": line.amount + 1}
    assert client.post(reverse("case_step", args=[filed.uuid, "city_approve"]), too_much).status_code == 422


def test_a_return_names_the_checks_that_failed(filed: Proposal, visit: Visit) -> None:
    typed = {"key": str(uuid.uuid4()), "seen": Proposal.objects.get(pk=filed.pk).concern,
             "checks": ["form", "complete"], "reason": "缺少附件二"}  # fmt: skip
    answer = visit("shishenhe").post(reverse("case_step", args=[filed.uuid, "city_return"]), typed)
    assert answer.status_code == 302
    shown = visit("bianban1").get(reverse("case", args=[filed.uuid]), {"tab": "record"}).content.decode()
    assert "公文规范、要件齐全" in shown and "缺少附件二" in shown


def test_the_package_and_its_checks_are_handed_to_those_who_may_read(filed: Proposal, visit: Visit) -> None:
    package = Package.objects.get(subject_uuid=filed.uuid)
    for username in ("shishenhe", "bianban2"):
        answer = visit(username).get(reverse("package", args=[package.uuid]))
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert visit("danwei").get(reverse("package", args=[package.uuid])).status_code == 404
    shown = visit("bianban1").get(reverse("case", args=[filed.uuid]), {"tab": "papers"}).content.decode()
    assert "四性检测" in shown and package.sha256 in shown and "不通过" not in shown


def test_papers_are_handed_out_as_pdf_by_their_case(filed: Proposal, visit: Visit) -> None:
    paper = FrozenPaper.objects.exclude(rendered_sha256="").filter(subject_uuid=filed.uuid).first()
    assert visit("shishenhe").get(reverse("paper", args=[paper.uuid])).content.startswith(b"%PDF")
    assert visit("danwei").get(reverse("paper", args=[paper.uuid])).status_code == 404


def test_one_reply_on_paper_answers_the_case_after_a_second_person(filed: Proposal, visit: Visit) -> None:
    client, prefix = visit("bianban1"), f"{filed.uuid}-"
    scan = next(iter(filed.uploads.values_list("sha256", flat=True)))
    typed = {
        "key": str(uuid.uuid4()), "on_behalf_of": "市委编办", "number": "乌编发〔2026〕3号",
        "happened_on": filed.filed_on.isoformat(), "evidence": scan, f"{prefix}result": "city_record",
    }  # fmt: skip
    assert client.post(reverse("city_reply_on_paper"), {**typed, f"{prefix}result": ""}).status_code == 422
    assert client.post(reverse("city_reply_on_paper"), typed).status_code == 302
    again = client.post(reverse("city_reply_on_paper"), {**typed, "key": str(uuid.uuid4())})
    assert again.status_code == 422 and "已经登记过" in again.content.decode()


def attach(client: Client, case: Proposal, name: str, data: bytes) -> HttpResponse:
    """Send a file as the signed and sealed scan of the report to the city."""
    typed = {"key": str(uuid.uuid4()), "seen": Proposal.objects.get(pk=case.pk).concern, "paper": "beian",
             "upload_file": SimpleUploadedFile(name, data), "upload_clean": "on"}  # fmt: skip
    return client.post(reverse("case_step", args=[case.uuid, "attach_signed_scan"]), typed)


def test_a_scan_of_something_else_is_refused_and_the_right_one_is_kept(filed: Proposal, visit: Visit) -> None:
    client = visit("bianban1")
    wrong = attach(client, filed, "扫描件.pdf", road.sheet(3))
    shown = wrong.content.decode()
    assert wrong.status_code == 422 and "没有识别到页脚标识" in shown and "缺少第" in shown
    assert '<option value="beian" selected' in shown and "签章件扫描：扫描件.pdf" in shown
    paper = FrozenPaper.objects.get(subject_uuid=filed.uuid, slug="beian")
    assert attach(client, filed, "签章件.pdf", read_object(sha256=paper.rendered_sha256)).status_code == 302
    shown = client.get(reverse("case", args=[filed.uuid]), {"tab": "papers"}).content.decode()
    assert "签章扫描件" in shown
