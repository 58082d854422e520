"""Two offices act at the same moment: one vacancy is reserved once, and a day that is being closed takes nothing in."""

from __future__ import annotations

import json
import time

from tests.databases import Database


def printed(database: Database, *commands: tuple) -> list:
    """Run programs side by side and return what each printed last, as JSON."""
    told = []
    for program in [database.start("-m", *command) for command in commands]:
        code = program.wait(timeout=120)
        text = database.log(database.started.index(program)).read_text()
        assert code == 0, text
        told.append(json.loads(text.splitlines()[-1]))
    return told


def test_one_vacancy_is_reserved_once_whoever_comes_together(database: Database) -> None:
    (pairs,) = printed(database, ("tests.ledger.racer", "prepare"))
    start = time.time() + 6
    orders = [json.dumps([pair[place] for pair in pairs]) for place in range(2)]
    told = printed(database, *(("tests.ledger.racer", "decide", order, start) for order in orders))
    assert [sorted(round_) for round_ in zip(*told, strict=True)] == [["held", "refused"]] * len(pairs)


def test_what_is_posted_while_its_day_is_closed_is_known_to_the_closing_or_refused(database: Database) -> None:
    (district,) = printed(database, ("tests.ledger.closer", "prepare"))
    start = time.time() + 6
    posted, closed = printed(database, *(("tests.ledger.closer", act, district, start) for act in ("post", "close")))
    assert set(posted) == {"posted", "refused"} and set(closed) == {"closed"}
    assert printed(database, ("tests.ledger.closer", "audit")) == [[]]
