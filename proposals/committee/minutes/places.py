"""Where a worded text of minutes stands: the key it is recorded under, and how the office says it."""

from __future__ import annotations

from collections.abc import Mapping

from proposals.text import numerals
from proposals.text.figures import whole

WORDING: Mapping[str, str] = {
    "opening": "开头",
    "closing": "结尾",
    "discussion": "讨论情况",
    "resolution": "议定事项",
    "conditions": "有关要求",
}
POSITIONS = range(10_000)
OF_ITEM, OF_TEXT = "议题", "·"


def of_item(position: int, name: str) -> str:
    """Return the key of one text of an item; corrections are recorded under it."""
    return f"{OF_ITEM}{position}{OF_TEXT}{WORDING[name]}"


def position_in(place: str) -> int | None:
    """Return the position of the item whose text a key names, or None for the opening and the closing."""
    number = place.removeprefix(OF_ITEM).partition(OF_TEXT)[0]
    return whole(number, within=POSITIONS) if place.startswith(OF_ITEM) else None


def in_words(place: str) -> str:
    """Return a place as the office says it: 第一项议题的议定事项, 纪要开头."""
    position = position_in(place)
    if position is None:
        return f"纪要{place}" if place in WORDING.values() else place
    return f"第{numerals.chinese(position)}项{OF_ITEM}的{place.partition(OF_TEXT)[2]}"
