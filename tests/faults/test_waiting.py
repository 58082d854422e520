"""Whoever waited for a lock sees what the other one wrote meanwhile: the lock is a statement of its own."""

from __future__ import annotations

import time
from uuid import uuid4

from tests.databases import Database
from tests.ledger.test_races import printed


def test_the_second_waits_and_then_sees_the_entry_and_the_row_of_the_first(database: Database) -> None:
    (case,) = printed(database, ("tests.faults.waiting", "prepare"))
    words = (case, uuid4(), time.time() + 6)
    entry, seen = printed(database, *(("tests.faults.waiting", verb, *words) for verb in ("hold", "open")))
    assert seen.pop("waited") > 0.3, "it did not wait for the first"
    assert seen == {"known": entry, "seq": 1, "state": "SUBMITTED"}
