"""The only place that reads people in the wording of minutes: whom a text means, and what it says that one did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from proposals.committee.minutes.contradiction import Contradiction
from proposals.committee.voting_rule import Method
from proposals.text import alike
from proposals.vocabulary import BallotValue

PRESIDED = re.compile(r"([^，。；]{0,40}?)主持(?:召开|会议|本次)|会议由([^，。；]{1,30}?)主持")
LISTED = re.compile(r"(出席|到会|请假|缺席|未到会|回避)(?:人员|委员)?[：:]([^。；\n]+)")
CAME = ("出席", "到会", "参加会议", "参会")
STAYED_AWAY = ("请假", "缺席", "未到会", "未出席")
ASIDE = ("回避",)
BY_NAME = (Method.NAMED.label, Method.NO_OBJECTION.label)
SAID: Mapping[str, BallotValue] = {"赞成": BallotValue.FOR, "反对": BallotValue.AGAINST, "弃权": BallotValue.ABSTAIN}
# While a text is read, every name in it is one sign of this range, which no text of ours may hold.
SIGNS = "\ue000-\uf8ff"
# Between a name and what that one did stand a few words; another name only as one more of the same.
BETWEEN = rf"(?:同志|委员)?(?:[^，。；、\n{SIGNS}]|[和与及][{SIGNS}]){{0,8}}?"


class People:
    """Whom a text may mean: the longest name that stands at a place, and all who bear it.

    Members are known by what the record prints for them, so that two of one name stay two; who sat in or was nobody's
    member is known too, for 李明华 is not 李明.
    """

    def __init__(self, true: Mapping[str, Any]) -> None:
        members = [one for group in ("present", "leave", "absent") for one in true[group]]
        meant: dict[str, frozenset[str]] = {}
        for text in (name.partition("（")[0] for item in true["items"] for name in item["attending"]):
            meant[text] = frozenset()
        bare = {one["name"]: one["name"].partition("（")[0] for one in members}
        for shown, name in bare.items():
            meant[name] = frozenset(one for one, other in bare.items() if alike.same(name, other))
            meant[shown] = meant[name] if shown == name else frozenset({shown})
        self._names = sorted((name for name in meant if name), key=len, reverse=True)
        self._meant = [meant[name] for name in self._names]
        self._pattern = re.compile("|".join(map(re.escape, self._names)) or r"(?!)")
        chair = true["meeting"]["presiding"]
        self.presiding = next((one["name"] for one in members if one["member"] == chair.get("member")), "")

    def signed(self, text: str) -> str:
        """Return the text with every name as one sign."""
        return self._pattern.sub(lambda found: chr(0xE000 + self._names.index(found[0])), text)

    def plain(self, text: str) -> str:
        """Return the text with its names again."""
        return re.sub(f"[{SIGNS}]", lambda found: self._names[ord(found[0]) - 0xE000], text)

    def whom(self, sign: str) -> frozenset[str]:
        """Return the members a sign may mean; nobody for somebody who is no member."""
        return self._meant[ord(sign) - 0xE000]

    def told(self, text: str, words: Iterable[str]) -> Iterator[tuple[frozenset[str], str, str]]:
        """Yield (members, the words as they stand, what they say) for every name that a clause puts before a word."""
        pattern = "|".join(sorted(words, key=len, reverse=True))
        clause = re.compile(rf"([{SIGNS}]){BETWEEN}({pattern})")
        signed = self.signed(text)
        for sign in re.finditer(f"[{SIGNS}]", signed):
            found = clause.match(signed, sign.start())
            if found and "不" not in found[0] and "未" not in found[0].replace(found[2], ""):
                yield self.whom(found[1]), self.plain(found[0]), found[2]

    def listed(self, text: str) -> Iterator[tuple[frozenset[str], str, str]]:
        """Yield (members, as it stands, word) for every list that begins with what its people did, e.g. 请假：张三."""
        for found in LISTED.finditer(self.signed(text)):
            for part in re.split(r"[、，,\s]+", found[2]):
                if re.match(f"[{SIGNS}]", part):
                    yield self.whom(part[0]), f"{found[1]}：{self.plain(part[0])}", found[1]


def presided(place: str, text: str, true: Mapping[str, Any], people: People) -> Iterator[Contradiction]:
    """Yield a contradiction where the text says that somebody else presided."""
    name = true["meeting"]["presiding"].get("name", "")
    for found in PRESIDED.finditer(people.signed(text)):
        said = (found[1] or found[2] or "").strip()
        meant = [people.whom(sign) for sign in re.findall(f"[{SIGNS}]", said)]
        if name and said and not any(people.presiding in one for one in meant):
            yield Contradiction(place, people.plain(found[0]), f"{name}主持")


def attendance(place: str, text: str, true: Mapping[str, Any], people: People) -> Iterator[Contradiction]:
    """Who came and who stayed away, where a sentence or a list says it of a member by name."""
    there = {one["name"] for one in true["present"]}
    away = {one["name"]: "请假" for one in true["leave"]} | {one["name"]: "缺席" for one in true["absent"]}
    spoken = people.told(text, (*STAYED_AWAY, *CAME))
    for meant, said, word in (*spoken, *(one for one in people.listed(text) if one[2] not in ASIDE)):
        if meant and all((name in there) is (word in STAYED_AWAY) for name in meant):
            real = "、".join(f"{name}{'到会' if name in there else away[name]}" for name in sorted(meant))
            yield Contradiction(place, said, real)


def stances(place: str, text: str, one: Mapping[str, Any], people: People) -> Iterator[Contradiction]:
    """What a member did on the item, where a sentence or a list says it of him by name."""
    recused = {found["name"] for found in one["recused"]}
    for meant, said, word in people.told(text, (*ASIDE, *SAID)):
        if word in ASIDE and meant and not meant & recused:
            yield Contradiction(place, said, f"{'、'.join(sorted(meant))}没有回避")
        elif word in SAID and meant and not any(_may_have_said(name, SAID[word], one["rounds"]) for name in meant):
            yield Contradiction(place, said, f"记录中{'、'.join(sorted(meant))}没有{word}")
    for meant, said, word in people.listed(text):
        if word in ASIDE and meant and not meant & recused:
            yield Contradiction(place, said, f"{'、'.join(sorted(meant))}没有回避")
    signed = people.signed(text)
    for found in re.finditer(f"([{SIGNS}])(?:同志|委员)?(?:未|没有|不)回避", signed):
        if (meant := people.whom(found[1])) and meant <= recused:
            yield Contradiction(place, f"{people.plain(found[1])}没有回避", f"回避：{'、'.join(sorted(recused))}")
    if recused and re.search("无人回避|没有委员回避", text):
        yield Contradiction(place, "无人没有回避", f"回避：{'、'.join(sorted(recused))}")


def _may_have_said(name: str, value: str, rounds: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a round names the member with that value, or leaves it open what he said."""
    for found in rounds:
        known = [one for one, members in found["named"].items() if name in members]
        unnamed = value == BallotValue.FOR or found["method"] not in BY_NAME
        if value in known or (not known and unnamed):
            return True
    return False
