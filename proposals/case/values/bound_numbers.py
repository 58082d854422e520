"""The only place that finds the numbers of posts in a typed text and holds them to the lines that they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from proposals.case.lines import ChangeOp
from proposals.case.values.sums import (
    ABOVE,
    ANY,
    BODIES,
    OTHERS,
    PEOPLE,
    POOLED,
    UNIT_WORDS,
    WAY_WORDS,
    Key,
    Sums,
    named,
)
from proposals.text import numerals
from proposals.vocabulary import LeaderLevel

NUMBER = re.compile(
    rf"(?<![第至到约近余几0-9０-９{numerals.CHINESE}])([0-9０-９]+|[{numerals.CHINESE}]+)"
    r"\s*(名|个|人|家|块|[正副](?![科处股职局主书]))"
)
BREAK = re.compile("[，。；、：,;:（）()《》\n]|和|与|及|其中")
STOP = re.compile("[。；;\n]")
POSTS_WORD = re.compile("编制|职数")
ALONG = re.compile("随编|转隶|人员")
PLATES = ChangeOp.ADD_PLATE, ChangeOp.REMOVE_PLATE
# What a text says of earlier times or of what stands is no number of this case.
BEFORE = re.compile(r"\d{4}年|曾|现有|原有|现核定|此前|截至|实有|实配|空编|目前|^由|已")
COUNTED_ELSEWHERE = frozenset({BODIES, OTHERS, PEOPLE, *PLATES})


class Spot(NamedTuple):
    """One number in a text, what it is written with, and what the words around it say it counts."""

    start: int
    end: int
    written: str
    key: Key
    clause: str

    @property
    def posts(self) -> bool:
        """Whether it counts posts: nothing else in a text must agree with the lines."""
        return self.key.unit not in COUNTED_ELSEWHERE


class Bound(NamedTuple):
    """A text with its numbers as they are now, and the numbers that nobody but its author can set."""

    text: str
    open: tuple[str, ...] = ()


def spots(text: str, names: Sequence[str]) -> Iterator[Spot]:
    """Yield the numbers of posts, people, bodies and plates that the text names, in order."""
    last: Key | None = None
    found = list(NUMBER.finditer(text))
    for position, number in enumerate(found):
        start = max((b.end() for b in BREAK.finditer(text, 0, number.start())), default=0)
        earlier = found[position - 1].end() if position else 0
        ends = [b.start() for b in BREAK.finditer(text, number.end())][:1] + [
            one.start() for one in found[position + 1 :]
        ][:1]
        before, after = text[max(start, earlier) : number.start()], text[number.end() : min(ends, default=len(text))]
        if last and STOP.search(text, earlier, number.start()):
            last = None
        key = _key(before, after, number[2], last, names)
        if key is not None:
            last = key
            yield Spot(number.start(1), number.end(), number[1], key, text[start : number.end()])


def _key(before: str, after: str, measure: str, last: Key | None, names: Sequence[str]) -> Key | None:
    """Return which sum the words name; what they leave out is what they said of the number before."""
    way = _nearest(before) or (last.way if last else ANY) or _nearest(after, first=True)
    if measure in "块":
        return Key("PLATE", PLATES[0])
    if measure == "人" and ALONG.search(before):
        return Key(ANY, PEOPLE)
    unit = _unit(before) or _unit(after) or (last.unit if last and measure != "家" else ANY)
    if measure == "正":
        unit = LeaderLevel.SECTION_CHIEF
    elif measure == "副":
        unit = LeaderLevel.SECTION_DEPUTY
    elif measure == "人" and not (way and unit):
        return None
    elif measure == "家" or (measure == "个" and not POSTS_WORD.search(before[-8:] + after[:8])):
        return Key(way, BODIES)
    held = [name for name in names if name in before] or [name for name in names if name in after]
    body = max(held, key=len) if held else last.body if last else ANY
    return Key(way, unit if unit not in COUNTED_ELSEWHERE else ANY, body)


def _nearest(text: str, *, first: bool = False) -> str:
    found = sorted(named(WAY_WORDS, text))
    return (found[0] if first else found[-1])[1] if found else ANY


def _unit(text: str) -> str:
    """Return the narrowest type that the words name: 副科级领导职数 is more than 领导职数."""
    return next((code for _, code in named(UNIT_WORDS, text)), ANY)


def bind(text: str, *, then: Sequence[Sums], now: Sums, told: bool = False) -> Bound:
    """Return the text with every number of posts that the lines said at one time as they say it now.

    `then` lists the sums the text may have been written with, the likeliest first. A `told` text (not a title) tells of
    other numbers too: only what it says is asked or changed is held to the lines.
    """
    names = sorted({key.body for sums in (*then, now) for key in sums} - {ANY})
    moved = any(sums != now for sums in then[:1])
    said, still_open, at = "", [], 0
    for spot in spots(text, names):
        if told and (not spot.key.way or BEFORE.search(spot.clause)):
            continue
        n = _now(spot, then, now)
        if n is None and not (moved and spot.posts):
            continue
        if not n:
            still_open.append(text[spot.start : spot.end])
            continue
        if n != numerals.value(spot.written):
            said += text[at : spot.start] + numerals.like(n, spot.written)
            at = spot.start + len(spot.written)
    return Bound(said + text[at:], tuple(still_open))


def _now(spot: Spot, then: Sequence[Sums], now: Sums) -> int | None:
    """Return what the number is now; zero when that cannot be told, nothing when it never agreed with the lines."""
    n = numerals.value(spot.written)
    for sums in then:
        for key in _preferred(spot.key):
            if sums.get(key) == n:
                return now.get(key, 0)
        fitting = {now.get(key, 0) for key, value in sums.items() if value == n and _fits(key, spot.key)}
        if fitting:
            return fitting.pop() if len(fitting) == 1 else 0
    return None


def _preferred(key: Key) -> Iterator[Key]:
    unit = key.unit or POOLED
    for body in dict.fromkeys((key.body, ANY)):
        for way in dict.fromkeys((key.way, ANY)):
            yield Key(way, unit, body)


def _fits(key: Key, said: Key) -> bool:
    """Whether a sum may be what the words name: where they are silent anything fits, else itself, wider or narrower."""
    if said.way and key.way not in (said.way, ANY):
        return False
    if said.body and key.body not in (said.body, ANY):
        return False
    if said.unit in COUNTED_ELSEWHERE or key.unit in COUNTED_ELSEWHERE:
        return key.unit == said.unit or (said.unit == BODIES and key.unit in (OTHERS, *ChangeOp.values))
    if key.unit not in ABOVE and key.unit not in {above for wider in ABOVE.values() for above in wider}:
        return False
    wider = {key.unit, *ABOVE.get(key.unit, ())}
    return not said.unit or said.unit in wider or key.unit in ABOVE.get(said.unit, ()) or _share(key.unit, said.unit)


def _share(one: str, other: str) -> bool:
    """Whether two groups of types overlap: 编制 and 事业编制 do, 编制 and 职数 do not."""
    return any({one, other} <= {unit, *above} for unit, above in ABOVE.items())
