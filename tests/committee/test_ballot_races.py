"""Whoever waits for a meeting's lock judges by what was written meanwhile: a ballot meets the closing of its vote."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connections

from proposals.models import Ballot, BallotRound
from tests.committee.voters import CHILD
from tests.databases import Database

CAST = {"step": "cast_ballot", "who": "bianwei4", "facts": {"value": "FOR"}}
CLOSE = {"step": "close_ballot", "who": "bianban1", "facts": {}}
MOST = {"cast_ballot": 11, "close_ballot": 12}


def met(database: Database, first: Mapping[str, Any], second: Mapping[str, Any]) -> tuple[str, str]:
    """Let the second step come while the first has the lock and has written; return what each was told.

    On either database neither takes more statements than a ballot or a closing may.
    """
    order = json.loads(database.run("-c", CHILD, "prepare", "NAMED").splitlines()[-1])
    gate = database.folder / "gate"
    gate.mkdir()
    steps = ({**order, **first, "holds": True}, {**order, **second, "holds": False})
    racing = []
    for step in steps:
        racing.append(database.start("-c", CHILD, "take", json.dumps({**step, "gate": str(gate)})))
        wait_until((gate / "held").exists)
    wait_until(lambda: waits(database))
    (gate / "go").touch()
    codes = [one.wait(timeout=120) for one in racing]
    said = [database.log(database.started.index(one)).read_text() for one in racing]
    assert codes == [0, 0], said
    (one, taken), (other, taken_after) = (json.loads(text.splitlines()[-1]) for text in said)
    assert 0 < taken <= MOST[first["step"]] and 0 < taken_after <= MOST[second["step"]]
    return one, other


def wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def waits(database: Database) -> bool:
    """Return whether somebody waits for a lock; SQLite tells nobody, there a moment has to do."""
    if database.vendor != "postgresql":
        time.sleep(0.5)
        return True
    with connections[database.alias].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


def test_a_ballot_that_waits_for_the_closing_of_its_vote_comes_too_late(database: Database) -> None:
    closed, cast = met(database, CLOSE, CAST)
    assert (closed, cast) == ("ok", "表决已结束，您的票未计入。")
    assert not Ballot.objects.using(database.alias).exists()


def test_the_closing_of_a_vote_that_waits_for_a_ballot_counts_it(database: Database) -> None:
    assert met(database, CAST, CLOSE) == ("ok", "ok")
    tally = BallotRound.objects.using(database.alias).get().tally
    assert (tally["in_favour"], Ballot.objects.using(database.alias).count()) == (1, 1)
