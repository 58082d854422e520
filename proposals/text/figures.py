"""Whole numbers as they are typed: plain figures within bounds, and nothing else that Python would read as one."""

from __future__ import annotations

import re

PLAIN = re.compile(r"[0-9]{1,19}", re.ASCII)
# What a column of the database holds: a key, and a count.
KEYS = range(1, 2**63)
COUNTS = range(2**31)


def whole(text: object, *, within: range) -> int | None:
    """Return the number that a text is, if it lies within the range; ², １２, 1_000 and 4,300 figures are no numbers."""
    if not isinstance(text, str) or PLAIN.fullmatch(text) is None:
        return None
    number = int(text)
    return number if number in within else None
