"""A second count of votes, as somebody with a pencil would make it: one member after the other, no product code.

Members are given one by one; shares are whole numbers; every sentence is written out from the words of the rule. What
the product says must be the same, number by number and character by character.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

FOR, AGAINST, ABSTAIN, SILENT = "FOR", "AGAINST", "ABSTAIN", ""
BASES = {"ROLL": "应到会委员", "PRESENT": "实到会委员", "VOTING": "有表决权的到会委员"}
MOTIONS = {"AS_PROPOSED": "同意原案", "AS_AMENDED": "同意修改案", "DEFER": "暂缓", "RETURN": "退回"}


class Member(NamedTuple):
    """One member of the roll: in the room or not, standing aside or not, and how he voted."""

    present: bool
    aside: bool
    vote: str


class Part(NamedTuple):
    """So many parts of so many: `more` asks for more than that, else that much is enough."""

    num: int
    den: int
    more: bool

    def reached(self, n: int, base: int) -> bool:
        """Whether n members are that part of the base."""
        return n * self.den > self.num * base if self.more else n * self.den >= self.num * base

    def fewest(self, base: int) -> int:
        """Count up until it is enough."""
        n = 0
        while not self.reached(n, base):
            n += 1
        return n

    def words(self, base: int) -> str:
        """Say the part and its number, to two places."""
        names = {"1/2": "半数", "1/1": "全体"}
        name = names.get(f"{self.num}/{self.den}", f"{self.den}分之{self.num}")
        exact = Decimal(self.num * base) / self.den
        said = exact.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        text = str(said)
        while "." in text and text[-1] in "0.":
            text = text[:-1]
        about = "" if said * self.den == self.num * base else "约"
        return f"{name}（{about}{text}）"


class Sheet(NamedTuple):
    """The rule of one count, switch by switch."""

    quorum: Part
    quorum_major: Part
    base: str
    threshold: Part
    margin: int | None
    tie: str
    recused_in_base: bool
    recused_in_quorum_base: bool
    recused_is_present: bool
    refusal_by_majority: bool


class Count(NamedTuple):
    """What the pencil wrote down."""

    verdict: str
    outcome: str
    numbers: dict[str, int]
    quorum_sentence: str
    sentence: str


def count(members: list[Member], rule: Sheet, motion: str, major: bool) -> Count:
    """Count one ballot."""
    n = _numbers(members, rule, major)
    enough, quorum_sentence = _enough(n, rule, major)
    verdict = _verdict(n, rule, enough)
    outcome = _outcome(n, rule, motion, verdict)
    return Count(verdict, outcome, n, quorum_sentence, _sentence(n, rule, motion, verdict, outcome, quorum_sentence))


def _numbers(members: list[Member], rule: Sheet, major: bool) -> dict[str, int]:
    n = dict.fromkeys(
        ("due", "present", "recused", "eligible", "in_favour", "against", "abstained", "silent", "base", "quorum_base",
         "quorum_present", "aside"), 0,
    )  # fmt: skip
    for one in members:
        n["due"] += 1
        n["present"] += one.present
        n["recused"] += one.aside
        n["aside"] += one.aside and one.present
        votes = one.present and not one.aside
        n["eligible"] += votes
        if votes:
            n[{FOR: "in_favour", AGAINST: "against", ABSTAIN: "abstained", SILENT: "silent"}[one.vote]] += 1
        if rule.base == "ROLL":
            n["base"] += rule.recused_in_base or not one.aside
        elif rule.base == "PRESENT":
            n["base"] += one.present and (rule.recused_in_base or not one.aside)
        else:
            n["base"] += votes
        n["quorum_base"] += rule.recused_in_quorum_base or not one.aside
        n["quorum_present"] += one.present and (rule.recused_is_present or not one.aside)
    n["needed"] = rule.threshold.fewest(n["base"])
    n["quorum_needed"] = (rule.quorum_major if major else rule.quorum).fewest(n["quorum_base"])
    return n


def _enough(n: dict[str, int], rule: Sheet, major: bool) -> tuple[bool, str]:
    part = rule.quorum_major if major else rule.quorum
    enough = n["eligible"] >= 1 and n["quorum_present"] >= n["quorum_needed"]
    text = f"应到{n['due']}人，实到{n['present']}人"
    if n["aside"] and not rule.recused_is_present:
        text += f"（其中回避{n['aside']}人，不计入）"
    text += f"，{n['quorum_present']}人"
    text += "" if enough else "未"
    text += "超过" if part.more else "达到"
    text += "重大事项法定人数" if major else "法定人数"
    return enough, text + f"，即{n['quorum_base']}人的{part.words(n['quorum_base'])}，须有{n['quorum_needed']}人"


def _verdict(n: dict[str, int], rule: Sheet, enough: bool) -> str:
    if not enough:
        return "NO_QUORUM"
    if n["in_favour"] == n["against"] and n["against"]:
        return rule.tie
    if rule.margin is not None and n["against"] and -rule.margin <= n["in_favour"] - n["against"] <= rule.margin:
        return "SPLIT"
    return "CARRIED" if n["in_favour"] >= n["needed"] else "NOT_CARRIED"


def _outcome(n: dict[str, int], rule: Sheet, motion: str, verdict: str) -> str:
    procedural = motion in ("DEFER", "RETURN")
    if verdict == "CARRIED":
        return {"AS_PROPOSED": "APPROVED", "AS_AMENDED": "AMENDED", "DEFER": "DEFERRED", "RETURN": "RETURNED"}[motion]
    if verdict == "NO_QUORUM" or procedural:
        return "PUT_OVER"
    if verdict == "NOT_CARRIED" and rule.refusal_by_majority and n["against"] >= n["needed"]:
        return "REJECTED"
    return "DEFERRED"


OUTCOMES = {
    "APPROVED": "同意", "AMENDED": "原则同意", "DEFERRED": "暂缓", "RETURNED": "退回", "REJECTED": "不同意",
    "PUT_OVER": "顺延至下次会议",
}  # fmt: skip


def _sentence(n: dict[str, int], rule: Sheet, motion: str, verdict: str, outcome: str, quorum_sentence: str) -> str:
    end = OUTCOMES[outcome]
    if verdict == "NO_QUORUM":
        return f"{quorum_sentence}，不能表决，{end}"
    text = "" if motion == "AS_PROPOSED" else f"表决动议为“{MOTIONS[motion]}”，"
    text += f"赞成{n['in_favour']}票、反对{n['against']}票、弃权{n['abstained']}票，"
    if n["against"] and n["in_favour"] == n["against"]:
        return f"{text}赞成与反对票数相等，{end}"
    if verdict == "SPLIT":
        apart = max(n["in_favour"], n["against"]) - min(n["in_favour"], n["against"])
        return f"{text}赞成与反对相差{apart}票，不超过{rule.margin}票，意见分歧较大，{end}"
    reach = "超过" if rule.threshold.more else "达到"
    text += f"赞成{n['in_favour']}票{'' if verdict == 'CARRIED' else '未'}{reach}"
    text += f"{BASES[rule.base]}{n['base']}人的{rule.threshold.words(n['base'])}"
    text += f"，反对{n['against']}票{reach}该数" if outcome == "REJECTED" else ""
    return f"{text}，{end}"
