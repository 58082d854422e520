"""The moments of a post: reserved at the decision, posted on the founding paper, released when it comes to nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from proposals.effect import permits, reservations
from proposals.effect.reservations import LedgerRefused
from proposals.ledger import balances, headcount, reversals
from proposals.ledger.origins import Origin
from proposals.models import DayTotal, Permit, Posting
from proposals.plan import intentions
from tests.ledger.books import CHIEF, DAY, DEPUTY, FULL, PARTIAL, Books

MOVE_9 = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "丙街道", "unit": FULL, "n": 9}


def add(n: int, body: str = "甲中心", **params: str) -> dict:
    return {"op": "QUOTA_ADD", "body": body, "unit": FULL, "n": n, "params": params}


def test_a_transfer_without_vacancy_needs_people_to_go_along(books: Books) -> None:
    blocked = books.plan(books.case(MOVE_9))
    (shortfall,) = blocked.shortfalls
    assert (shortfall.code, shortfall.needed, shortfall.available) == ("SHORT", 9, 2)
    assert "空编2" in shortfall.message and "随编划转" in shortfall.message
    case = books.case({**MOVE_9, "params": {"people": 7}})
    row = {(row.name, row.unit): row for row in books.plan(case).rows}["甲中心", FULL]
    assert (row.approved, row.actual, row.vacant) == ((30, 21), (28, 21), (2, 0))
    total = books.total(FULL)
    books.decide(case)
    assert books.balance("甲中心", FULL) == 0
    now = balances.standing(territory=books.territory, as_of=books.on, bodies=[books.bodies["甲中心"]])
    assert now[books.bodies["甲中心"].pk, FULL].actual == 28, "until the founding paper they still work there"
    books.issue(case)
    assert (books.balance("甲中心", FULL), books.balance("甲中心", FULL, "OCCUPIED")) == (0, 21)
    assert (books.balance("丙街道", FULL), books.balance("丙街道", FULL, "OCCUPIED")) == (2, 32)
    assert books.total(FULL) == total


def test_two_cases_never_hold_the_same_vacancy(books: Books) -> None:
    first, second = (books.case({**MOVE_9, "n": 2}) for _ in range(2))
    assert books.plan(second).shortfalls == ()
    books.decide(first)
    assert [s.code for s in books.plan(second).shortfalls] == ["SHORT"]
    with pytest.raises(LedgerRefused, match="空编0"):
        books.decide(second)
    reservations.release(case=first, entry=books.entry(first.uuid))
    books.decide(second)


def test_two_cases_never_hold_the_same_cap(books: Books) -> None:
    create = {"op": "CREATE", "params": {"name": "新局", "category": "GOVERNMENT_ORGAN"}}
    first, second = books.case(create), books.case(create)
    books.decide(first)
    with pytest.raises(LedgerRefused, match="机构限额余量0"):
        books.decide(second)


def test_the_pool_is_held_before_it_is_given(books: Books) -> None:
    case = books.case(add(8))
    pool = books.balance("POOL", FULL)
    books.decide(case)
    assert (books.balance("POOL", FULL), books.balance("POOL", FULL, "HELD")) == (pool - 8, 8)
    assert books.balance("甲中心", FULL) == 2, "nothing is posted before the founding paper"
    books.issue(case)
    assert (books.balance("POOL", FULL, "HELD"), books.balance("甲中心", FULL)) == (0, 10)


def test_a_partial_grant_posts_a_part_and_releases_the_rest(books: Books) -> None:
    cases = [books.case(add(n)) for n in (5, 2, 1)]
    pool, approved = books.balance("POOL", FULL), books.total(FULL)
    for case in cases:
        books.decide(case)
    assert books.balance("POOL", FULL) == pool - 8
    for case, n in zip(cases, (3, 2, 0), strict=True):
        books.grant(case, n)
        books.issue(case)
    assert books.balance("POOL", FULL) == pool - 5
    assert books.balance("POOL", FULL, "HELD") == 0
    assert books.total(FULL) == approved


def test_more_than_decided_cannot_be_granted(books: Books) -> None:
    case = books.case(add(5))
    books.decide(case, 4)
    with pytest.raises(Exception, match="granted_beyond_decided_in_words"):
        books.grant(case, 5)


def test_a_changed_number_adjusts_what_is_reserved(books: Books) -> None:
    case = books.case(add(5))
    books.decide(case, 5)
    books.decide(case, 4)
    assert books.balance("POOL", FULL, "HELD") == 4
    books.issue(case)
    assert books.balance("甲中心", FULL) == 6


def test_a_total_rises_only_by_what_the_city_grants(books: Books) -> None:
    before = books.total(DEPUTY)
    case = books.case({"op": "LEADER_ADD", "body": "丙街道", "unit": DEPUTY, "n": 2})
    books.decide(case)
    assert books.total(DEPUTY) == before, "a requested grant stays outside the ledger"
    books.issue(case)
    assert books.total(DEPUTY) == before + 2
    assert books.balance("CITY", DEPUTY) == -(before + 2)


def test_posting_twice_is_refused(books: Books) -> None:
    case = books.case(add(1))
    books.decide(case)
    books.issue(case)
    with pytest.raises(Exception, match="UNIQUE|case_posted_once"):
        books.issue(case)


def test_an_effect_before_the_decision_is_refused(books: Books) -> None:
    case = books.case(add(1))
    books.decide(case)
    with pytest.raises(LedgerRefused, match="不得早于作出决定"):
        books.issue(case, on=DAY - timedelta(days=1))


def test_what_arrives_later_cannot_be_given_away_earlier(books: Books) -> None:
    arriving = books.case(add(5, body="丙街道"))
    books.decide(arriving)
    books.issue(arriving, on=books.on + timedelta(days=30))
    onward = books.case({"op": "QUOTA_TRANSFER", "body": "丙街道", "counterpart": "乙中心", "unit": FULL, "n": 5})
    assert [s.available for s in books.plan(onward).shortfalls] == [0]
    books.on += timedelta(days=40)
    assert books.plan(onward).shortfalls == ()


def test_what_only_passes_through_later_leaves_what_is_there_now(books: Books) -> None:
    passing = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "n": 2}
    back = {**passing, "body": "乙中心", "counterpart": "丙街道"}
    for line, days in ((passing, 10), (back, 20)):
        case = books.case(line)
        books.on = DAY + timedelta(days=days)
        books.decide(case)
        books.issue(case, days=0)
    books.on = DAY
    move = {"op": "QUOTA_TRANSFER", "body": "乙中心", "counterpart": "丙街道", "unit": FULL}
    assert books.plan(books.case({**move, "n": 10})).shortfalls == ()
    assert [short.available for short in books.plan(books.case({**move, "n": 11})).shortfalls] == [10]


def test_a_chain_of_transfers_reserves_only_what_it_draws(books: Books) -> None:
    case = books.case(
        {"op": "QUOTA_TRANSFER", "body": "乙中心", "counterpart": "丙街道", "unit": FULL, "n": 5},
        {"op": "QUOTA_TRANSFER", "body": "丙街道", "counterpart": "甲中心", "unit": FULL, "n": 5},
    )
    books.decide(case)
    assert (books.balance("乙中心", FULL, "HELD"), books.balance("丙街道", FULL, "HELD")) == (5, 0)
    books.issue(case)
    assert (books.balance("甲中心", FULL), books.balance("丙街道", FULL), books.balance("乙中心", FULL)) == (7, 0, 5)


def test_a_permit_is_filled_or_lapses(books: Books) -> None:
    case = books.case({"op": "USE", "body": "乙中心", "unit": FULL, "n": 3})
    books.decide(case)
    (permit,) = reservations.approve_use(
        case=case, entry=books.entry(case.uuid), expires_on=books.on + timedelta(days=90), number="海用编〔2026〕1号"
    )
    assert (books.balance("乙中心", FULL), books.balance("乙中心", FULL, "COMMITTED")) == (7, 3)
    body = books.bodies["乙中心"]
    headcount.enrol(
        territory_id=books.territory.pk, body=body, unit=FULL, n=2, entry=books.entry(), permit=permit, paper="入编单"
    )
    assert books.balance("乙中心", FULL, "OCCUPIED") == 12
    permits.expire(permit=Permit.objects.get(pk=permit.pk), entry=books.entry())
    assert (books.balance("乙中心", FULL), books.balance("乙中心", FULL, "COMMITTED")) == (8, 0)


def test_who_retires_while_pledged_leaves_a_post_that_moves_empty(books: Books) -> None:
    case = books.case({**MOVE_9, "n": 28, "params": {"people": 28}})
    books.decide(case)
    headcount.leave(
        territory_id=books.territory.pk, body=books.bodies["甲中心"], unit=FULL, n=1, entry=books.entry(), paper="退休"
    )
    books.issue(case)
    assert books.balance("甲中心", FULL, "OCCUPIED") == 0
    assert (books.balance("丙街道", FULL, "OCCUPIED"), books.balance("丙街道", FULL)) == (25 + 27, 1)


def test_a_correction_gives_back_what_was_posted_and_is_made_once(books: Books) -> None:
    free = books.balance("POOL", FULL)
    case = books.case(add(4))
    books.decide(case)
    books.issue(case)
    posting = Posting.objects.get(subject=case.uuid, kind="POST")
    reversals.reverse(posting=posting, entry=books.entry(), paper="更正通知")
    assert (books.balance("甲中心", FULL), books.balance("POOL", FULL, "HELD")) == (2, 0)
    assert books.balance("POOL", FULL) == free
    with pytest.raises(Exception, match="UNIQUE|reverses"):
        reversals.reverse(posting=posting, entry=books.entry(), paper="更正通知")


def test_a_correction_is_refused_when_the_posts_are_in_use(books: Books) -> None:
    case = books.case(add(4, body="丙街道"))
    books.decide(case)
    books.issue(case)
    gone = books.case({"op": "QUOTA_TRANSFER", "body": "丙街道", "counterpart": "乙中心", "unit": FULL, "n": 2})
    books.decide(gone)
    with pytest.raises(LedgerRefused, match="可用数额不足"):
        reversals.reverse(
            posting=Posting.objects.get(subject=case.uuid, kind="POST"), entry=books.entry(), paper="更正"
        )


def test_types_never_mix(books: Books) -> None:
    case = books.case({"op": "QUOTA_CONVERT", "body": "乙中心", "unit": FULL, "n": 6, "params": {"to_unit": PARTIAL}})
    (shortfall,) = books.plan(case).shortfalls
    assert shortfall.place.unit == PARTIAL and shortfall.available == 5


def test_a_raised_leader_post_goes_through_its_grantor(books: Books) -> None:
    chief, deputy = books.total(CHIEF), books.total(DEPUTY)
    case = books.case(
        {
            "op": "LEADER_CONVERT", "body": "甲中心", "unit": DEPUTY, "n": 1,
            "params": {"to_unit": CHIEF, "source": "CITY"},
        }
    )  # fmt: skip
    books.decide(case)
    books.issue(case)
    assert (books.total(CHIEF), books.total(DEPUTY)) == (chief + 1, deputy - 1)


def test_intentions_of_others_warn_and_do_not_block(books: Books) -> None:
    case, other = books.case({**MOVE_9, "n": 2}), books.case({**MOVE_9, "n": 2})
    type(case).objects.filter(pk=case.pk).update(accepted_on=books.on, state="ARGUING", head_seq=1)
    wanted = intentions.intended(territory_id=books.territory.pk, on=books.on, exclude=other.uuid)
    assert list(wanted.values()) == [2]
    assert intentions.intended(territory_id=books.territory.pk, on=books.on, exclude=case.uuid) == {}
    books.decide(other)


def test_each_number_leads_to_the_paper_that_made_it(books: Books) -> None:
    case = books.case(add(8))
    books.decide(case)
    books.issue(case)
    accounts = books.bodies["甲中心"].accounts.filter(unit=FULL)
    behind = Origin(books.territory, "approved", books.on, unit=FULL, body=books.bodies["甲中心"]).movements()
    assert [(m.n, m.posting.paper) for m in behind] == [(8, "海编发〔2026〕1号"), (30, "期初")]
    assert balances.balance(accounts=accounts, as_of=books.on) == 38
    assert balances.balance(accounts=accounts, as_of=books.on - timedelta(days=1)) == 30


def test_what_was_recorded_later_is_not_known_earlier(books: Books) -> None:
    accounts = books.bodies["甲中心"].accounts.filter(unit=FULL)
    before = books.entry().at
    case = books.case(add(8))
    books.on += timedelta(days=10)
    books.decide(case)
    books.issue(case)
    assert balances.balance(accounts=accounts, as_of=books.on, known_at=before) == 30
    assert balances.balance(accounts=accounts, as_of=books.on, known_at=books.entry().at) == 38


def test_a_closing_number_that_was_tampered_with_is_named(books: Books) -> None:
    assert list(balances.broken_closings()) == []
    day = DayTotal.objects.filter(account__body=books.bodies["甲中心"]).first()
    DayTotal.objects.filter(pk=day.pk).update(closing=day.closing + 1)
    (told,) = balances.broken_closings()
    assert day.account.key in told
