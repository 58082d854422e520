"""When two names are one name: they read alike, whatever spaces, unseen signs and widths of letters they have."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from proposals.text.reading import UNSEEN

# Marks that do the same office, each as the first of its row; widths are made alike before.
SAME: Mapping[int, str] = {
    ord(sign): row[0]
    for row in ("([{【〔［〖", ")]}】〕］〗", "·•・‧∙⋅･", "-‐‑‒–—―−－─", "'‘’′", '"“”″', "、､", "。｡")
    for sign in row
}


def key(name: str) -> str:
    """Return what all ways of writing a name have in common; names with one key are one name."""
    seen = UNSEEN.sub("", unicodedata.normalize("NFKC", UNSEEN.sub("", name)))
    return "".join(seen.casefold().translate(SAME).split())


def same(one: str, other: str) -> bool:
    """Return whether two names read alike."""
    return key(one) == key(other)
