"""The only place that reads the wording of minutes: every number, name, day and verdict in it is held to the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from proposals.committee.minutes import drawing, places
from proposals.committee.minutes import people as minutes_people
from proposals.committee.minutes.contradiction import Contradiction
from proposals.committee.minutes.people import People
from proposals.text.numerals import in_digits
from proposals.vocabulary import Outcome

VOTES = re.compile(r"(赞成|反对|弃权)[^0-9，。；、]{0,3}(\d+)\s*票")
SAID_BEFORE = re.compile(r"(\d+)\s*[票人名](?:委员)?(?:表示)?(赞成|反对|弃权)")
UNANIMOUS = re.compile("全票(?:赞成|同意|通过)|(?:一致|全体)(?:赞成|同意|通过)")
PASSED = re.compile("(未获通过|未通过|不予通过)|((?:获得|表决|审议|予以)通过)")
COUNTED: Mapping[str, str] = {"赞成": "in_favour", "反对": "against", "弃权": "abstained"}
PEOPLE = re.compile(r"(应到|实到)[^0-9，。；、]{0,6}(\d+)\s*[人名]")
POSTS = re.compile(r"(\d+)\s*(?:名|个)(?:[^，。；、]{0,8})(?:编制|职数)|(?:编制|职数)\s*(\d+)\s*(?:名|个)")
QUOTED = re.compile("《[^》]*》")
DECISIONS: Mapping[str, Outcome] = {
    "原则同意": Outcome.AMENDED,
    "不同意": Outcome.REJECTED,
    "不予同意": Outcome.REJECTED,
    "同意": Outcome.APPROVED,
    "暂缓": Outcome.DEFERRED,
    "退回": Outcome.RETURNED,
    "顺延": Outcome.PUT_OVER,
}
LEAD = "(?:会议(?:一致|研究|审议|决定|经表决|经审议)*(?:将)?(?:《[^》]*》)?|予以)"
DECISION = re.compile(f"{LEAD}({'|'.join(DECISIONS)})")
MEETING = re.compile(r"(?:(\d{4})年)?第(\d+)次会议")
HELD = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日[^。；]{0,40}(?:召开|主持|举行)")
HELD_SHORT = re.compile(r"(?<!年)会议于(\d{1,2})月(\d{1,2})日")


def contradictions(content: Mapping[str, Any], true: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Yield what the wording says otherwise than the record, part by part."""
    people = People(true)
    for name, worded in content.get("wording", {}).items():
        place, text = places.WORDING.get(name, name), in_digits(str(worded))
        yield from _people(place, str(text), {"应到": true["due"], "实到": len(true["present"])})
        yield from _meeting(place, str(text), true["meeting"])
        yield from minutes_people.presided(place, str(text), true, people)
        yield from minutes_people.attendance(place, str(text), true, people)
        yield from _of_any_item(place, str(text), true["items"])
    said = {one["item"]: one for one in content.get("items", [])}
    for one in true["items"]:
        texts = said.get(one["item"], {}).get("wording", {})
        for name in drawing.ITEM_WORDING:
            place = f"议题{one['position']}「{one['title']}」{places.WORDING[name]}"
            text = in_digits(str(texts.get(name, "")))
            yield from _of_item(place, text, one, true, decides=name != "discussion")
            yield from minutes_people.presided(place, text, true, people)
            yield from minutes_people.attendance(place, text, true, people)
            yield from minutes_people.stances(place, text, one, people)


def _of_any_item(place: str, text: str, items: Iterable[Mapping[str, Any]]) -> Iterator[Contradiction]:
    """Hold what stands before or after the items to all of them together: what fits none of them contradicts."""
    decided = [one for one in items if one["decides"]]
    for found in DECISION.finditer(text):
        if DECISIONS[found[1]] not in {one["outcome"] for one in decided}:
            labels = "、".join(dict.fromkeys(one["outcome_label"] for one in decided if one["outcome_label"]))
            yield Contradiction(place, found[0], labels or "没有议定结果")
    together = {"rounds": [one for item in decided for one in item["rounds"]]}
    yield from _votes(place, text, together)
    yield from _posts(place, text, {"plan": [line for item in decided for line in item["plan"]]})


def _of_item(
    place: str, text: str, one: Mapping[str, Any], true: Mapping[str, Any], *, decides: bool
) -> Iterator[Contradiction]:
    """Hold one text of an item to its votes, verdict, plan and people; what was discussed may name other posts."""
    if one["decides"]:
        yield from _decision(place, text, one)
    if one["decides"]:
        sentences = re.split("[。；]", text)
        yield from _posts(place, text if decides else "。".join(s for s in sentences if DECISION.search(s)), one)
        yield from _unanimous(place, text, one)
    yield from _votes(place, text, one)
    yield from _people(place, text, {"应到": true["due"], "实到": len(one["present"])})
    yield from _meeting(place, text, true["meeting"], numbered=False)
    if "临时动议" in text and not one["ad_hoc"]:
        yield Contradiction(place, "临时动议", "本议题不是临时动议")


def _decision(place: str, text: str, one: Mapping[str, Any]) -> Iterator[Contradiction]:
    for found in DECISION.finditer(text):
        if DECISIONS[found[1]] != one["outcome"]:
            yield Contradiction(place, found[0], one["outcome_label"] or "没有议定结果")


def _unanimous(place: str, text: str, one: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Nobody was of another mind, or the motion found its majority, only where the count says so."""
    counts = [found["tally"] for found in one["rounds"] if found["tally"]]
    for found in UNANIMOUS.finditer(text):
        if not any(count["against"] + count["abstained"] + count["silent"] == 0 for count in counts):
            yield Contradiction(place, found[0], "有反对、弃权或未表决" if counts else "没有表决")
    agreed = one["outcome"] in (Outcome.APPROVED, Outcome.AMENDED)
    for found in PASSED.finditer(text):
        if bool(found[2]) is not agreed:
            yield Contradiction(place, found[0], one["outcome_label"] or "没有议定结果")


def _votes(place: str, text: str, one: Mapping[str, Any]) -> Iterator[Contradiction]:
    counts = [found["tally"] for found in one["rounds"] if found["tally"]]
    said = [(found[0], found[1], int(found[2])) for found in VOTES.finditer(text)]
    said += [(found[0], found[2], int(found[1])) for found in SAID_BEFORE.finditer(text)]
    for words, value, n in said:
        if all(count[COUNTED[value]] != n for count in counts):
            real = "、".join(f"{value}{count[COUNTED[value]]}票" for count in counts)
            yield Contradiction(place, words, real or "没有表决")


def _people(place: str, text: str, real: Mapping[str, int]) -> Iterator[Contradiction]:
    for found in PEOPLE.finditer(text):
        if int(found[2]) != real[found[1]]:
            yield Contradiction(place, found[0], f"{found[1]}{real[found[1]]}人")


def _posts(place: str, text: str, one: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Numbers of posts in a resolution are numbers of the decided plan, or sums of one kind of change."""
    amounts = [(line["op"], line["decided"]) for line in one["plan"] if line["decided"] is not None]
    if not amounts:
        return
    known = {n for _, n in amounts} | {sum(n for _, n in amounts)}
    known |= {sum(n for op, n in amounts if op == kind) for kind in {op for op, _ in amounts}}
    for found in POSTS.finditer(QUOTED.sub("", text)):  # a quoted title names what was asked, not what was decided
        if int(found[1] or found[2]) not in known:
            yield Contradiction(place, found[0], "、".join(str(n) for n in sorted(known)))


def _meeting(place: str, text: str, real: Mapping[str, Any], *, numbered: bool = True) -> Iterator[Contradiction]:
    """Day and number of the meeting; an item may speak of another meeting's number."""
    for found in HELD.finditer(text):
        day = "-".join([found[1], found[2].zfill(2), found[3].zfill(2)])
        if real["held_on"] and day != str(real["held_on"]):
            yield Contradiction(place, found[0], str(real["held_on"]))
    for found in HELD_SHORT.finditer(text):
        day = f"-{found[1].zfill(2)}-{found[2].zfill(2)}"
        if real["held_on"] and not str(real["held_on"]).endswith(day):
            yield Contradiction(place, found[0], str(real["held_on"]))
    if "缩短材料送达" in text and not real["short_notice"]:
        yield Contradiction(place, "缩短材料送达", "没有同意缩短")
    for found in MEETING.finditer(text) if numbered else ():
        year, seq = found[1] or str(real["year"]), int(found[2])
        if (year, seq) != (str(real["year"]), real["seq"]):
            yield Contradiction(place, found[0], f"{real['year']}年第{real['seq']}次会议")
