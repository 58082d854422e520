"""The only place that counts: ballots or counts go in; verdict, outcome and the sentence that explains them come out.

Pure arithmetic on whole numbers under a dated, cited rule; nothing here reads a clock or a table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models

from proposals.committee.voting_rule import PROCEDURAL, Base, Method, VotingRule
from proposals.vocabulary import BallotValue, Motion, Outcome, Verdict


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who could vote on an item: members on the roll, those in the room, and those who stand aside."""

    due: int
    present: int
    recused: int = 0
    recused_present: int = 0

    def __post_init__(self) -> None:
        possible = 0 <= self.recused_present <= min(self.recused, self.present) and self.recused <= self.due
        if not (possible and self.due > 0 and 0 <= self.present <= self.due):
            raise ValueError(f"impossible attendance: {self}")

    @property
    def eligible(self) -> int:
        """Those in the room who may vote."""
        return self.present - self.recused_present


@dataclass(frozen=True, slots=True)
class Votes:
    """Counted votes; what is missing to the eligible members is 未表决."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    @classmethod
    def of(cls, ballots: Iterable[str]) -> Votes:
        """Count the values of ballots; raises ValueError for a value that is none."""
        counted = Counter(BallotValue(ballot) for ballot in ballots)
        return cls(counted[BallotValue.FOR], counted[BallotValue.AGAINST], counted[BallotValue.ABSTAIN])

    @classmethod
    def without_objection(cls, *, eligible: int, against: int = 0, abstained: int = 0) -> Votes:
        """Count 一致同意(无异议): those present with a vote, minus named dissent and abstention."""
        return cls(eligible - against - abstained, against, abstained)

    @property
    def cast(self) -> int:
        """All votes that were cast."""
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough members are there, with the sentence of the rule."""

    met: bool
    present: int
    base: int
    needed: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The verdict on one ballot with every number it rests on."""

    motion: Motion
    method: Method
    major: bool
    verdict: Verdict
    outcome: Outcome
    due: int
    present: int
    eligible: int
    recused: int
    in_favour: int
    against: int
    abstained: int
    silent: int
    quorum_present: int
    quorum_base: int
    quorum_needed: int
    base_name: Base
    base: int
    needed: int
    sentence: str
    citation: str

    def to_data(self) -> dict[str, Any]:
        """Return the tally as primitives."""
        return {name: value.value if isinstance(value, models.Choices) else value
                for name, value in asdict(self).items()}  # fmt: skip


def quorum(*, attendance: Attendance, rule: VotingRule, major: bool) -> Quorum:
    """Say whether enough members are there for a matter, major ones by the higher share."""
    share = rule.quorum_major if major else rule.quorum
    base = attendance.due - (0 if rule.recused_in_quorum_base else attendance.recused)
    present = attendance.present - (0 if rule.recused_is_present else attendance.recused_present)
    met = attendance.eligible > 0 and share.met(present, base)
    aside = f"（其中回避{attendance.recused_present}人，不计入）" if present != attendance.present else ""
    reach = "超过" if share.strict else "达到"
    verb = reach if met else f"未{reach}"
    sentence = (
        f"应到{attendance.due}人，实到{attendance.present}人{aside}，{present}人{verb}"
        f"{'重大事项' if major else ''}法定人数，即{base}人的{share.words(base)}，须有{share.least(base)}人"
    )
    return Quorum(met, present, base, share.least(base), sentence)


def tally(
    *, votes: Votes | Iterable[str], attendance: Attendance, rule: VotingRule, motion: str,
    major: bool = False, method: str = Method.NAMED,
) -> Tally:  # fmt: skip
    """Turn the votes on a motion into verdict, outcome and sentence; more votes than voters raise ValueError.

    The verdict is the first that holds of: no quorum, tie, split (difference within the margin), carried, not carried.
    """
    counted = votes if isinstance(votes, Votes) else Votes.of(votes)
    if min(counted.in_favour, counted.against, counted.abstained) < 0 or counted.cast > attendance.eligible:
        raise ValueError(f"{counted.cast} votes for {attendance.eligible} voters")
    present = quorum(attendance=attendance, rule=rule, major=major)
    base = _majority_base(attendance, rule)
    verdict = _verdict(counted, present, base, rule)
    outcome = Outcome(rule.outcomes[f"{motion}/{verdict}"])
    refused = verdict == Verdict.NOT_CARRIED and motion not in PROCEDURAL and rule.threshold.met(counted.against, base)
    if refused and rule.refusal_by_majority:
        outcome = Outcome.REJECTED
    return Tally(
        motion=Motion(motion), method=Method(method), major=major, verdict=verdict, outcome=outcome,
        due=attendance.due, present=attendance.present, eligible=attendance.eligible, recused=attendance.recused,
        in_favour=counted.in_favour, against=counted.against, abstained=counted.abstained,
        silent=attendance.eligible - counted.cast, quorum_present=present.present, quorum_base=present.base,
        quorum_needed=present.needed, base_name=rule.base, base=base, needed=rule.threshold.least(base),
        sentence=_sentence(counted, present, base, rule, verdict, outcome, Motion(motion)), citation=rule.citation,
    )  # fmt: skip


def _majority_base(attendance: Attendance, rule: VotingRule) -> int:
    match rule.base:
        case Base.ROLL:
            return attendance.due - (0 if rule.recused_in_base else attendance.recused)
        case Base.PRESENT:
            return attendance.present - (0 if rule.recused_in_base else attendance.recused_present)
        case _:
            return attendance.eligible


def _verdict(votes: Votes, present: Quorum, base: int, rule: VotingRule) -> Verdict:
    apart = abs(votes.in_favour - votes.against)
    if not present.met:
        return Verdict.NO_QUORUM
    if apart == 0 and votes.in_favour:
        return rule.tie
    if rule.split_margin is not None and votes.against and apart <= rule.split_margin:
        return Verdict.SPLIT
    return Verdict.CARRIED if rule.threshold.met(votes.in_favour, base) else Verdict.NOT_CARRIED


def _sentence(
    votes: Votes, present: Quorum, base: int, rule: VotingRule, verdict: Verdict, outcome: Outcome, motion: Motion
) -> str:
    if verdict == Verdict.NO_QUORUM:
        return f"{present.sentence}，不能表决，{outcome.label}"
    counted = f"赞成{votes.in_favour}票、反对{votes.against}票、弃权{votes.abstained}票"
    asked = "" if motion == Motion.AS_PROPOSED else f"表决动议为“{motion.label}”，"
    part = f"{rule.base.label}{base}人的{rule.threshold.words(base)}"
    if votes.in_favour == votes.against > 0:
        return f"{asked}{counted}，赞成与反对票数相等，{outcome.label}"
    if verdict == Verdict.SPLIT:
        apart = abs(votes.in_favour - votes.against)
        return f"{asked}{counted}，赞成与反对相差{apart}票，不超过{rule.split_margin}票，意见分歧较大，{outcome.label}"
    reach = "超过" if rule.threshold.strict else "达到"
    verb = reach if verdict == Verdict.CARRIED else f"未{reach}"
    against = f"，反对{votes.against}票{reach}该数" if outcome == Outcome.REJECTED else ""
    return f"{asked}{counted}，赞成{votes.in_favour}票{verb}{part}{against}，{outcome.label}"
