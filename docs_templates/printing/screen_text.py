"""The text of a paper as its template says it, block by block: for reading on a screen before it is printed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.parts import PaperFacts
from docs_templates.printing.templates import fill

BLOCKS = ("p", "h1", "h2", "h3", "div", "tr", "caption", "li")
CELLS = ("td", "th")


class Block(NamedTuple):
    """One block of a paper: its element, and its words; the cells of a row of a table are kept apart."""

    element: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words as one line."""
        return "　".join(self.words)


def blocks(*, slug: str, facts: PaperFacts) -> tuple[Block, ...]:
    """Return the blocks of the paper in their order; raises MissingFact like its printing."""
    reader = _Reader()
    reader.feed(fill(template=BY_SLUG[slug].template, facts=facts))
    return tuple(reader.found())


class _Reader(HTMLParser):
    """Collects the text of the blocks of a page; what stands in the head is none of it."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, list[str]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a piece of text where the page would begin one."""
        self.inside = self.inside or tag == "body"
        if tag in BLOCKS:
            self.kept.append((tag, [""]))
        elif tag in CELLS and self.kept:
            self.kept[-1][1].append("")

    def handle_data(self, data: str) -> None:
        """Take the words between two marks."""
        if self.inside and self.kept:
            self.kept[-1][1][-1] += data

    def found(self) -> list[Block]:
        """Return the blocks that hold words."""
        cleaned = ((tag, tuple(text for word in words if (text := " ".join(word.split())))) for tag, words in self.kept)
        return [Block("p" if tag == "div" else tag, words) for tag, words in cleaned if words]
