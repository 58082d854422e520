"""The rule by which a committee meets and decides, as one dated, cited object of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any

from django.db import models

from proposals.vocabulary import Motion, Outcome, Verdict


class Base(models.TextChoices):
    """Of whom a majority is a majority."""

    ROLL = "ROLL", "应到会委员"
    PRESENT = "PRESENT", "实到会委员"
    VOTING = "VOTING", "有表决权的到会委员"


class Method(models.TextChoices):
    """How an item is decided."""

    NO_OBJECTION = "NO_OBJECTION", "一致同意（无异议）"
    ORAL = "ORAL", "口头表决"
    HANDS = "HANDS", "举手表决"
    NAMED = "NAMED", "记名表决"
    SECRET = "SECRET", "无记名表决"


PROCEDURAL = (Motion.DEFER, Motion.RETURN)
CARRIED_AS: Mapping[Motion, Outcome] = {
    Motion.AS_PROPOSED: Outcome.APPROVED,
    Motion.AS_AMENDED: Outcome.AMENDED,
    Motion.DEFER: Outcome.DEFERRED,
    Motion.RETURN: Outcome.RETURNED,
}


def usual_outcomes() -> dict[str, str]:
    """Return the usual table "motion/verdict" → outcome: what finds no majority is deferred, not refused."""
    table = {f"{motion}/{Verdict.CARRIED}": str(outcome) for motion, outcome in CARRIED_AS.items()}
    for motion in Motion:
        undecided = Outcome.PUT_OVER if motion in PROCEDURAL else Outcome.DEFERRED
        for verdict in (Verdict.NOT_CARRIED, Verdict.TIE, Verdict.SPLIT):
            table[f"{motion}/{verdict}"] = str(undecided)
        table[f"{motion}/{Verdict.NO_QUORUM}"] = str(Outcome.PUT_OVER)
    return table


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a base: "more than 1/2" is (1, 2, strict), "at least 2/3" is (2, 3, not strict)."""

    num: int
    den: int
    strict: bool

    def of(self, base: int) -> Fraction:
        """Return the part of the base, exactly."""
        return Fraction(self.num * base, self.den)

    def met(self, n: int, base: int) -> bool:
        """Return whether n reaches the part."""
        return n > self.of(base) if self.strict else n >= self.of(base)

    def least(self, base: int) -> int:
        """Return the smallest whole number that reaches the part."""
        part = self.of(base)
        return part.numerator // part.denominator + 1 if self.strict else -(-part.numerator // part.denominator)

    def words(self, base: int) -> str:
        """Return the part in words with its number, e.g. 半数（4.5）."""
        name = {(1, 2): "半数", (1, 1): "全体"}.get((self.num, self.den), f"{self.den}分之{self.num}")
        part = self.of(base)
        exact = part == round(part, 2)
        number = f"{float(part):.2f}".rstrip("0").rstrip(".")
        return f"{name}（{number}）" if exact else f"{name}（约{number}）"


HALF, TWO_THIRDS = Share(1, 2, True), Share(2, 3, False)


@dataclass(frozen=True, slots=True)
class VotingRule:
    """How the committee meets and decides: one dated, cited object; everything adjustable stands here.

    Recusal has three switches: is the recused member in the base of the majority, in the base of the quorum, and does
    he count as present. `refusal_by_majority`: votes against that reach the threshold themselves are 不同意.
    """

    citation: str
    quorum: Share = HALF
    quorum_major: Share = TWO_THIRDS
    base: Base = Base.ROLL
    threshold: Share = HALF
    split_margin: int | None = None
    tie: Verdict = Verdict.TIE
    recused_in_base: bool = True
    recused_in_quorum_base: bool = True
    recused_is_present: bool = False
    refusal_by_majority: bool = True
    outcomes: Mapping[str, str] = field(default_factory=usual_outcomes)
    methods: tuple[str, ...] = (Method.NO_OBJECTION, Method.ORAL, Method.HANDS, Method.NAMED)
    chair_last: bool = True
    unit_recusal: bool = False
    material_days: int = 3
    substitutes: bool = False
    circulation: bool = False
    circulation_ratified: bool = True
    circulation_days: int = 5

    def to_data(self) -> dict[str, Any]:
        """Return the rule as primitives."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> VotingRule:
        """Read a rule from primitives; a missing field takes the default, an unknown one raises TypeError."""
        shares = {name: Share(**data[name]) for name in ("quorum", "quorum_major", "threshold") if name in data}
        closed = {"base": Base(data.get("base", Base.ROLL)), "tie": Verdict(data.get("tie", Verdict.TIE))}
        methods = tuple(data.get("methods", cls.__dataclass_fields__["methods"].default))
        return cls(**{**data, **shares, **closed, "methods": methods})
