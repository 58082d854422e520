"""The only place that applies a correction to signed minutes, and holds what would stand then to the record."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from proposals.committee.minutes import drawing
from proposals.committee.minutes.contradiction import Contradiction
from proposals.committee.minutes.wording import contradictions

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting

Words = Mapping[str, str]
WORDS = ("place", "before", "after")


def corrected(content: Mapping[str, Any], corrections: Iterable[Words]) -> dict[str, Any]:
    """Return the minutes as their numbered corrections left them; the signed version itself stays as it is."""
    found: dict[str, Any] = copy.deepcopy(dict(content))
    for one in corrections:
        for texts, name, place in _texts(found):
            if place == one["place"] or one["place"] not in drawing.texts_of(found):
                texts[name] = texts[name].replace(one["before"], one["after"])
    return found


def as_it_stands(meeting: Meeting) -> dict[str, Any]:
    """Return the newest minutes of a meeting with every correction signed so far."""
    signed = [{name: getattr(one, name) for name in WORDS} for one in meeting.corrections.order_by("n")]
    return corrected(meeting.newest_minutes.sections, signed)


def occurrences(content: Mapping[str, Any], *, place: str, before: str) -> int:
    """Return how often the words stand at the place."""
    return drawing.texts_of(content).get(place, "").count(before)


def newly_wrong(meeting: Meeting, words: Words) -> Iterator[Contradiction]:
    """Yield what the corrected minutes would say otherwise than the record and did not say before."""
    true, stands = drawing.sections(meeting), as_it_stands(meeting)
    known = set(contradictions(stands, true))
    yield from (one for one in contradictions(corrected(stands, [words]), true) if one not in known)


def _texts(content: dict[str, Any]) -> Iterator[tuple[dict[str, str], str, str]]:
    """Yield (texts, name, place) for every worded text, so that it can be replaced where it stands."""
    for name in content["wording"]:
        yield content["wording"], name, drawing.WORDING[name]
    for item in content["items"]:
        for name in drawing.ITEM_WORDING:
            yield item["wording"], name, f"议题{item['position']}·{drawing.WORDING[name]}"
