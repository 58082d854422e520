"""Take the texts out of a file for the search for secret marks: every part, headers, boxes, comments, properties.

Pure and without imports of ours: the child process that looks into a file loads it by its path. A text is a tuple of
where it stands, its lines, and whether its head is the head of a page (secret_marks.Text).
"""

import html
import re
import zipfile
from collections.abc import Iterator

Piece = tuple[str, tuple[str, ...], bool]

MOST_READ = 64 << 20  # bytes of markup that are read of a file
PARAGRAPH = re.compile(r"</w:p>|</a:p>|</text>|</si>|</is>|<w:br[ /]|<w:cr[ /]")
TAG = re.compile(r"<[^>]*>")
OFD_PIECE = re.compile(r'<(?:ofd:)?TextCode\b([^>]*)>([^<]*)<|<(?:ofd:)?TextObject\b[^>]*\bBoundary="([^"]*)"')
CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
PLACE = re.compile("[0-9]{1,7}")
SHEET_HEADS = re.compile(r"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>(.*?)</", re.S)
FOURTH_ROW, CELL_END = re.compile(r'<(?:\w+:)?row\b[^>]*\br="(?:[4-9]|\d{2,})"'), re.compile(r"</(?:\w+:)?c>")
PARTS = (
    (re.compile(r"^word/document\d*\.xml$"), "正文", True),
    (re.compile(r"^word/header\d*\.xml$"), "页眉", True),
    (re.compile(r"^word/footer\d*\.xml$"), "页脚", True),
    (re.compile(r"^word/(?:comments|footnotes|endnotes)\w*\.xml$"), "批注（脚注）", False),
    (re.compile(r"^xl/comments\d*\.xml$|^xl/(?:threadedComments|comments)/.*\.xml$"), "批注", False),
    (re.compile(r"^(?:xl|word)/(?:drawings|diagrams|charts)/[^/]*\.xml$"), "文本框", True),
    (re.compile(r"^docProps/\w+\.xml$|^OFD\.xml$"), "文档属性", True),
    (re.compile(r"(?:^|/)Annot\w*\.xml$"), "批注", True),
)  # fmt: skip


def of_container(container: zipfile.ZipFile) -> Iterator[Piece]:
    """Yield the texts of a docx, xlsx or ofd."""
    names, left = container.namelist(), MOST_READ
    shared: list[str] = []
    for name in sorted(names, key=lambda one: one != "xl/sharedStrings.xml"):
        if not name.endswith(".xml") or left <= 0:
            continue
        markup = _markup(container.read(name)[:left])
        left -= len(markup)
        if name == "xl/sharedStrings.xml":
            shared = _lines(markup)
            yield "单元格", tuple(shared), False
        elif name.startswith("xl/worksheets/"):
            yield from _sheet(markup, shared)
        elif "/Page" in name and name.endswith("Content.xml") or "/Tpl" in name or "/Temp" in name:
            yield "页面", tuple(_ofd_lines(markup)), True
        else:
            yield from ((where, tuple(_lines(markup)), heads) for part, where, heads in PARTS if part.search(name))
    if left <= 0:
        yield "未检", (), False


def _markup(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return data.decode("utf-16" if wide else "utf-8", "replace")


def _lines(markup: str) -> list[str]:
    """Return the paragraphs of a part; text boxes and properties end a line as well."""
    broken = re.sub(r"</(?:dc|cp|vt|property|w:txbxContent|ofd)[:\w]*>", "\n", PARAGRAPH.sub("\n", markup))
    return [html.unescape(line).strip() for line in TAG.sub("", broken).split("\n")]


def _sheet(markup: str, shared: list[str]) -> Iterator[Piece]:
    """Yield headers and footers of a sheet, what its first rows say cell by cell, and the rest."""
    heads = [re.sub(r'&(?:[LCR]|"[^"]*"|\d+)', "\n", html.unescape(one)) for one in SHEET_HEADS.findall(markup)]
    yield from (("页眉（页脚）", tuple(one.split("\n")), True) for one in heads)
    fourth = FOURTH_ROW.search(markup)
    first, rest = (markup[: fourth.start()], markup[fourth.start() :]) if fourth else (markup, "")
    for attributes, inner in CELL.findall(first):
        value = html.unescape(TAG.sub("", inner)).strip()
        if 't="s"' in attributes and PLACE.fullmatch(value) and int(value) < len(shared):
            value = shared[int(value)]
        yield "单元格", (value,), True
    yield "单元格", tuple(html.unescape(TAG.sub("", CELL_END.sub("\n", rest))).split("\n")), False


def _ofd_lines(markup: str) -> list[str]:
    """Return the lines of a page: pieces of text at one height stand on one line."""
    rows: dict[float, list[str]] = {}
    top = 0.0
    for attributes, text, boundary in OFD_PIECE.findall(markup):
        if boundary:
            top = _number(boundary.split()[1:2])
            continue
        height = re.search(r'\bY="([^"]*)"', attributes)
        at = round(top + _number([height[1]] if height else []), 0)
        rows.setdefault(at, []).append(html.unescape(text))
    return ["".join(parts) for _, parts in sorted(rows.items())]


def _number(found: list[str]) -> float:
    try:
        return float(found[0]) if found else 0.0
    except ValueError:
        return 0.0


def of_pdf_page(number: int, text: str, notes: list[str]) -> Iterator[Piece]:
    """Yield what a page of a PDF says and what is noted on it."""
    yield f"第{number}页", tuple(re.split(r"[\r\n]+", text)), True
    yield from ((f"第{number}页批注", tuple(note.splitlines()), True) for note in notes)
