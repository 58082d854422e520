"""What may come in: files by their content, nothing active, nothing encrypted, nothing marked secret."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from docs_templates.archive import read_object
from docs_templates.uploads import Received, UploadRefused, receive
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
