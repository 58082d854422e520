"""The only place that applies a correction to signed minutes, and holds what would stand then to the record."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from proposals.committee.minutes import drawing, places
from proposals.committee.minutes.contradiction import Contradiction
from proposals.committee.minutes.wording import contradictions

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting
    from proposals.committee.minutes.models import CorrectionDraft
    from proposals.committee.reading.whole import Reading

Words = Mapping[str, str]
WORDS = ("place", "before", "after")
ENDS = "。！？\n"  # where a sentence of minutes ends


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


class InContext(NamedTuple):
    """A correction that was drawn up, with what stands before and behind its words in their sentence."""

    draft: CorrectionDraft
    head: str
    tail: str


def in_context(meeting: Meeting, drafts: Iterable[CorrectionDraft]) -> list[InContext]:
    """Return drawn-up corrections as whoever signs them reads them."""
    stands = as_it_stands(meeting)
    return [InContext(one, *_around(stands, place=one.place, before=one.before)) for one in drafts]


def _around(content: Mapping[str, Any], *, place: str, before: str) -> tuple[str, str]:
    """Return what stands before and behind the words in their sentence; nothing where they do not stand any more."""
    head, found, tail = drawing.texts_of(content).get(place, "").partition(before)
    if not found:
        return "", ""
    begins = max((head.rfind(sign) + 1 for sign in ENDS), default=0)
    ends = min((at + 1 for sign in ENDS if (at := tail.find(sign)) >= 0), default=len(tail))
    return head[begins:].strip(), "" if before.endswith(tuple(ENDS)) else tail[:ends].strip()


def newly_wrong(read: Reading, words: Words) -> Iterator[Contradiction]:
    """Yield what the corrected minutes would say otherwise than the record and did not say before."""
    true, stands = drawing.sections(read), as_it_stands(read.meeting)
    known = set(contradictions(stands, true))
    yield from (one for one in contradictions(corrected(stands, [words]), true) if one not in known)


def _texts(content: dict[str, Any]) -> Iterator[tuple[dict[str, str], str, str]]:
    """Yield (texts, name, place) for every worded text, so that it can be replaced where it stands."""
    for name in content["wording"]:
        yield content["wording"], name, places.WORDING[name]
    for item in content["items"]:
        for name in drawing.ITEM_WORDING:
            yield item["wording"], name, places.of_item(item["position"], name)
