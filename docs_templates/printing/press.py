"""The only place where a paper of the catalogue is printed: facts and template in, PDF/A bytes out."""

from dataclasses import dataclass
from pathlib import Path

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import digest_of, from_canonical
from docs_templates.facts.parts import PaperFacts
from docs_templates.printing.templates import fill
from docs_templates.render import draw
from docs_templates.render.page_codes import PageMark


@dataclass(frozen=True)
class Printed:
    """A printed paper: its PDF/A and the number of its pages."""

    pdf: bytes
    pages: int


def print_frozen(*, slug: str, canonical: str, version: int, fonts_root: Path) -> Printed:
    """Print the paper from its frozen facts; the same facts, version and fonts give the same bytes.

    Raises MissingFact, MissingGlyph, FactsUnreadable or DrawingFailed; nothing is ever printed half.
    """
    paper = BY_SLUG[slug]
    facts: PaperFacts = from_canonical(paper.facts, canonical)
    mark = PageMark(
        case=facts.case_number,
        paper=paper.label if version == 1 else f"{paper.label} 第{version}版",
        digest=digest_of(canonical),
    )
    html = fill(template=paper.template, facts=facts)
    drawing = draw(html=html, fonts_root=fonts_root, mark=mark, imprint=paper.imprint)
    return Printed(pdf=drawing.pdf, pages=drawing.pages)
