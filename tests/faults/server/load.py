"""Rounds of load: cases are prepared, two people carry them on, the server crashes, and everything is counted."""

from __future__ import annotations

import time

from tests.faults import actors
from tests.faults.scene.forks import Child, forked, refused
from tests.faults.scene.moments import Kept
from tests.faults.scene.tally import Budget, Tally
from tests.faults.server import clients
from tests.faults.server.crashing import Crashing
from workflows.audit.reading import chains

CASES = 8  # a round, for each of two people
CUTS = 3  # sessions cut off before a crash
CRASHES = 2  # a round


class Load:
    """Rounds on one server."""

    def __init__(self, kept: Kept, crashing: Crashing) -> None:
        self.kept, self.crashing = kept, crashing

    def run(self, budget: Budget, *, first: bool = False) -> Tally:
        """Go round until the time is up; `first`: until the first loss."""
        tally = Tally()
        while not tally.figures or (budget.left() > 0 and not (first and tally.lost)):
            tally.add(self.round())
        return tally

    def round(self) -> Tally:
        """Let two people carry their cases on while the server goes away, and tell what is wrong afterwards."""
        self.kept.restore("founded")
        told = forked(lambda: actors.prepare(2 * CASES))
        if refused(told):
            raise AssertionError(refused(told))
        cases = [case["uuid"] for case in told]
        people = [
            Child(lambda place=place: clients.carry(cases[place::2], 1 + place * CASES))  # type: ignore[misc]
            for place in (0, 1)
        ]
        tally = Tally()
        for _ in range(CRASHES):
            for _ in range(CUTS):
                time.sleep(self.crashing.chance.uniform(0.2, 0.8))
                tally.figures["cut connections"] += self.crashing.cut_off()
            self.crashing.crash()
            tally.figures["server crashes"] += 1
        for came in [one.told() for one in people]:
            tally.lost += [refused(came)] if refused(came) else forked(lambda came=came: clients.wrong(came))
            tally.figures["steps under load"] += 0 if refused(came) else len(came)
        tally.lost += map(str, forked(lambda: list(chains.findings())))
        return tally
