"""The movements behind a number sum to it, whoever counts: the register, or a plan that looks ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from proposals.ledger import balances
from proposals.ledger.origins import Origin
from proposals.plan import trial
from tests.ledger import books as opened
from tests.ledger.books import DEPUTY, FULL, Books

pytestmark = pytest.mark.django_db
PARTS = ("approved", "actual", "committed", "held", "vacant")


@pytest.fixture
def books() -> Books:
    """Books on which posts will move in a month, a case holds posts, and another is drafted."""
    books = opened.found()
    books.on += timedelta(days=1)
    moved = books.case({"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "n": 2})
    books.decide(moved)
    books.issue(moved, on=books.on + timedelta(days=31))
    added = books.case({"op": "QUOTA_ADD", "body": "乙中心", "unit": FULL, "n": 3, "params": {"source": "CITY"}})
    books.decide(added)
    books.issue(added, on=books.on + timedelta(days=40))
    books.decide(books.case({"op": "USE", "body": "乙中心", "unit": FULL, "n": 4}))
    return books


def origin(books: Books, part: str, name: str = "", unit: str = FULL, **more) -> int:
    body = books.bodies[name] if name else None
    on = more.pop("as_of", books.on)
    return Origin(territory=books.territory, part=part, as_of=on, unit=unit, body=body, **more).number()


def test_every_number_of_every_body_on_every_day_is_the_sum_of_its_movements(books: Books) -> None:
    for days in (-400, -1, 0, 31, 32, 60):
        on = books.on + timedelta(days=days)
        standing = balances.standing(territory=books.territory, as_of=on)
        for name in ("甲中心", "乙中心", "丁局"):
            for unit in (FULL, DEPUTY):
                numbers = standing.get((books.bodies[name].pk, unit), balances.NOTHING)
                for part in PARTS:
                    told = origin(books, part, name, unit, as_of=on)
                    assert told == getattr(numbers, part), (days, name, unit, part)
        total, headroom = balances.totals(territory=books.territory, as_of=on).get(FULL, (0, 0))
        assert origin(books, "total", as_of=on) == total
        assert origin(books, "headroom", as_of=on) == headroom


def test_what_a_plan_counts_with_is_the_sum_of_the_movements_it_looks_ahead_to(books: Books) -> None:
    case = books.case({"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "n": 1})
    drawn = trial.of_case(case=case, as_of=books.on)
    told = {row.name: row for row in drawn.rows}
    for name in ("甲中心", "乙中心"):
        row = told[name]
        assert origin(books, "approved", name, ahead=True) == row.approved[0]
        assert origin(books, "actual", name, ahead=True) == row.actual[0]
        assert origin(books, "spendable", name, ahead=True, case=case.uuid) == row.vacant[0]
        assert origin(books, "held_by_others", name, ahead=True, case=case.uuid) == row.held_by_others
    assert told["甲中心"].approved[0] == 28 != origin(books, "approved", "甲中心"), "what leaves later has left"
    assert origin(books, "total", ahead=True) == drawn.totals[0].total[0]
    assert origin(books, "headroom", ahead=True) == drawn.totals[0].headroom[0]


def test_a_plan_that_looks_at_a_day_gone_by_shows_what_stood_then(books: Books) -> None:
    case = books.case({"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "n": 1})
    before = opened.DAY
    row = {one.name: one for one in trial.of_case(case=case, as_of=before, past=True).rows}["甲中心"]
    assert row.approved[0] == 30 == origin(books, "approved", "甲中心", as_of=before)
    assert row.vacant[0] == 2 == origin(books, "spendable", "甲中心", as_of=before, case=case.uuid)
    assert trial.of_case(case=case, as_of=before).rows[0].approved[0] < 30, "to decide on, it is not there any more"
