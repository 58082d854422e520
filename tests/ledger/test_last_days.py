"""What comes to its last day in the registers is told in time: permits, coordination bodies, posts of the pool."""

from __future__ import annotations

from datetime import timedelta

from proposals.ledger import reversals
from proposals.models import BodyVersion, Posting
from proposals.register import last_days
from tests.faults.lapsing import permit
from tests.ledger.books import DAY, FULL, Books

NEXT = DAY + timedelta(days=30)


def told(books: Books, days: int) -> list[tuple]:
    found = last_days.by(territory=books.territory, today=books.on, until=books.on + timedelta(days=days))
    return [(one.sort, one.name, one.n, one.day) for one in found]


def lend(books: Books, n: int, on: str) -> None:
    set_aside = {"op": "POOL_GROW", "unit": FULL, "n": n}
    case = books.case(
        set_aside, {"op": "POOL_USE", "body": "甲中心", "unit": FULL, "n": n, "params": {"return_on": on}}
    )
    books.decide(case)
    books.issue(case, days=0)


def test_a_permit_is_told_of_before_its_last_day(books: Books) -> None:
    permit(books, n=2, issued_on=books.on, expires_on=NEXT)
    assert told(books, 29) == []
    assert told(books, 30) == [("PERMIT", "乙中心", 2, NEXT)]


def test_a_coordination_body_whose_term_ends_is_told_of_while_it_stands(books: Books) -> None:
    body = books.body("某领导小组", category="COORDINATION")
    BodyVersion.objects.filter(body=body).update(ends_on=NEXT)
    assert told(books, 29) == []
    assert told(books, 30) == [("COORDINATION", "某领导小组", 0, NEXT)]
    books.on = NEXT + timedelta(days=100)
    assert told(books, 0) == [("COORDINATION", "某领导小组", 0, NEXT)]
    BodyVersion.objects.filter(body=body).update(valid_to=NEXT)
    assert told(books, 0) == []


def test_what_comes_back_settles_the_earliest_loan_of_the_pool_first(books: Books) -> None:
    later = NEXT + timedelta(days=5)
    lend(books, 3, later.isoformat())
    lend(books, 2, NEXT.isoformat())
    assert told(books, 30) == [("LOAN", "甲中心", 2, NEXT)]
    back = books.case({"op": "POOL_RETURN", "body": "甲中心", "unit": FULL, "n": 3})
    books.decide(back)
    books.issue(back, days=0)
    assert told(books, 40) == [("LOAN", "甲中心", 2, later)]


def test_a_loan_that_was_corrected_is_none(books: Books) -> None:

    lend(books, 2, NEXT.isoformat())
    reversals.reverse(posting=Posting.objects.get(kind="POST"), entry=books.entry(), paper="更正")
    assert told(books, 40) == []


def test_it_costs_the_same_however_much_there_is(books: Books, django_assert_max_num_queries) -> None:
    for n in range(30):
        lend(books, 1, (NEXT + timedelta(days=n % 3)).isoformat()) if n < 12 else None
        body = books.body(f"小组{n}", category="COORDINATION")
        BodyVersion.objects.filter(body=body).update(ends_on=NEXT)
    with django_assert_max_num_queries(6):
        found = told(books, 40)
    assert [sort for sort, *_ in found].count("COORDINATION") == last_days.SHOWN
