"""What was known at a moment: whatever is recorded late, early or in no order, a reading says what the sum says."""

from __future__ import annotations

import json
import os

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.ledger import balances
from tests.databases import Database
from tests.ledger import hindsight
from tests.ledger.books import DAY, FULL, Books

EXAMPLES = 1500 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 60
PLAY = "import django, json; django.setup(); from tests.ledger import hindsight; print(json.dumps(hindsight.play({})))"
AMENDMENTS = balances._amendments


def test_on_each_database_a_reading_is_the_sum_of_what_was_known(database: Database) -> None:
    count = json.loads(database.run("-c", PLAY.format(EXAMPLES), timeout=3000).splitlines()[-1])
    assert min(count["late"], count["early"]) > EXAMPLES // 2, "hardly anything was late or early"


@pytest.mark.parametrize("forgotten", range(3), ids=["late", "on the moment's own day", "early"])
def test_red_control_no_amendment_may_be_forgotten(db, monkeypatch: pytest.MonkeyPatch, forgotten: int) -> None:
    def lacking(*asked: object) -> list:
        return [one for place, one in enumerate(AMENDMENTS(*asked)) if place != forgotten]

    monkeypatch.setattr(balances, "_amendments", lacking)
    with pytest.raises((AssertionError, ExceptionGroup)):
        hindsight.play(200)


def test_each_amendment_is_served_by_an_index_that_holds_little_else(books: Books) -> None:
    accounts = books.bodies["甲中心"].accounts.filter(unit=FULL)
    with CaptureQueriesContext(connection) as captured:
        balances.balance(accounts=accounts, as_of=DAY.replace(year=2027), known_at=books.entry().at)
    plans = []
    for query in captured.captured_queries[1:]:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans.append(" ".join(row[3] for row in cursor.fetchall()))
    wanted = ("late_from", "late_to", "recorded_at>? AND recorded_at<?", "recorded_at>? AND recorded_at<?",
              "early_from", "early_to")  # fmt: skip
    assert len(plans) == len(wanted)
    for name, plan in zip(wanted, plans, strict=True):
        assert name in plan and "SCAN" not in plan, plan
