"""What is looked for in a text: pairs of neighbouring Chinese characters, and whole words and figures besides."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator

from proposals.text.reading import UNSEEN

HAN = "〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
RUN = re.compile(rf"(?P<han>[{HAN}]+)|[^\W_{HAN}]+")
WIDTH = 21  # bits of a character
# Words stand above every pair, as 62 bits of their digest.
WORD = 1 << 62
# Nobody types more than this into a search; the rest of a pasted text narrows no further.
MOST = 16


def of(texts: Iterable[str]) -> frozenset[int]:
    """Return the terms of the texts as numbers, which every database sorts alike.

    The last character of a run stands alone as well, so that each character begins a term.
    """
    return frozenset(
        term
        for text in texts
        for run, han in _runs(text)
        for term in ((*_pairs(run), _pair(run[-1])) if han else (_word(run),))
    )


def sought(text: str) -> tuple[range, ...]:
    """Return the terms that a text must have to be found; a single Chinese character may begin any pair."""
    found = (
        place for run, han in _runs(text) for place in (_places(run) if han else (range(_word(run), _word(run) + 1),))
    )
    return tuple(dict.fromkeys(found))[:MOST]


def _places(run: str) -> Iterator[range]:
    if len(run) == 1:
        yield range(_pair(run), _pair(chr(ord(run) + 1)))
    yield from (range(pair, pair + 1) for pair in _pairs(run))


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    seen = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold()
    yield from ((found[0], found["han"] is not None) for found in RUN.finditer(seen))


def _pairs(run: str) -> Iterator[int]:
    yield from (_pair(*pair) for pair in zip(run, run[1:], strict=False))


def _pair(first: str, second: str = "\0") -> int:
    return ord(first) << WIDTH | ord(second)


def _word(word: str) -> int:
    return WORD | int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) >> 2
