"""Two people give the same reading, or end it, at the same moment: one of them does, on both databases."""

from __future__ import annotations

import json
import time

from tests.databases import Database
from tests.ledger.test_races import printed


def test_one_of_two_gives_a_reading_and_one_of_two_ends_it(database: Database) -> None:
    (cases,) = printed(database, ("tests.desks.racer", "prepare"))
    for step, rivals, lost in (
        ("grant_reading", ("zhuren", "hegao"), {"NO_READER"}),
        ("end_reading", ("hegao", "bianwei4"), {"NOBODY_READS", "NOT_YOURS"}),
    ):
        start = time.time() + 5
        plans = [json.dumps({"start": start, "cases": cases, "who": who}) for who in rivals]
        told = printed(database, *(("tests.desks.racer", step, plan) for plan in plans))
        for turn in zip(*told, strict=True):
            assert turn.count("done") == 1 and set(turn) - {"done"} <= lost, (step, turn)
    n = len(cases)
    (found,) = printed(database, ("tests.desks.racer", "stands"))
    assert found == {"open": 0, "ended": n, "entries": 2 * n, "events": 2 * n, "faults": []}
