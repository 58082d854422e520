"""Packages: built from a real case and its chain, the same bytes twice, checked by the verifier that travels inside."""

import hashlib
import io
import json
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from docs_templates import freezing
from docs_templates.archive import object_path, read_object, store_bytes
from docs_templates.models import Package
from docs_templates.package.building import VERIFIER, build_package
from proposals.models import Entry, Proposal, Upload
from proposals.procedure import chronicle
from proposals.procedure.act import Act, Actor
from tests.builders import Office, draft, found_office
from tests.papers import samples
from tests.papers.measuring import printed
from tests.papers.verapdf import verdicts
from tests.papers_bound.conftest import undone

Files = dict[str, bytes]
RECORD = "data/过程/chronicle.jsonl"


@dataclass(frozen=True)
class Built:
    """Both packages of one sealed case, with what the tests ask about them."""

    filing: Package
    filing_zip: bytes
    archive_zip: bytes
    again: Package
    anew: Package
    sealed_hash: str

    @property
    def files(self) -> Files:
        return _unzipped(self.filing_zip)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build once for all tests, in a transaction that leaves nothing behind."""
    archive = override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive"))
    with django_db_blocker.unblock(), archive, undone():
        return _build()


def _build() -> Built:
    case, sealed = _sealed()
    filing = build_package(case=case, kind=Package.Kind.FILING, sealed=sealed)
    kept = build_package(case=case, kind=Package.Kind.ARCHIVE, sealed=sealed)
    filing_zip, archive_zip = read_object(sha256=filing.sha256), read_object(sha256=kept.sha256)
    again = build_package(case=case, kind=Package.Kind.FILING, sealed=sealed)
    Package.objects.all().delete()
    object_path(sha256=filing.sha256).unlink()
    anew = build_package(case=case, kind=Package.Kind.FILING, sealed=sealed)
    return Built(filing, filing_zip, archive_zip, again, anew, sealed.hash)


def _unzipped(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}


def _step(office: Office, case: Proposal, step: str, *, slugs: tuple[str, ...] = (), **facts: object) -> Entry:
    """Write one entry as the one door would, freezing the named papers with their sample facts."""
    at = office.tick()
    act = Act(step=step, actor=Actor.of(office.people["bianban1"]), at=at, happened_on=at.date(), facts=facts)
    frozen = {
        slug: freezing.freeze(
            slug=slug, facts=samples.facts(slug=slug), subject_kind="case", subject_uuid=case.uuid, step=step, at=at
        ).digest
        for slug in slugs
    }
    entry = chronicle.write(
        subject=case, act=act, key=uuid.uuid4(), from_state=case.state, to_state=case.state, request="0" * 64,
        frozen={"papers": frozen} if frozen else {},
    )  # fmt: skip
    case.save()
    return entry


def _upload(office: Office, case: Proposal, purpose: str, name: str) -> None:
    stored = store_bytes(data=printed("fuhan").pdf, media_type="application/pdf", at=office.now)
    Upload.objects.create(
        territory=case.territory, proposal=case, purpose=purpose, name=name, sha256=stored.sha256, size=stored.size,
        media_type=stored.media_type, pages=1, declared_clean=True, uploaded_by=office.people["bianban1"],
        uploaded_at=office.now,
    )  # fmt: skip


def _sealed() -> tuple[Proposal, Entry]:
    """Carry a case with papers and uploads up to the entry that seals its package."""
    office = found_office()
    case = draft(office, "STAFF_TRANSFER", [], title="关于核定领导职数的动议")
    case.number = samples.CASE
    office.now = office.now.replace(year=2026, month=11, day=21)
    _step(office, case, "accept", opinion="材料齐全")
    _step(office, case, "finish_argument", slugs=("lunzheng",), conclusion="可行\U0001f600")
    _step(office, case, "sign_minutes", slugs=("jielu",))
    _step(office, case, "allot_number", slugs=("qingshi", "shenpi"))
    _upload(office, case, Upload.Purpose.OTHER, "文件😀.pdf")
    _upload(office, case, Upload.Purpose.UNIT_REQUEST, "请示.pdf")
    _upload(office, case, Upload.Purpose.UNIT_REQUEST, "补充.pdf")
    return case, _step(office, case, "seal_package")


def _verify(target: Path) -> tuple[int, str]:
    told = subprocess.run([sys.executable, "-I", str(VERIFIER), str(target)], capture_output=True, check=False)
    assert not told.stderr
    return told.returncode, told.stdout.decode()


def _zipped(files: Files, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"包/{name}", data)
    return target


def test_a_filing_package_holds_the_list_first_and_no_archive_cover(built: Built) -> None:
    package, files = built.filing, built.files
    assert {name for name in files if name.startswith("data/正文")} == {
        "data/正文/00-报送材料目录.pdf", "data/正文/01-请示.pdf", "data/正文/02-机构编制事项审批表.pdf",
        "data/正文/03-论证报告.pdf", "data/正文/04-会议纪要（节录）.pdf", "data/正文/12-办理记录.pdf",
        "data/正文/12-四性检测报告.pdf",
    }  # fmt: skip
    assert {"data/附件/06-单位请示.pdf", "data/附件/06-单位请示-2.pdf", "data/附件/11-其他说明或佐证材料.pdf"} <= set(
        files
    )
    assert package.file_name == "海编动〔2026〕17号-报送包-第1次.zip"
    assert {check["code"]: check["result"] for check in package.checks}["T1"] == "通过"
    assert not [check for check in package.checks if check["result"] == "不通过"]


def test_an_archive_package_has_cover_list_and_note_sheet(built: Built) -> None:
    files = _unzipped(built.archive_zip)
    assert {"data/正文/00-封面.pdf", "data/正文/00-归档文件目录.pdf", "data/正文/13-备考表.pdf"} <= set(files)


def test_the_papers_made_with_a_package_are_pdf_a_too(built: Built, tmp_path: Path) -> None:
    files = _unzipped(built.archive_zip)
    pdfs = []
    for name, data in files.items():
        if name.startswith(("data/正文/00", "data/正文/12", "data/正文/13")):
            pdfs.append(tmp_path / Path(name).name)
            pdfs[-1].write_bytes(data)
    assert set(verdicts(flavour="2a", pdfs=pdfs).values()) == {"ok"}


def test_building_twice_gives_one_package_and_building_anew_the_same_bytes(built: Built) -> None:
    assert built.again.uuid == built.filing.uuid
    assert built.anew.uuid != built.filing.uuid and built.anew.sha256 == built.filing.sha256


def test_the_verifier_inside_accepts_the_zip_and_the_unpacked_folder(built: Built, tmp_path: Path) -> None:
    (target := tmp_path / "package.zip").write_bytes(built.filing_zip)
    code, said = _verify(target)
    assert code == 0 and said.endswith("办理记录5条\n结论：核验通过\n")
    told = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=_extracted(built, tmp_path), capture_output=True, check=False
    )
    assert told.returncode == 0, told.stdout.decode()


def _extracted(built: Built, into: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(built.filing_zip)) as archive:
        archive.extractall(into / "bag")
    (folder,) = (into / "bag").iterdir()
    return folder


def test_the_chronicle_ends_with_the_entry_that_seals(built: Built) -> None:
    files = built.files
    lines = [json.loads(line) for line in files[RECORD].decode().splitlines()]
    assert [line["seq"] for line in lines] == [1, 2, 3, 4, 5]
    assert lines[-1]["hash"] == built.sealed_hash == json.loads(files["data/metadata.json"])["sealed_entry"]


def test_the_manifests_agree_with_the_common_tools(built: Built, tmp_path: Path) -> None:
    folder = _extracted(built, tmp_path)
    for tool, manifest in (("sha256sum", "manifest-sha256.txt"), ("sha512sum", "manifest-sha512.txt")):
        assert subprocess.run([tool, "--quiet", "-c", manifest], cwd=folder, check=False).returncode == 0


def _relisted(files: Files) -> Files:
    """Write all manifests anew, as somebody would who covers his tracks."""
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    files = dict(files)
    for name, algorithm in (("sha256",) * 2, ("sha512",) * 2, ("sm3",) * 2):
        rows = (f"{hashlib.new(algorithm, payload[path]).hexdigest()}  {path}\n" for path in sorted(payload))
        files[f"manifest-{name}.txt"] = "".join(rows).encode()
    size = sum(map(len, payload.values()))
    info = [line for line in files["bag-info.txt"].decode().splitlines() if not line.startswith("Payload-Oxum")]
    files["bag-info.txt"] = "\n".join([*info, f"Payload-Oxum: {size}.{len(payload)}"]).encode()
    tags = {path: data for path, data in files.items() if "/" not in path and not path.startswith("tagmanifest")}
    rows = (f"{hashlib.sha256(tags[path]).hexdigest()}  {path}\n" for path in sorted(tags))
    files["tagmanifest-sha256.txt"] = "".join(rows).encode()
    return files


def _edited(name: str, old: bytes, new: bytes) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        assert old in files[name]
        return {**files, name: files[name].replace(old, new, 1)}

    return change


def _without(name: str) -> Callable[[Files], Files]:
    return lambda files: {path: data for path, data in files.items() if path != name}


def _with(name: str) -> Callable[[Files], Files]:
    return lambda files: {**files, name: b"x"}


def _without_line(number: int) -> Callable[[Files], Files]:
    def change(files: Files) -> Files:
        lines = files[RECORD].splitlines(keepends=True)
        return {**files, RECORD: b"".join(lines[:number] + lines[number + 1 :])}

    return change


PAPER, FACTS, ANNEX = "data/正文/01-请示.pdf", "data/数据/01-qingshi-v1.json", "data/附件/11-其他说明或佐证材料.pdf"
PLAIN = (
    _edited(PAPER, b"%PDF", b"%PDf"), _without(PAPER), _without(ANNEX), _with("data/附件/新增.pdf"), _with("新增.txt"),
    _without("manifest-sha512.txt"), _edited("README.txt", b"BagIt", b"Bagit"),
    _edited("verify.py", b"import", b"imp0rt"),
    _edited("bag-info.txt", b"Payload-Oxum: ", b"Payload-Oxum: 1"), _edited(FACTS, "王".encode(), "李".encode()),
)  # fmt: skip
COVERED = (
    _edited(RECORD, "材料齐全".encode(), "材料不全".encode()), _without_line(0), _without_line(2), _without_line(4),
    _edited(RECORD, b'"seq":2', b'"seq":3'), _edited(FACTS, "王".encode(), "李".encode()),
    _edited(PAPER, b"%PDF", b"%PDf"), _without(PAPER), _without(ANNEX), _with("data/附件/新增.pdf"), _without(RECORD),
    _edited("data/metadata.json", b'"sealed_entry": "', b'"sealed_entry": "0'), _without("data/metadata.json"),
)  # fmt: skip


def test_every_change_of_a_package_is_rejected(built: Built, tmp_path: Path) -> None:
    files = built.files
    assert _verify(_zipped(files, tmp_path / "same.zip"))[0] == 0
    assert _verify(_zipped(_relisted(files), tmp_path / "relisted.zip"))[0] == 0
    for number, change in enumerate(PLAIN):
        assert _verify(_zipped(change(files), tmp_path / f"plain{number}.zip"))[0] == 1, number
    for number, change in enumerate(COVERED):
        code, said = _verify(_zipped(_relisted(change(files)), tmp_path / f"covered{number}.zip"))
        assert code == 1 and "核验不通过" in said, (number, said)


def test_what_is_no_package_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip")
    assert _verify(tmp_path / "x.zip")[0] == 2
    assert _verify(tmp_path / "nowhere")[0] == 2
    assert "不安全的路径" in _verify(_zipped({"../evil": b"x", "bagit.txt": b""}, tmp_path / "evil.zip"))[1]


def test_the_verifier_needs_the_standard_library_only() -> None:
    source = VERIFIER.read_text("utf-8")
    imported = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= set(sys.stdlib_module_names)
