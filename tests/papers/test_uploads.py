"""What may come in: files by their content, nothing active, nothing encrypted, nothing marked secret."""

import io
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadhandler import StopUpload
from PIL import Image

from docs_templates.archive import read_object
from docs_templates.received import uploads
from docs_templates.received.uploads import Received, UploadRefused, receive
from project.web.intake.upload_limit import WithinLimit
from project.web.pages.case.files import outgoing
from tests.papers.measuring import drawn_body, printed

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_archive(settings: object, tmp_path: Path) -> None:
    settings.ARCHIVE_ROOT = tmp_path / "archive"  # type: ignore[attr-defined]


def _receive(data: bytes) -> Received:
    return receive(data=data, at=AT)


def _refused(data: bytes) -> str:
    with pytest.raises(UploadRefused) as refusal:
        _receive(data)
    return str(refusal.value)


def _changed(change: Callable[[pikepdf.Pdf], None], **save: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed("fuhan").pdf)) as pdf:
        change(pdf)
        pdf.save(target, **save)
    return target.getvalue()


def _zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in files.items():
            container.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return target.getvalue()


def _picture(kind: str) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(target, kind)
    return target.getvalue()


@pytest.mark.django_db
def test_a_pdf_comes_in_with_its_pages_counted() -> None:
    data = printed("qingshi").pdf
    received = _receive(data)
    assert (received.media_type, received.pages, received.size) == ("application/pdf", 4, len(data))
    assert read_object(sha256=received.sha256) == data


@pytest.mark.django_db
def test_the_kind_is_read_from_the_content() -> None:
    assert _receive(_picture("PNG")).media_type == "image/png"
    assert _receive(_picture("JPEG")).media_type == "image/jpeg"
    assert _receive(_zipped(word__document_dot_xml=b"<w/>")).media_type.endswith("wordprocessingml.document")
    assert _receive(_zipped(OFD_dot_xml=b"<ofd/>")).media_type == "application/ofd"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90\x00", "不在允许范围"),
        (b"<html><script>", "不在允许范围"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧版Office格式或已加密"),
        (b"PK\x03\x04 broken", "已损坏"),
        (b"%PDF-1.7 nothing", "打不开"),
        (b"\x89PNG\r\n\x1a\n nothing", "打不开"),
    ],
)
def test_other_files_are_refused_with_what_to_do(data: bytes, said: str) -> None:
    assert said in _refused(data)


def test_a_plain_archive_and_a_document_with_macros_are_refused() -> None:
    assert "不接受压缩包" in _refused(_zipped(a_dot_txt=b"x"))
    assert "宏" in _refused(_zipped(word__document_dot_xml=b"<w/>", word__vbaProject_dot_bin=b"x"))


@pytest.mark.parametrize("letters", ["utf-8", "utf-16-le", "utf-16-be"])
def test_markup_that_brings_its_own_definitions_is_refused(letters: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    data = _zipped(xl__workbook_dot_xml=b"<workbook/>", xl__sharedStrings_dot_xml=b" " * 2**20 + bomb.encode(letters))
    assert "文件结构异常" in _refused(data)


def test_a_file_over_the_limit_is_refused(settings: object) -> None:
    settings.UPLOAD_LIMIT = 1024  # type: ignore[attr-defined]
    assert "超过" in _refused(b"%PDF-1.7" + b"x" * 2000)


def _with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _with_launch(pdf: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"),
    )  # fmt: skip
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([link]))


def _with_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["x.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="x.exe")


@pytest.mark.parametrize("change", [_with_script, _with_launch, _with_file])
def test_active_content_is_refused(change: Callable[[pikepdf.Pdf], None]) -> None:
    assert "可自动执行的内容" in _refused(_changed(change))


@pytest.mark.parametrize("user", ["secret", ""])
def test_encrypted_files_are_refused_with_or_without_a_password(user: str) -> None:
    data = _changed(lambda pdf: None, encryption=pikepdf.Encryption(owner="o", user=user))
    assert "已加密" in _refused(data)


@pytest.mark.parametrize("mark", ["秘密★5年", "机密★", "绝密 ★ 长期"])
def test_a_secret_mark_on_the_first_pages_is_refused(mark: str) -> None:
    level = mark[:2]
    assert f"标有“{level}”标志" in _refused(drawn_body(f"<p>{mark}</p><p>关于某事项的请示</p>"))


@pytest.mark.django_db
def test_the_declaration_that_nothing_is_secret_is_no_secret_mark() -> None:
    assert _receive(drawn_body("<p>本材料不含国家秘密。</p>")).pages == 1


def test_a_file_that_would_unpack_to_gigabytes_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("word/document.xml", b"\0" * (320 << 20))
    assert "解压后过大" in _refused(target.getvalue())


def _nested(deep: int, times: int) -> bytes:
    """Return a PDF of a few lines whose forms draw forms, over and over."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        inner = None
        for _ in range(deep):
            drawn = b"(x) Tj" if inner is None else b"/A#42 Do " * times
            form = pdf.make_stream(drawn, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
            if inner is not None:
                form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(AB=inner))
            inner = form
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(AB=inner))
        pdf.pages[0].Contents = pdf.make_stream(b"/AB Do")
        target = io.BytesIO()
        pdf.save(target)
        return target.getvalue()


def test_a_small_file_whose_forms_draw_forms_without_end_is_refused_unread() -> None:
    data = _nested(12, 10)
    assert len(data) < 3000
    assert "文件结构异常" in _refused(data)


@pytest.mark.django_db
def test_forms_within_forms_as_programs_write_them_come_in() -> None:
    assert _receive(_nested(4, 3)).pages == 1


@pytest.mark.parametrize("ended", [signal.SIGXCPU, signal.SIGPROF, signal.SIGKILL])
def test_a_file_that_takes_too_long_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, ended: int) -> None:
    def overtaken(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(-ended, command)

    monkeypatch.setattr(uploads.subprocess, "run", overtaken)
    assert "检查超时" in _refused(_picture("PNG"))


def test_a_page_that_never_ends_takes_its_own_process_down(tmp_path: Path) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(_nested(12, 10))
    command = [sys.executable, "-I", "-c", _WITH_LESS_TIME, str(uploads.TRIAGE), str(file)]
    assert subprocess.run(command, timeout=60, capture_output=True).returncode == -signal.SIGPROF


_WITH_LESS_TIME = """
import runpy, sys
looked = runpy.run_path(sys.argv[1])
looked["codes"].__globals__["SECONDS_A_PAGE"] = 1
looked["codes"](sys.argv[2], "pdf")
"""


def test_files_are_looked_into_two_at_a_time_and_the_next_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PATIENCE_IN_LINE", 0.01)
    for _ in range(2):
        assert uploads.PLACES.acquire(blocking=False)
    try:
        assert "正在检查其他文件" in _refused(_picture("PNG"))
    finally:
        for _ in range(2):
            uploads.PLACES.release()


def test_a_container_with_an_endless_list_of_parts_is_refused_before_it_is_read() -> None:
    data = bytearray(_zipped(word__document_dot_xml=b"<w/>"))
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (3 << 20).to_bytes(4, "little")
    assert "文件结构异常" in _refused(bytes(data))


@pytest.mark.parametrize(
    ("name", "kind", "given"),
    [
        ("\u202efdp.exe", "application/pdf", "fdp.exe.pdf"),
        ("会议纪要.PDF", "application/pdf", "会议纪要.PDF"),
        ("照片.jpg", "image/jpeg", "照片.jpg"),
        ("照片.png", "image/jpeg", "照片.png.jpeg"),
        ("a\r\nSet-Cookie: x.pdf", "application/pdf", "aSet-Cookie: x.pdf"),
        (" . ", "application/pdf", "材料.pdf"),
        ("", "application/ofd", "材料.ofd"),
    ],
)
def test_a_file_leaves_under_a_name_that_says_what_it_is(name: str, kind: str, given: str) -> None:
    assert outgoing(name, media_type=kind) == given


def test_a_file_is_taken_in_as_far_as_it_is_allowed_and_no_further(settings: object) -> None:
    settings.UPLOAD_LIMIT = 100  # type: ignore[attr-defined]
    reader = WithinLimit()
    kept = [reader.receive_data_chunk(b"x" * 60, start) for start in (0, 60, 120, 180)]
    assert [one is None for one in kept] == [False, False, True, True]
    with pytest.raises(StopUpload):
        for start in range(240, 600, 60):
            reader.receive_data_chunk(b"x" * 60, start)
