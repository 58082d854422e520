"""The only place that knows the code on every page: what it says, how it is drawn, how it is read back from a scan."""

import re
from dataclasses import dataclass
from typing import Any

import pydyf
import zxingcpp

MM = 72 / 25.4  # PDF points
LEFT, FOOT, SIDE = 28.0, 8.0, 8.0  # mm: the matrix stands in the foot margin, under the left edge of the type area
HEAD_LENGTH = 16  # hexadecimal characters of the digest of the frozen facts
_CODE = re.compile(rf"DY1 ([0-9A-F]{{{HEAD_LENGTH}}}) (\d{{1,4}})/(\d{{1,4}})")


@dataclass(frozen=True)
class PageMark:
    """What every page of one printed paper says about itself."""

    case: str  # number of the case or meeting
    paper: str  # its kind in words, with version when it is not the first
    digest: str  # sha256 of the frozen facts, hexadecimal


@dataclass(frozen=True)
class PageCode:
    """What was read from one page."""

    head: str  # first characters of the digest, lower case
    page: int
    pages: int


def head_of(digest: str) -> str:
    """Return the part of the digest that stands on paper."""
    return digest[:HEAD_LENGTH].lower()


def text_rules(mark: PageMark) -> str:
    """Return the style rule that prints the readable half, small and grey, below the page number."""
    words = f"{mark.case}　{mark.paper}　第 ".replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return (
        "@page { @bottom-left-corner {"
        f' content: "{words}" counter(page) " 页，共 " counter(pages) " 页　{head_of(mark.digest)}";'
        " margin: 0 -150mm 0 38mm; vertical-align: bottom; padding-bottom: 8mm; text-align: left;"
        ' font: 6pt "GWSong"; line-height: 8pt; letter-spacing: 0; color: #666; white-space: nowrap } }'
    )


def stamp_matrices(*, pdf: Any, mark: PageMark) -> None:
    """Draw a Data Matrix on every page of the pydyf document, outside the tagged content."""
    references = pdf.pages["Kids"][::3]  # pydyf keeps "number generation R" as three items
    for page, number in enumerate(references, start=1):
        sheet = pdf.objects[number]
        before, after = pydyf.Stream([b"q"]), pydyf.Stream([b"Q", *matrix(mark, page, len(references))])
        pdf.add_object(before)
        pdf.add_object(after)
        sheet["Contents"] = pydyf.Array([before.reference, sheet["Contents"], after.reference])


def matrix(mark: PageMark, page: int, pages: int) -> list[bytes]:
    """Return PDF operators that fill the dark runs of the matrix."""
    text = f"DY1 {head_of(mark.digest).upper()} {page}/{pages}"
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
    picture: Any = barcode.to_image(scale=1, add_quiet_zones=False)  # a buffer, which its type does not say
    modules: list[list[int]] = memoryview(picture).tolist()  # type: ignore[assignment]  # two dimensions
    rows, columns = len(modules), len(modules[0])
    cell = SIDE * MM / columns
    operators = [b"/Artifact BMC", b"q 0 g"]
    for row in range(rows):
        column = 0
        while column < columns:
            start = column
            while column < columns and modules[row][column] == 0:
                column += 1
            if column > start:
                x, y = LEFT * MM + start * cell, FOOT * MM + (rows - 1 - row) * cell
                operators.append(b"%.3f %.3f %.3f %.3f re" % (x, y, (column - start) * cell, cell))
            column += 1
    return [*operators, b"f Q", b"EMC"]


def parse_code(text: str) -> PageCode | None:
    """Read the words of a matrix; None when they are not ours."""
    if found := _CODE.fullmatch(text):
        return PageCode(head=found[1].lower(), page=int(found[2]), pages=int(found[3]))
    return None
