"""The only place for the press of tests that look at no paper: everything is filled and guarded, one sheet is printed.

What it prints is a PDF/A of one page with the paper's own page code, hence scans, packages and the verifier take it.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from unittest import mock

import pikepdf

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import digest_of, from_canonical
from docs_templates.facts.parts import PaperFacts
from docs_templates.printing.press import Printed
from docs_templates.printing.templates import fill
from docs_templates.render import MissingGlyph, draw
from docs_templates.render.page_codes import PageMark, matrix
from docs_templates.typefaces.roles import parts_without

SHELL = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>测试</title>
<meta name="author" content="测试"><meta name="description" content="测试">
<meta name="dcterms.created" content="2026-01-01T00:00:00+08:00">
<meta name="dcterms.modified" content="2026-01-01T00:00:00+08:00"></head><body><p>测试</p></body></html>"""


PRINTERS = ("docs_templates.freezing.print_frozen", "docs_templates.package.building.print_frozen")


@contextmanager
def installed(press: Callable[..., Printed] | None = None) -> Iterator[None]:
    """Let this process's papers come from the thin press, or from another."""
    with ExitStack() as patched:
        for printer in PRINTERS:
            patched.enter_context(mock.patch(printer, press or print_thin))
        yield


def print_thin(*, slug: str, canonical: str, version: int, fonts_root: Path) -> Printed:
    """Print the paper in place of `print_frozen`: what is missing raises, the same facts give the same bytes."""
    paper = BY_SLUG[slug]
    facts: PaperFacts = from_canonical(paper.facts, canonical)
    html = fill(template=paper.template, facts=facts)
    if absent := "".join(sorted(letter for letter in set(html) if undrawn(letter, fonts_root))):
        raise MissingGlyph(f"打印字体中没有这些字符：{absent}，请改用其他字。")
    label = paper.label if version == 1 else f"{paper.label} 第{version}版"
    return Printed(pdf=stamped(shell(fonts_root), PageMark(facts.case_number, label, digest_of(canonical))), pages=1)


@lru_cache(maxsize=30_000)
def undrawn(letter: str, fonts_root: Path) -> bool:
    """Say whether some part of the papers has no glyph for the character."""
    return not letter.isspace() and not letter.isascii() and bool(parts_without(root=fonts_root, character=letter))


@lru_cache(maxsize=2)
def shell(fonts_root: Path) -> bytes:
    """Draw the one sheet with the real engine and style sheet; its font subset is that of two characters."""
    return draw(html=SHELL, fonts_root=fonts_root).pdf


def stamped(sheet: bytes, mark: PageMark) -> bytes:
    """Put the page code of the paper on the sheet, and in a remark what it is, so that no two papers are one file."""
    remark = f"% {mark.case} {mark.paper} {mark.digest}".replace("\n", " ").encode()
    with pikepdf.open(io.BytesIO(sheet)) as pdf:
        (page,) = pdf.pages
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"\n".join([b"Q", remark, *matrix(mark, 1, 1)]))
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return target.getvalue()
