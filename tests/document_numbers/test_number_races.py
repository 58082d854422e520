"""Two clerks enter one number at the same moment: one of them has it, the other is told so, on both databases."""

from __future__ import annotations

import json
import time

from tests.databases import Database
from tests.ledger.test_races import printed


def test_a_number_goes_to_one_of_two_clerks_and_the_other_gets_a_sentence(database: Database) -> None:
    (pairs,) = printed(database, ("tests.document_numbers.racer", "prepare"))
    for kind, rivals in pairs.items():
        start = time.time() + 8
        plans = [json.dumps({"start": start, "cases": [pair[place] for pair in rivals]}) for place in range(2)]
        told = printed(database, *(("tests.document_numbers.racer", kind, plan) for plan in plans))
        assert [sorted(turn) for turn in zip(*told, strict=True)] == [["NUMBER_TAKEN", "entered"]] * len(rivals), kind
