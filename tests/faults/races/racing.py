"""Two at once under every schedule with at most two preemptions: it must end as if one had come after the other."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.faults.races.gates import TO_THE_END, Gated, attempted, let
from tests.faults.races.pairs import Pair
from tests.faults.scene import prints
from tests.faults.scene.forks import forked, refused
from tests.faults.scene.moments import Kept
from tests.faults.scene.prints import Print
from tests.faults.scene.tally import Budget, Tally
from workflows.audit.reading import chains

AUDITED = 6
LEAST = 2
Schedule = tuple[int, int, int]  # who begins, after how many gates the other comes, after how many he comes back


@dataclass(frozen=True)
class Serial:
    """How a pair ends when one comes after the other: what came of each, and the print that is steady."""

    came: list[Any]
    after: Print
    steady: frozenset[str]


class Racing:
    """One pair after another, each under another schedule."""

    def __init__(self, kept: Kept, seed: int) -> None:
        self.kept, self.chance = kept, random.Random(seed)

    def run(self, pairs: Sequence[Pair], budget: Budget, *, first: bool = False) -> Tally:
        """Give every pair its part of the time, in the seed's order; `first`: until the first loss."""
        tally, order = Tally(), list(pairs)
        self.chance.shuffle(order)
        for place, pair in enumerate(order):
            if tally.figures and (budget.left() <= 0 or (first and tally.lost)):
                break
            share = Budget(budget.left() / (len(order) - place))
            for done, schedule in enumerate(self.schedules(pair, tally)):
                if (share.left() <= 0 and done >= LEAST) or (first and tally.lost):
                    break
                tally.add(self.raced(pair, schedule, audited=done % AUDITED == 0 or not pair.whole))
        return tally

    def schedules(self, pair: Pair, tally: Tally) -> Iterator[Schedule]:
        """See the pair go one after the other, then yield every schedule, in the seed's order."""
        self.serial = [self.one_after_the_other(pair, begins) for begins in (0, 1)]
        gates = self.gates(pair)
        found = [
            (begins, n, m)
            for begins in (0, 1)
            for n in range(gates[begins] + 1)
            for m in range(1, gates[1 - begins] + 1)
        ]
        self.chance.shuffle(found)
        tally.figures["schedules"] += len(found)
        tally.figures["pairs"] += 1
        yield from found

    def one_after_the_other(self, pair: Pair, begins: int) -> Serial:
        """Let one come after the other, twice, without gates."""
        ends = []
        for _ in range(2):
            known = self.kept.restore(pair.moment)
            came: list[Any] = [None, None]
            for place in (begins, 1 - begins):
                came[place] = forked(lambda place=place, known=known: attempted(lambda: pair.does(place, known)))
                if refused(came[place]):
                    raise AssertionError(f"{pair.name}, one after the other: {refused(came[place])}")
            ends.append(self.kept.print())
        return Serial(came, ends[1], prints.steady(*ends))

    def gates(self, pair: Pair) -> list[int]:
        """Return how many gates each passes when he comes first."""
        passed = [0, 0]
        for begins in (0, 1):
            gated = self.begun(pair)
            let(gated, [(begins, TO_THE_END)])
            passed[begins] = gated[begins].passed
        return passed

    def begun(self, pair: Pair) -> tuple[Gated, Gated]:
        """Lay the moment out and let both come to their first gates."""
        known = self.kept.restore(pair.moment)
        return (Gated(lambda: pair.does(0, known)), Gated(lambda: pair.does(1, known)))

    def raced(self, pair: Pair, schedule: Schedule, *, audited: bool) -> Tally:
        """Let the pair race once; tell what is wrong with how it ended."""
        begins, n, m = schedule
        came = let(self.begun(pair), [(begins, n), (1 - begins, m), (begins, TO_THE_END), (1 - begins, TO_THE_END)])
        wrong = [refused(one) for one in came] + self.kept.broken_files()
        if not any(wrong) and pair.whole:
            now = self.kept.print()
            ways = [prints.differing(one.after, now, self.steady) for one in self.serial if one.came == came]
            if not ways:
                wrong.append(f"{came} comes of no order")
            elif all(ways):
                wrong.append(f"{came} ends as in no order: {', '.join(min(ways, key=len))}")
        wrong += map(str, forked(lambda: list(chains.findings()))) if audited else []
        tally = Tally(lost=[f"{pair.name}, schedule {schedule}: {one}" for one in wrong if one])
        tally.figures.update(races=1, audits=int(audited))
        return tally

    @property
    def steady(self) -> frozenset[str]:
        """What two undisturbed runs agree on, in both orders."""
        return self.serial[0].steady & self.serial[1].steady
