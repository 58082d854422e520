"""Two offices decide at the same moment: exactly one of them gets the vacancy, and the last place under a cap."""

from __future__ import annotations

import json
import time

from tests.databases import Database


def test_one_vacancy_is_reserved_once_whoever_comes_together(database: Database) -> None:
    pairs = json.loads(database.run("-m", "tests.ledger.racer", "prepare").splitlines()[-1])
    start = time.time() + 6
    rivals = [
        database.start("-m", "tests.ledger.racer", "decide", json.dumps([pair[place] for pair in pairs]), start)
        for place in range(2)
    ]
    told = []
    for rival in rivals:
        code = rival.wait(timeout=120)
        printed = database.log(database.started.index(rival)).read_text()
        assert code == 0, printed
        told.append(json.loads(printed.splitlines()[-1]))
    assert [sorted(round_) for round_ in zip(*told, strict=True)] == [["held", "refused"]] * len(pairs)
