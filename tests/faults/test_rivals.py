"""Two act at one moment on different things where only one may succeed: what no lock of one subject would see."""

from __future__ import annotations

import json
import time

from tests.databases import Database
from tests.ledger.test_races import printed


def test_of_two_at_one_moment_the_second_is_judged_by_what_the_first_did(database: Database) -> None:
    (rivals,) = printed(database, ("tests.faults.rivals", "prepare"))
    orders = [json.dumps([pair[place] for pair in rivals.values()]) for place in range(2)]
    start = time.time() + 4
    told = printed(database, *(("tests.faults.rivals", "compete", order, start) for order in orders))
    came = {what: sorted(pair) for what, *pair in zip(rivals, *told, strict=True)}
    assert came == dict.fromkeys(rivals, ["done", "refused"])
