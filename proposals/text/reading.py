"""How a text that was typed, pasted or imported is normalised, and which signs it may not keep (ADR 25).

What nobody can see is taken out and counted; what looks right but is another sign is replaced and counted; what only a
person can mend (a sign of one machine's own, a broken encoding) stays and is named with its place.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Spaces of other widths and tabs become the one space; the ideographic space keeps its width inside a text.
SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
# What is ignored where it is shown (Default_Ignorable_Code_Point), controls, and points that are no characters.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
RADICALS = re.compile("[\u2e80-\u2fdf]")
BROKEN = "\ufffd"


class Read(NamedTuple):
    """A text as it was read: how many signs were taken out of it, and how many replaced."""

    text: str
    removed: int = 0
    replaced: int = 0

    @property
    def changed(self) -> bool:
        """Whether something was done to the text that its writer should be told."""
        return bool(self.removed or self.replaced)


def read(text: str) -> Read:
    """Return the text in its one way of writing; line ends and spaces are made alike without being counted."""
    if text.isascii() and text.isprintable():
        return Read(text.strip())
    plain = SPACES.sub(" ", LINE_ENDS.sub("\n", text))
    seen, removed = UNSEEN.subn("", plain)
    whole = RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), seen)
    replaced = sum(1 for one, other in zip(seen, whole, strict=False) if one != other)
    composed = unicodedata.normalize("NFC", whole)
    replaced += sum(1 for sign in whole if unicodedata.normalize("NFC", sign) != sign)
    return Read(composed.strip(), removed, replaced)
