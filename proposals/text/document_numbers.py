"""How a document number is written, and when two numbers are one: brackets, widths, blanks and noughts aside."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

YEAR = re.compile(r"[\[(〔【{<〈]\s*(\d{4})\s*年?\s*[\])〕】}>〉]")
WHOLE = re.compile(r"^(?P<word>[^〔〕]*?)〔(?P<year>\d{4})〕第?(?P<n>\d{1,6})号?$")


class Numbered(NamedTuple):
    """A number taken apart: the code word of its series, the year and the place in it."""

    word: str
    year: int
    n: int

    @property
    def text(self) -> str:
        """The number as papers print it (GB/T 9704: no 第, no nought before the figure)."""
        return f"{self.word}〔{self.year}〕{self.n}号"


def normal(text: str) -> str:
    """Return a number as it is printed, whatever width, brackets, blanks and unseen signs it was typed with."""
    folded = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in folded if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc"))
    marked = YEAR.sub(r"〔\1〕", seen)
    found = WHOLE.match(marked)
    return Numbered(found["word"], int(found["year"]), int(found["n"])).text if found else marked


def parse(text: str) -> Numbered | None:
    """Return the parts of a number, or None where it is none of a series of a year."""
    found = WHOLE.match(normal(text))
    if not found or not found["word"]:
        return None
    return Numbered(found["word"], int(found["year"]), int(found["n"]))


def key(text: str) -> str:
    """Return what is compared: numbers with one key are one number."""
    return normal(text).upper()
