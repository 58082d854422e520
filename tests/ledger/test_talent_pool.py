"""The pool of talent is a set of posts of its own: filled by decision, lent for a named use, never more than it has."""

from __future__ import annotations

from datetime import date

import pytest

from proposals.ledger import reversals
from proposals.models import Account, Posting
from proposals.use_of_posts import pool
from tests.ledger.books import FULL, Books

GROW = {"op": "POOL_GROW", "unit": FULL, "n": 6}


def lent(body: str, n: int, return_on: str = "2027-01-01", purpose: str = "博士1名") -> dict:
    return {"op": "POOL_USE", "body": body, "unit": FULL, "n": n,
            "params": {"return_on": return_on, "purpose": purpose}}  # fmt: skip


def back(body: str, n: int) -> dict:
    return {"op": "POOL_RETURN", "body": body, "unit": FULL, "n": n}


def take(books: Books, *lines: dict) -> Posting:
    case = books.case(*lines)
    books.decide(case)
    books.issue(case)
    return Posting.objects.get(subject=case.uuid, kind="POST")


def refused(books: Books, *lines: dict) -> str:
    return " ".join(short.message for short in books.plan(books.case(*lines)).shortfalls)


def stock(books: Books) -> tuple[int, int, int]:
    rows = Account.objects.filter(holder="TALENT").values_list("unit", "compartment", "balance")
    (one,) = pool.stock(territory=books.territory, as_of=books.on, balances=rows)
    return one.approved, one.free, one.lent


def test_the_pool_is_filled_out_of_what_nobody_has_and_lends_no_more_than_it_has(books: Books) -> None:
    assert "人才周转池事业编制（全额拨款）可用0，本事项需要2" in refused(books, lent("甲中心", 2))
    free = books.balance("POOL", FULL)
    take(books, GROW)
    assert (books.balance("POOL", FULL), books.balance("TALENT", FULL)) == (free - 6, 6)
    take(books, lent("甲中心", 4), lent("乙中心", 1))
    assert (stock(books), books.total(FULL)) == ((6, 1, 5), 100)
    assert "可用1，本事项需要2" in refused(books, lent("乙中心", 2))
    take(books, {"op": "POOL_SHRINK", "unit": FULL, "n": 1})
    assert stock(books) == (5, 0, 5)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([back("乙中心", 1)], "乙中心没有借用周转池事业编制（全额拨款），不能归还1名"),
        ([back("甲中心", 4)], "甲中心借用周转池事业编制（全额拨款）3名，不能归还4名"),
        ([back("甲中心", 2), back("甲中心", 2)], "甲中心借用周转池事业编制（全额拨款）1名，不能归还2名"),
        ([{"op": "QUOTA_CUT", "body": "丙街道", "unit": FULL, "n": 2}], "丙街道借用人才周转池事业编制（全额拨款）2名"),
        ([{"op": "MERGE", "body": "甲中心", "counterpart": "乙中心"}], "须先归还，机构才能撤并"),
        ([{"op": "ABOLISH", "body": "甲中心", "counterpart": "乙中心"}], "须先归还，机构才能撤并"),
    ],
)
def test_only_who_borrowed_gives_back_and_lent_posts_go_nowhere_else(books: Books, lines: list, said: str) -> None:
    take(books, GROW, lent("甲中心", 3), lent("丙街道", 2))
    take(books, {"op": "QUOTA_TRANSFER", "body": "丙街道", "counterpart": "乙中心", "unit": FULL, "n": 25,
                 "params": {"people": 25}})  # fmt: skip
    assert said in refused(books, *lines)


def test_a_body_gives_back_even_when_every_post_is_filled(books: Books) -> None:
    take(books, GROW, lent("丙街道", 2))
    cut = {"op": "QUOTA_TRANSFER", "body": "丙街道", "counterpart": "乙中心", "unit": FULL, "n": 2}
    take(books, cut)
    assert "空编0" in refused(books, back("丙街道", 2))
    take(books, {"op": "QUOTA_ADD", "body": "丙街道", "unit": FULL, "n": 2}, back("丙街道", 2))
    assert stock(books) == (6, 6, 0)


def test_a_loan_says_for_whom_and_until_when_and_what_is_still_out(books: Books) -> None:
    take(books, GROW, lent("甲中心", 3, "2027-06-01", "教授"), lent("甲中心", 2, "2027-01-01", "博士"))
    take(books, back("甲中心", 3))
    told = [(one.purpose, one.return_on, one.n, one.left) for one in
            pool.loans(territory=books.territory, as_of=books.on)]  # fmt: skip
    assert told == [("博士", date(2027, 1, 1), 2, 0), ("教授", date(2027, 6, 1), 3, 2)]


def test_a_correction_takes_the_loan_and_the_return_back_with_the_posts(books: Books) -> None:
    loan = take(books, GROW, lent("甲中心", 3))
    returned = take(books, back("甲中心", 3))
    assert pool.returned_since(posting=loan) and not pool.returned_since(posting=returned)
    reversals.reverse(posting=returned, entry=books.entry(), paper="更正")
    assert not pool.returned_since(posting=loan)
    assert stock(books) == (6, 3, 3)
    reversals.reverse(posting=loan, entry=books.entry(), paper="更正")
    assert pool.owed(territory_id=books.territory.pk)[books.bodies["甲中心"].uuid, FULL]["TALENT"] == 0
    assert "没有借用" in refused(books, back("甲中心", 1))
