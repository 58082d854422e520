"""One page description in, the bytes of a PDF/A-2a out, the same bytes every time; alone imports WeasyPrint."""

import atexit
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from docs_templates.render.closed_fetcher import closed_fetcher
from docs_templates.render.justification import justify_chinese
from docs_templates.render.linear_widths import measure_widths_in_linear_time
from docs_templates.render.page_codes import PageMark, stamp_matrices, text_rules
from docs_templates.typefaces.roles import FONTCONFIG, manifest

STYLES = Path(__file__).resolve().parent.parent / "static"
VARIANT = "pdf/a-2a"
EVEN_LAST_PAGE = ".imprint-space { break-before: left; page: imprint }"
LINE = 225 / 22 / 25.4 * 96  # CSS pixels: one line of the grid
_local = threading.local()


class MissingGlyph(Exception):
    """No font has a character that was to be printed."""


class OutsideRequested(Exception):
    """The page asked for a file or a host."""


class DrawingFailed(Exception):
    """WeasyPrint complained: what it drew would not be what was asked for."""


@dataclass(frozen=True)
class Drawing:
    """A page description as it was drawn: its PDF/A and the number of its pages."""

    pdf: bytes
    pages: int


def draw(*, html: str, fonts_root: Path, mark: PageMark | None = None, imprint: bool = False) -> Drawing:
    """Draw the page description with the style sheet official.css.

    `mark` puts the page code into the foot margin of every page. `imprint` says that the paper ends with a 版记, which
    must stand at the foot of an even page (GB/T 9704-2012, 7.4): it takes a further pass when it is taller than the
    room kept for it, and when pages are odd.
    Raises MissingGlyph, OutsideRequested or DrawingFailed.
    """
    engine = _engine(fonts_root)
    with _complaints_raised(), _outside_closed():
        document = engine.lay_out(html, mark, ())
        room = _room_for_imprint(document) if imprint else ()
        if room:
            document = engine.lay_out(html, mark, room)
        if imprint and len(document.pages) % 2:
            document = engine.lay_out(html, mark, (*room, EVEN_LAST_PAGE))
        stamp = (lambda doc, pdf: stamp_matrices(pdf=pdf, mark=mark)) if mark else None
        pdf = document.write_pdf(pdf_variant=VARIANT, finisher=stamp)
    return Drawing(pdf=pdf, pages=len(document.pages))


def _room_for_imprint(document: Any) -> tuple[str, ...]:
    """Return the rule that keeps whole lines free for a 版记 taller than the room the style sheet keeps; else none."""
    boxes = {box.element.get("class"): box for box in _elements(document.pages[-1]._page_box)}
    kept, drawn = boxes["imprint-space"], boxes["imprint"]
    if drawn.margin_height() <= kept.height:
        return ()
    return (f".imprint-space {{ height: calc(225mm / 22 * {ceil(drawn.margin_height() / LINE)}) }}",)


def _elements(box: Any) -> Iterator[Any]:
    """Walk the boxes that an element of the page description made; the 版记 is positioned, hence a placeholder."""
    found = box.descendants(placeholders=True)
    return (one for one in found if one.element is not None and one.element.get("class"))


class _Engine:
    """Fonts and parsed style sheet of one thread: a font configuration shared between threads crashes the process."""

    def __init__(self, fonts_root: Path) -> None:
        manifest(fonts_root)  # loud when the fonts are not prepared
        os.environ["FONTCONFIG_FILE"] = str(fonts_root / FONTCONFIG)
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        justify_chinese()
        measure_widths_in_linear_time()
        self.fonts_root = fonts_root
        self.fonts = FontConfiguration()
        self.fetcher = closed_fetcher()
        self.official = self._styles((STYLES / "official.css").read_text("utf-8"), CSS)

    def _styles(self, text: str, css: Any) -> Any:
        return css(string=text, font_config=self.fonts, url_fetcher=self.fetcher, base_url=None)

    def lay_out(self, html: str, mark: PageMark | None, extra: tuple[str, ...]) -> Any:
        """Lay a page description out by the official style sheet; `extra` holds further rules."""
        from weasyprint import CSS, HTML

        rules = (*extra, text_rules(mark)) if mark else extra
        styles = [self.official, *(self._styles(text, CSS) for text in rules)]
        page = HTML(string=html, url_fetcher=self.fetcher, base_url=None)
        return page.render(stylesheets=styles, font_config=self.fonts)


@contextmanager
def _outside_closed() -> Iterator[None]:
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as asked:  # a BaseException, so that nothing inside WeasyPrint swallows it
        raise OutsideRequested(str(asked)) from None


@atexit.register
def _let_go() -> None:
    """Free the fonts while the interpreter still can."""
    _local.__dict__.clear()


def _engine(fonts_root: Path) -> _Engine:
    engine: _Engine | None = getattr(_local, "engine", None)
    if engine is None or engine.fonts_root != fonts_root:
        engine = _local.engine = _Engine(fonts_root)
    return engine


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what the library warns of, for the drawing to fail by."""
        if record.thread == self.thread:
            self.heard.append(record.getMessage())


@contextmanager
def _complaints_raised() -> Iterator[None]:
    """Turn WeasyPrint's warnings into errors: on paper that must stand for decades nothing is a mere warning."""
    log, listener = logging.getLogger("weasyprint"), _Listener()
    quiet = log.propagate
    log.addHandler(listener)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(listener)
        log.propagate = quiet
    if absent := [line for line in listener.heard if ".notdef glyph" in line]:
        characters = "；".join(line.partition("by fonts: ")[2] for line in absent)
        raise MissingGlyph(f"打印字体中没有这些字符：{characters}，请改用其他字。")
    if listener.heard:
        raise DrawingFailed("；".join(listener.heard))
