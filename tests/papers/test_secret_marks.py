"""Secret marks of today and of 1999 are found in every kind of file, on every page; talk of secrets is none."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from PIL import Image

from docs_templates.received.secret_marks import Text, level_of
from docs_templates.received.uploads import UploadRefused, receive
from tests.papers.measuring import drawn_body

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LATER = "<p style='break-before: page'>{}</p><p>关于某事项的请示</p>"


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path: Path) -> None:
    settings.ARCHIVE_ROOT = tmp_path / "archive"


def head(said: str) -> str:
    return level_of([Text("第1页", tuple(said.split("\n")), True)])[0]


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("机密★10年\n某市文件", "机密"),
        ("秘密★", "秘密"),
        ("绝 密 ★ 长期", "绝密"),
        ("秘密*5年", "秘密"),
        ("正文中夹有机密☆1年的附件", "机密"),
        ("机　密\n特　急\n某市人民政府文件", "机密"),
        ("000001\n机密\n特急", "机密"),
        ("№000001 秘密 加急", "秘密"),
        ("绝密1年", "绝密"),
        ("机\n密\n★\n1年", "机密"),
        ("密级：秘密", "秘密"),
    ],
)
def test_marks_of_both_standards_are_marks(said: str, level: str) -> None:
    assert head(said) == level


@pytest.mark.parametrize(
    "said",
    [
        "关于保守商业秘密的规定",
        "本材料不含国家秘密，不得涉及国家秘密。",
        "商业秘密★3年",
        "核心商密★长期",
        "工作秘密",
        "绝密★启用前\n2026年考试",
        "密级：公开",
        "密级分为绝密、机密、秘密三级",
        "秘密级事项范围",
        "一\n二\n三\n四\n五\n六\n机密",
        "机 要 秘 书\n密 切",
    ],
)
def test_what_only_speaks_of_secrets_is_no_mark(said: str) -> None:
    assert head(said) == ""


def test_two_letters_alone_are_a_mark_at_the_head_of_a_page_only() -> None:
    assert level_of([Text("单元格", ("机密",), False)]) == ("", "")
    assert level_of([Text("页眉", ("机密",), True)]) == ("机密", "页眉")


def refused(data: bytes) -> str:
    with pytest.raises(UploadRefused) as refusal:
        receive(data=data, at=AT)
    return str(refusal.value)


def docx(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("word/document.xml", "<w:p><w:t>关于某事项的请示</w:t></w:p>")
        for name, said in parts.items():
            container.writestr(name.replace("__", "/") + ".xml", said)
    return target.getvalue()


def para(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (docx(word__header1=para("机", "密", "★1年")), "页眉"),
        (docx(word__footer2=para("机密")), "页脚"),
        (docx(word__comments=para("见机密★10年的文件")), "批注"),
        (docx(docProps__core="<dc:title>甲</dc:title><cp:keywords>机密</cp:keywords>"), "文档属性"),
        (docx(word__document2=para("前文") * 400 + "<w:txbxContent>" + para("机密★") + "</w:txbxContent>"), "正文"),
    ],
)
def test_every_part_of_a_document_is_read(data: bytes, where: str) -> None:
    assert f"文件{where}" in refused(data) and "标有“机密”标志" in refused(data)


def xlsx(**marks: str) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet["A1"], sheet["A9"] = marks.get("first", "机构编号"), marks.get("ninth", "乙")
    sheet.oddHeader.left.text = marks.get("header", "")
    book.create_sheet("第二张")["C40"] = marks.get("other", "丙")
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "marks", [{"first": "秘密"}, {"ninth": "秘密★5年"}, {"header": "秘密★1年"}, {"header": "秘 密"}, {"other": "秘密★"}]
)
def test_every_sheet_of_a_workbook_is_read(marks: dict) -> None:
    assert "标有“秘密”标志" in refused(xlsx(**marks))


def test_every_page_of_an_ofd_is_read_line_by_line() -> None:
    piece = '<ofd:TextObject Boundary="{x} 10 50 5"><ofd:TextCode X="0" Y="4">{said}</ofd:TextCode></ofd:TextObject>'
    page = "".join(piece.format(x=x, said=said) for x, said in enumerate(("机", "密", "★", "1年")))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        container.writestr("OFD.xml", "<ofd:OFD/>")
        container.writestr("Doc_0/Pages/Page_7/Content.xml", page)
    assert "文件页面标有“机密”标志" in refused(target.getvalue())


@pytest.mark.parametrize("mark", ["机密★1年", "机　密"])
def test_every_page_of_a_pdf_is_read(mark: str) -> None:
    data = drawn_body("<p>第一页</p>" + LATER.format("第") * 4 + LATER.format(mark))
    assert "文件第6页标有“机密”标志" in refused(data)


def test_notes_and_properties_of_a_pdf_are_read() -> None:
    for place in ("note", "title"):
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(drawn_body("<p>关于某事项的请示</p>"))) as pdf:
            if place == "note":
                note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9])
                note.Contents = pikepdf.String("秘密★3年")
                pdf.pages[0].Annots = pikepdf.Array([note])
            else:
                pdf.docinfo["/Keywords"] = pikepdf.String("秘密")
            pdf.save(target)
        assert "标有“秘密”标志" in refused(target.getvalue()), place


@pytest.mark.django_db
def test_what_cannot_be_read_is_said_to_be_unread() -> None:
    assert receive(data=drawn_body("<p>本材料不含国家秘密。</p>"), at=AT).unread == ""
    with pikepdf.new() as pdf:
        for _ in range(7):
            pdf.add_blank_page()
        blank = io.BytesIO()
        pdf.save(blank)
    assert receive(data=blank.getvalue(), at=AT).unread == "第1、2、3、4、5等7页没有文字"
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PNG")
    assert receive(data=picture.getvalue(), at=AT).unread == "图片"
    pictured = io.BytesIO(docx())
    with zipfile.ZipFile(pictured, "a") as container:
        container.writestr("word/media/image1.png", picture.getvalue())
    assert receive(data=pictured.getvalue(), at=AT).unread == "文中的图片"
