"""What every line does to posts, written by hand: by holder and compartment, before and after its founding paper.

The district has, as tests/ledger/books.py opens it: 甲中心 30/28 全额, 3/2 副科; 乙中心 20/10 全额, 5/3 差额; 丙街道 25/25 全额;
丁局 4/3 副科; not given away 25 全额, 5 差额, 5 副科, one place for an organ of government.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from proposals.ledger.models import Compartment, Holder
from proposals.models import Account, ChangeOp
from tests.ledger import corrected
from tests.ledger.books import CHIEF, DEPUTY, FULL, PARTIAL, Books
from tests.ledger.test_corrections import QUIET
from tests.plan.test_every_change import LINES

VACANT, COMMITTED, OCCUPIED = Compartment.VACANT, Compartment.COMMITTED, Compartment.OCCUPIED
PSU, INNER, ORGAN, COORDINATION = "PSU", "INNER", "GOVERNMENT_ORGAN", "COORDINATION"
POOL, TALENT = Holder.POOL, Holder.TALENT
Hand = Mapping[tuple[str, str, str], tuple[int, int]]

# (holder, type, compartment): before, after. Places of bodies that are not capped come from outside and go there.
BY_HAND: Mapping[str, Hand] = {
    "CREATE": {("戊中心", PSU, OCCUPIED): (0, 1)},
    "SPLIT": {("甲二中心", PSU, OCCUPIED): (0, 1)},
    "CREATE_INNER": {("丁局综合股", INNER, OCCUPIED): (0, 1)},
    "COORD_CREATE": {("某领导小组", COORDINATION, OCCUPIED): (0, 1)},
    "ABOLISH": {
        ("甲中心", FULL, VACANT): (2, 0), ("甲中心", FULL, OCCUPIED): (28, 0), ("乙中心", FULL, OCCUPIED): (10, 38),
        (POOL, FULL, VACANT): (25, 27), ("甲中心", DEPUTY, VACANT): (1, 0), ("甲中心", DEPUTY, OCCUPIED): (2, 0),
        (POOL, DEPUTY, VACANT): (5, 8), ("甲中心", PSU, OCCUPIED): (1, 0),
    },
    "ABOLISH_INNER": {("丁局办公室", INNER, OCCUPIED): (1, 0)},
    "COORD_ABOLISH": {("丁局办公室", INNER, OCCUPIED): (1, 0)},
    "MERGE": {
        ("甲中心", FULL, VACANT): (2, 0), ("甲中心", FULL, OCCUPIED): (28, 0), ("乙中心", FULL, VACANT): (10, 12),
        ("乙中心", FULL, OCCUPIED): (10, 38), ("甲中心", DEPUTY, VACANT): (1, 0), ("甲中心", DEPUTY, OCCUPIED): (2, 0),
        ("乙中心", DEPUTY, VACANT): (0, 1), ("乙中心", DEPUTY, OCCUPIED): (0, 2), ("甲中心", PSU, OCCUPIED): (1, 0),
    },
    "MERGE_INNER": {("丁局办公室", INNER, OCCUPIED): (1, 0)},
    "RECLASSIFY": {
        ("甲中心", PSU, OCCUPIED): (1, 0), ("甲中心", ORGAN, OCCUPIED): (0, 1), (POOL, ORGAN, VACANT): (1, 0),
    },
    "QUOTA_ADD": {("甲中心", FULL, VACANT): (2, 10), (POOL, FULL, VACANT): (25, 17)},
    "QUOTA_CUT": {("乙中心", FULL, VACANT): (10, 6), (POOL, FULL, VACANT): (25, 29)},
    "QUOTA_TRANSFER": {
        ("甲中心", FULL, VACANT): (2, 0), ("甲中心", FULL, OCCUPIED): (28, 21),
        ("丙街道", FULL, VACANT): (0, 2), ("丙街道", FULL, OCCUPIED): (25, 32),
    },
    "QUOTA_CONVERT": {
        ("乙中心", FULL, VACANT): (10, 8), (POOL, FULL, VACANT): (25, 27), ("乙中心", PARTIAL, VACANT): (2, 4),
        (POOL, PARTIAL, VACANT): (5, 3),
    },
    "LEADER_ADD": {("丙街道", DEPUTY, VACANT): (0, 2)},
    "LEADER_CUT": {("甲中心", DEPUTY, VACANT): (1, 0), (POOL, DEPUTY, VACANT): (5, 6)},
    "LEADER_TRANSFER": {("甲中心", DEPUTY, VACANT): (1, 0), ("丙街道", DEPUTY, VACANT): (0, 1)},
    "LEADER_CONVERT": {("甲中心", DEPUTY, VACANT): (1, 0), ("甲中心", CHIEF, VACANT): (0, 1)},
    "POOL_GROW": {(POOL, FULL, VACANT): (25, 20), (TALENT, FULL, VACANT): (0, 5)},
    "POOL_SHRINK": {(POOL, FULL, VACANT): (25, 22), (TALENT, FULL, VACANT): (0, 3)},
    "POOL_USE": {
        (POOL, FULL, VACANT): (25, 20), (TALENT, FULL, VACANT): (0, 2), ("甲中心", FULL, VACANT): (2, 5),
    },
    "POOL_RETURN": {
        (POOL, FULL, VACANT): (25, 20), (TALENT, FULL, VACANT): (0, 4), ("甲中心", FULL, VACANT): (2, 3),
    },
    "LEVEL_UP": {("丙街道", FULL, OCCUPIED): (25, 20)},
    "LEVEL_DOWN": {("丙街道", FULL, OCCUPIED): (25, 28), ("丙街道", FULL, VACANT): (0, 2)},
    "USE": {("乙中心", FULL, VACANT): (10, 8), ("乙中心", FULL, COMMITTED): (0, 2)},
}  # fmt: skip
# The whole district before anything is done.
OPENED: Mapping[tuple[str, str, str], int] = {
    ("甲中心", FULL, VACANT): 2, ("甲中心", FULL, OCCUPIED): 28, ("甲中心", DEPUTY, VACANT): 1,
    ("甲中心", DEPUTY, OCCUPIED): 2, ("乙中心", FULL, VACANT): 10, ("乙中心", FULL, OCCUPIED): 10,
    ("乙中心", PARTIAL, VACANT): 2, ("乙中心", PARTIAL, OCCUPIED): 3, ("丙街道", FULL, OCCUPIED): 25,
    ("丁局", DEPUTY, VACANT): 1, ("丁局", DEPUTY, OCCUPIED): 3, (POOL, FULL, VACANT): 25, (POOL, PARTIAL, VACANT): 5,
    (POOL, DEPUTY, VACANT): 5, (POOL, ORGAN, VACANT): 1, ("甲中心", PSU, OCCUPIED): 1, ("乙中心", PSU, OCCUPIED): 1,
    ("丙街道", "STREET", OCCUPIED): 1, ("丁局", ORGAN, OCCUPIED): 1, ("丁局办公室", INNER, OCCUPIED): 1,
}  # fmt: skip
# These move no posts: they change facts of bodies or rows beside the ledger (see test_every_change, test_every_kind).
WITHOUT_POSTS = frozenset(ChangeOp) - frozenset(BY_HAND)


def standing(books: Books) -> dict[tuple[str, str, str], int]:
    """Return every account that is not empty by holder, type and compartment; a body keeps its first name."""
    found: dict[tuple[str, str, str], int] = {}
    for account in Account.objects.exclude(holder="CITY").select_related("body"):
        version = account.body.versions.order_by("id").first() if account.body else None
        place = version.name if version else account.holder, account.unit, account.compartment
        found[place] = found.get(place, 0) + account.balance
    return {place: n for place, n in found.items() if n}


@pytest.mark.parametrize("op", ChangeOp.values)
def test_posts_go_where_the_hand_wrote_them(books: Books, op: str) -> None:
    books.beside()
    before = standing(books)
    case = books.case(*LINES[op])
    books.decide(case)
    books.issue(case)
    after = standing(books)
    changed = {
        place: (before.get(place, 0), after.get(place, 0))
        for place in {*before, *after}
        if before.get(place, 0) != after.get(place, 0)
    }
    assert changed == dict(BY_HAND.get(op, {}))


@pytest.mark.parametrize("op", ChangeOp.values)
def test_a_correction_brings_the_posts_back_to_where_the_hand_saw_them_first(db: None, op: str) -> None:
    books = corrected.opened()
    books.beside()
    assert standing(books) == OPENED
    case = corrected.issued(books, *LINES[op])
    moved = {place: after for place, (_, after) in BY_HAND.get(op, {}).items() if after}
    untouched = {place: n for place, n in OPENED.items() if place not in BY_HAND.get(op, {})}
    assert standing(books) == moved | untouched
    if op in QUIET:
        assert corrected.refused(books, case)
    else:
        corrected.correct(books, case)
    back = {place: before for place, (before, _) in BY_HAND.get(op, {}).items() if before}
    assert standing(books) == back | untouched == OPENED


def test_the_hand_forgot_no_line() -> None:
    assert {"RENAME", "CHARTER", "USE_PLAN", "RECTIFY", "OTHER"} <= WITHOUT_POSTS
    assert not any(line.get("unit") for op in WITHOUT_POSTS - {"USE_PLAN"} for line in LINES[op])


def test_a_body_with_an_excess_closes_at_zero(books: Books) -> None:
    body = books.body("超编中心")
    books.open({}, [("超编中心", PARTIAL, 2, 3)])
    close = {"op": "ABOLISH", "body": "超编中心"}
    assert "超编1名" in " ".join(short.message for short in books.plan(books.case(close)).shortfalls)
    case = books.case({**close, "counterpart": "乙中心"})
    books.decide(case)
    books.issue(case)
    assert not Account.objects.filter(body=body).exclude(balance=0).exists()
    assert (books.balance("乙中心", PARTIAL), books.balance("乙中心", PARTIAL, "OCCUPIED")) == (1, 6)
