"""Closed periods: nothing but a correction takes effect in them, and what stood then can be proved for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from proposals.effect import permits, reservations
from proposals.effect.reservations import LedgerRefused
from proposals.ledger import balances, headcount, opening, periods, reversals
from proposals.ledger.postings import REFUSALS
from proposals.models import Account, BodyVersion, ClosedPeriod, Movement, Posting, Territory
from tests.ledger.books import DAY, FULL, Books

LATER = DAY + timedelta(days=40)
FIRST = DAY + timedelta(days=1)


@pytest.fixture
def closed(books: Books) -> Books:
    """A ledger that was closed through its first day; weeks have passed since."""
    books.close(DAY)
    books.on = LATER
    return books


def add(books: Books, n: int = 3):
    return books.case({"op": "QUOTA_ADD", "body": "甲中心", "unit": FULL, "n": n})


def grant(books: Books, n: int, happened_on=None) -> Posting:
    entry = books.entry(happened_on=happened_on)
    with transaction.atomic():
        return opening.grant(territory_id=books.territory.pk, unit=FULL, n=n, entry=entry, paper="下达")


def test_the_database_refuses_what_takes_effect_in_a_closed_period(closed: Books) -> None:
    with pytest.raises(LedgerRefused) as refusal:
        grant(closed, 5, happened_on=DAY)
    assert str(refusal.value) == REFUSALS["LEDGER_CLOSED"]
    assert grant(closed, 5, happened_on=FIRST).effective_on == FIRST
    other = Territory.objects.create(path="/elsewhere/", level="DISTRICT", name="外区", site_code="X", profile="")
    assert periods.last_closed(territory_id=other.pk) is None


def test_a_posting_of_another_district_is_no_way_into_a_closed_one(closed: Books) -> None:
    other = Territory.objects.create(path="/elsewhere/", level="DISTRICT", name="外区", site_code="X", profile="")
    posting = Posting.objects.create(
        territory=other, kind="GRANT", subject=other.uuid, entry_hash="x", effective_on=DAY,
        recorded_at=closed.entry().at,
    )  # fmt: skip
    city, pool = (Account.objects.get(territory=closed.territory, holder=h, unit=FULL) for h in ("CITY", "POOL"))
    with pytest.raises(IntegrityError, match="LEDGER_TERRITORY"), transaction.atomic():
        Movement.objects.create(
            posting=posting, unit=FULL, source=city, target=pool, n=1, effective_on=DAY,
            recorded_at=posting.recorded_at, recorded_on=LATER,
        )  # fmt: skip


def test_what_was_decided_before_and_is_recorded_now_counts_from_the_first_open_day(closed: Books) -> None:
    case, other = add(closed), add(closed)
    closed.decide(case, happened_on=DAY - timedelta(days=9))
    assert Posting.objects.get(subject=case.uuid).effective_on == FIRST
    reservations.release(case=case, entry=closed.entry(case.uuid, DAY))
    assert Posting.objects.get(subject=case.uuid, kind="RELEASE").effective_on == FIRST
    closed.decide(other)
    assert Posting.objects.get(subject=other.uuid).effective_on == LATER, "an open day stays as it is"


def test_a_permit_of_a_closed_day_and_its_lapse_count_from_the_first_open_day(closed: Books) -> None:
    case = closed.case({"op": "USE", "body": "乙中心", "unit": FULL, "n": 3})
    closed.decide(case, happened_on=DAY)
    entry = closed.entry(case.uuid, DAY)
    (permit,) = reservations.approve_use(case=case, entry=entry, expires_on=DAY, number="海用编〔2026〕1号")
    assert (permit.issued_on, Posting.objects.get(subject=case.uuid, kind="POST").effective_on) == (DAY, FIRST)
    posting = permits.expire(permit=permit, entry=closed.entry(happened_on=DAY))
    assert posting is not None and posting.effective_on == FIRST


def test_people_who_left_in_a_closed_period_are_not_entered_in_it(closed: Books) -> None:
    with pytest.raises(LedgerRefused, match="已经封存"), transaction.atomic():
        headcount.leave(
            territory_id=closed.territory.pk, body=closed.bodies["甲中心"], unit=FULL, n=1, paper="退休",
            entry=closed.entry(happened_on=DAY),
        )  # fmt: skip


def test_facts_of_bodies_keep_to_open_days_like_the_numbers(closed: Books) -> None:
    rename = closed.case({"op": "RENAME", "body": "甲中心", "params": {"name": "新名中心"}})
    closed.decide(rename)
    with pytest.raises(LedgerRefused, match=f"台账已封存至{DAY}，生效日期不能是{DAY}，请改为{FIRST}或以后的日期"):
        closed.issue(rename, on=DAY)
    assert not BodyVersion.objects.filter(name="新名中心").exists()
    assert not Posting.objects.filter(subject=rename.uuid).exists(), "a name alone moves nothing in the ledger"
    closed.issue(rename, on=FIRST)
    assert closed.bodies["甲中心"].version(on=DAY).name == "甲中心"
    assert closed.bodies["甲中心"].version(on=FIRST).name == "新名中心"


def test_a_correction_reaches_into_a_closed_period_and_the_audit_still_holds(books: Books) -> None:
    wrong = grant(books, 5)
    books.close(DAY)
    books.on = LATER
    correction = reversals.reverse(posting=wrong, entry=books.entry(happened_on=DAY), paper="更正")
    assert correction is not None and correction.effective_on == DAY
    numbers = {"territory": books.territory, "as_of": DAY}
    known = Movement.objects.filter(posting=wrong).get().recorded_at
    assert (balances.totals(**numbers, known_at=known)[FULL][0], balances.totals(**numbers)[FULL][0]) == (105, 100)
    assert list(periods.broken_periods()) == []
    books.close(LATER - timedelta(days=1))
    assert list(periods.broken_periods()) == []


def test_a_closed_period_is_never_changed(closed: Books) -> None:
    for change in ("UPDATE proposals_closedperiod SET digest = ''", "DELETE FROM proposals_closedperiod"):
        with pytest.raises(IntegrityError, match="APPEND_ONLY"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    assert ClosedPeriod.objects.get().through == DAY


def test_empty_accounts_make_no_difference_to_the_digest() -> None:
    assert periods.digest_of(through=DAY, numbers={"a": 1, "b": 0}) == periods.digest_of(through=DAY, numbers={"a": 1})
    assert periods.digest_of(through=DAY, numbers={"a": 1}) != periods.digest_of(through=FIRST, numbers={"a": 1})
