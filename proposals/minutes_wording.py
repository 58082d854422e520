"""The only place that reads the wording of minutes: every number, name, day and verdict in it is held to the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from proposals import minutes
from proposals.states import BallotValue, Outcome
from proposals.voting_rule import Method

VOTES = re.compile(r"(赞成|反对|弃权)[^0-9，。；、]{0,3}(\d+)\s*票")
SAID_BEFORE = re.compile(r"(\d+)\s*[票人名](?:委员)?(?:表示)?(赞成|反对|弃权)")
UNANIMOUS = re.compile("全票(?:赞成|同意|通过)|(?:一致|全体)(?:赞成|同意|通过)")
PASSED = re.compile("(未获通过|未通过|不予通过)|((?:获得|表决|审议|予以)通过)")
NUMERAL = re.compile(r"([〇零一二两三四五六七八九十百]+)(?=\s*[票名人个年月日])")
DIGITS: Mapping[str, int] = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
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
PRESIDED = re.compile(r"([^，。；]{0,40}?)主持(?:召开|会议|本次)|会议由([^，。；]{1,30}?)主持")
LISTED = re.compile(r"(出席|到会|请假|缺席|未到会|回避)(?:人员|委员)?[：:]([^。；\n]+)")
CAME = ("出席", "到会", "参加会议", "参会")
STAYED_AWAY = ("请假", "缺席", "未到会", "未出席")
ASIDE = ("回避",)
BY_NAME = (Method.NAMED.label, Method.NO_OBJECTION.label)
SAID: Mapping[str, BallotValue] = {"赞成": BallotValue.FOR, "反对": BallotValue.AGAINST, "弃权": BallotValue.ABSTAIN}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One place where the minutes say something else than the record."""

    place: str
    says: str
    record: str

    def __str__(self) -> str:
        return f"{self.place}：纪要写为“{self.says}”，会议记录为“{self.record}”。"


def contradictions(content: Mapping[str, Any], true: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Yield what the wording says otherwise than the record, part by part."""
    for name, worded in content.get("wording", {}).items():
        place, text = minutes.WORDING.get(name, name), in_digits(str(worded))
        yield from _people(place, str(text), {"应到": true["due"], "实到": len(true["present"])})
        yield from _meeting(place, str(text), true["meeting"])
        yield from _attendance(place, str(text), true)
        yield from _of_any_item(place, str(text), true["items"])
    said = {one["item"]: one for one in content.get("items", [])}
    for one in true["items"]:
        texts = said.get(one["item"], {}).get("wording", {})
        for name in minutes.ITEM_WORDING:
            place = f"议题{one['position']}「{one['title']}」{minutes.WORDING[name]}"
            yield from _of_item(place, in_digits(str(texts.get(name, ""))), one, true, decides=name != "discussion")


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
    yield from _attendance(place, text, true)
    yield from _stances(place, text, one, _names(true))
    if "临时动议" in text and not one["ad_hoc"]:
        yield Contradiction(place, "临时动议", "本议题不是临时动议")


def _decision(place: str, text: str, one: Mapping[str, Any]) -> Iterator[Contradiction]:
    for found in DECISION.finditer(text):
        if DECISIONS[found[1]] != one["outcome"]:
            yield Contradiction(place, found[0], one["outcome_label"] or "没有议定结果")


def in_digits(text: str) -> str:
    """Return the text with the Chinese numerals before a unit (七票, 三月, 二〇二六年) as digits."""
    return NUMERAL.sub(lambda found: str(_number(found[1])), text)


def _number(signs: str) -> int:
    if not set(signs) & {"十", "百"}:
        return int("".join(str(DIGITS[sign]) for sign in signs))
    total, last = 0, 0
    for sign in signs:
        if sign in DIGITS:
            last = DIGITS[sign]
        else:
            total += (last or 1) * (10 if sign == "十" else 100)
            last = 0
    return total + last


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
    """Day, number and president of the meeting; an item may speak of another meeting's number."""
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
    name = real["presiding"].get("name", "")
    for found in PRESIDED.finditer(text):
        said = (found[1] or found[2] or "").strip()
        if name and said and name not in said:
            yield Contradiction(place, found[0], f"{name}主持")


def _names(true: Mapping[str, Any]) -> list[str]:
    return [one["name"] for group in ("present", "leave", "absent") for one in true[group]]


def _attendance(place: str, text: str, true: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Who came and who stayed away, where a sentence says it of a member by name."""
    there = {one["name"] for one in true["present"]}
    away = {one["name"]: "请假" for one in true["leave"]} | {one["name"]: "缺席" for one in true["absent"]}
    for name, said, words in _told(text, _names(true), (*STAYED_AWAY, *CAME)):
        if (name in there) is (words in STAYED_AWAY):
            yield Contradiction(place, said, f"{name}{'到会' if name in there else away[name]}")
    for word, name in _lists(text, _names(true)):
        if word not in ASIDE and (name in there) is (word in STAYED_AWAY):
            yield Contradiction(place, f"{word}：{name}", f"{name}{'到会' if name in there else away[name]}")


def _lists(text: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (word, member) for every list that begins with what its members did, e.g. 请假：张三、李四."""
    for found in LISTED.finditer(text):
        listed = re.split(r"[、，,\s]+", found[2])
        yield from ((found[1], name) for name in names if any(one.startswith(name) for one in listed))


def _stances(place: str, text: str, one: Mapping[str, Any], names: Iterable[str]) -> Iterator[Contradiction]:
    """What a member did on the item, where a sentence says it of him by name."""
    recused = {found["name"] for found in one["recused"]}
    for name, said, word in _told(text, names, (*ASIDE, *SAID)):
        if word in ASIDE and name not in recused:
            yield Contradiction(place, said, f"{name}没有回避")
        elif word in SAID and not _may_have_said(name, SAID[word], one["rounds"]):
            yield Contradiction(place, said, f"记录中{name}没有{word}")
    for word, name in _lists(text, names):
        if word in ASIDE and name not in recused:
            yield Contradiction(place, f"{word}：{name}", f"{name}没有回避")
    denied = [name for name in recused if re.search(f"{re.escape(name)}(?:同志|委员)?(?:未|没有|不)回避", text)]
    denied += ["无人"] if recused and re.search("无人回避|没有委员回避", text) else []
    for name in denied:
        yield Contradiction(place, f"{name}没有回避", f"回避：{'、'.join(sorted(recused))}")


def _may_have_said(name: str, value: str, rounds: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a round names the member with that value, or leaves it open what he said."""
    for found in rounds:
        known = [one for one, members in found["named"].items() if name in members]
        unnamed = value == BallotValue.FOR or found["method"] not in BY_NAME
        if value in known or (not known and unnamed):
            return True
    return False


def _told(text: str, names: Iterable[str], words: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield (member, the words as they stand, what they say) for every member whom a clause names before a word."""
    pattern = "|".join(sorted(words, key=len, reverse=True))
    for name in names:
        for found in re.finditer(rf"{re.escape(name)}(?:同志|委员)?(?:[^，。；、\n]{{0,8}}?)({pattern})", text):
            if "不" not in found[0] and "未" not in found[0].replace(found[1], ""):
                yield name, found[0], found[1]
