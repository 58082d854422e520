"""The only place that measures printed pages in millimetres."""

import io
from dataclasses import dataclass
from functools import cache
from typing import Any

import pdfplumber
import pypdfium2
import zxingcpp
from django.conf import settings
from PIL.Image import Image

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import to_canonical
from docs_templates.printing.press import Printed, print_frozen
from docs_templates.render import draw
from docs_templates.render.page_codes import PageCode, parse_code
from tests.papers import samples

MM = 25.4 / 72
BODY = 16  # pt, 3号


@cache
def printed(slug: str) -> Printed:
    """Print the sample of a paper once for all tests."""
    canonical = to_canonical(samples.facts(slug=slug))
    return print_frozen(slug=slug, canonical=canonical, version=1, fonts_root=settings.FONTS_ROOT)


def every_slug() -> list[str]:
    """Name every paper of the catalogue."""
    return list(BY_SLUG)


def drawn_body(body: str, *, imprint: bool = False) -> bytes:
    """Draw bare paragraphs with the official style sheet."""
    page = f'<html lang="zh-CN"><head><meta charset="utf-8"><title>测</title></head><body>{body}</body></html>'
    return draw(html=page, fonts_root=settings.FONTS_ROOT, imprint=imprint).pdf


@dataclass(frozen=True)
class Line:
    """One line of text: baseline and edges in mm from the upper left corner."""

    y: float
    left: float
    right: float
    text: str


def pages(pdf: bytes) -> list[Any]:
    """Open the pages of a PDF."""
    return list(pdfplumber.open(io.BytesIO(pdf)).pages)


def lines(page: Any, *, size: float = BODY) -> list[Line]:
    """Return the lines of one type size, top down."""
    rows: dict[float, list[Any]] = {}
    for glyph in page.chars:
        if abs(glyph["size"] - size) < 0.1:
            rows.setdefault(round(float(page.height) - glyph["matrix"][5], 1), []).append(glyph)
    found = []
    for y, glyphs in sorted(rows.items()):
        glyphs.sort(key=lambda glyph: glyph["x0"])
        text = "".join(glyph["text"] for glyph in glyphs)
        found.append(Line(y * MM, glyphs[0]["x0"] * MM, glyphs[-1]["x1"] * MM, text))
    return found


def rules(page: Any) -> list[float]:
    """Return the heights of horizontal rules and boxes, bottom edges, in mm from the top."""
    return sorted({round((float(page.height) - shape["y0"]) * MM, 1) for shape in page.rects + page.lines})


def red_bands(pdf: bytes) -> list[tuple[float, float]]:
    """Return the stripes of red ink on page 1, top and bottom in mm, as an eye sees them."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil().convert("RGB")
    inked = []
    for y in range(picture.height):
        row = picture.crop((0, y, picture.width, y + 1)).getcolors(picture.width) or []
        if any(red > 180 and green < 110 for _, (red, green, _) in row):
            inked.append(y)
    bands: list[tuple[int, int]] = []
    for y in inked:
        if bands and y == bands[-1][1] + 1:
            bands[-1] = (bands[-1][0], y)
        else:
            bands.append((y, y))
    return [(top * 25.4 / 150, (bottom + 1) * 25.4 / 150) for top, bottom in bands]


def read_codes(*, picture: Image) -> tuple[PageCode, ...]:
    """Find the page codes on the picture of one page, by a reader of our own."""
    seen = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.DataMatrix))
    return tuple(code for code in (parse_code(result.text) for result in seen) if code)
