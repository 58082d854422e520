"""What the ledger reads out as of a day, written by hand: compartments, totals, reservations, pool, categories."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection

from proposals.ledger import balances, headcount, opening, periods, postings
from proposals.ledger.balances import NOTHING, Standing
from proposals.ledger.origins import PARTS, Origin
from proposals.ledger.places import Shortfall, outside
from proposals.ledger.postings import LedgerRefused
from proposals.models import Account, DayTotal
from proposals.procedure.locks import locked_rows
from tests.ledger.books import DEPUTY, FULL, PARTIAL, Books
from tests.plan.test_every_change import GROW


def test_a_standing_adds_up_what_is_approved_who_is_there_and_how_far_it_is_over() -> None:
    one = Standing(vacant=1, committed=2, occupied=4, held=8, pledged=16)
    assert (one.approved, one.actual, one.over) == (31, 20, 0)
    assert (Standing(vacant=-3, occupied=5).over, Standing(vacant=-3, occupied=5).approved) == (3, 2)
    assert one + Standing(32, 64, 128, 256, 512) == Standing(33, 66, 132, 264, 528)
    assert one + NOTHING == one


def test_the_numbers_of_bodies_totals_and_categories(books: Books) -> None:
    use, cut = books.case({"op": "USE", "body": "乙中心", "unit": FULL, "n": 2}), books.case(
        {"op": "QUOTA_ADD", "body": "甲中心", "unit": FULL, "n": 7}
    )  # fmt: skip
    books.decide(use)
    books.decide(cut)
    bodies = [books.bodies[name] for name in ("乙中心", "丁局")]
    found = balances.standing(territory=books.territory, as_of=books.on, bodies=bodies)
    kept = {(body.pk, unit): n for (body, unit), n in (
        ((bodies[0], FULL), Standing(vacant=8, occupied=10, held=2)), ((bodies[0], PARTIAL),
        Standing(vacant=2, occupied=3)),
        ((bodies[1], DEPUTY), Standing(vacant=1, occupied=3)),
    )}  # fmt: skip
    assert {place: n for place, n in found.items() if place in kept} == kept
    assert set(found) - set(kept) == {(bodies[0].pk, "PSU"), (bodies[1].pk, "GOVERNMENT_ORGAN")}
    totals = balances.totals(territory=books.territory, as_of=books.on)
    assert {unit: totals[unit] for unit in (FULL, PARTIAL, DEPUTY, "PSU")} == {
        FULL: (100, 25), PARTIAL: (10, 5), DEPUTY: (12, 5), "PSU": (2, None),
    }  # fmt: skip
    assert balances.reserved(territory=books.territory, as_of=books.on) == {FULL: 7}
    by_category = balances.by_category(territory=books.territory, as_of=books.on)
    assert by_category["PSU", FULL] == Standing(vacant=10, occupied=38, held=2)
    assert by_category["STREET", FULL] == Standing(occupied=25)
    before = books.on - timedelta(days=9999)
    assert balances.standing(territory=books.territory, as_of=before) == {}
    assert balances.totals(territory=books.territory, as_of=before) == {}


def test_the_least_that_accounts_close_with_and_its_first_day(books: Books) -> None:
    vacant = Account.objects.filter(body=books.bodies["乙中心"], unit=FULL, compartment="VACANT")
    today = books.on
    assert balances.lowest(accounts=vacant, since=today) == (10, today)
    case = books.case({"op": "QUOTA_CUT", "body": "乙中心", "unit": FULL, "n": 4})
    books.issue(case, on=today + timedelta(days=30))
    free = balances.balance(accounts=vacant, as_of=today)
    least, on = balances.lowest(accounts=vacant, since=today)
    assert (free, least) == (10, 6) and today < on <= today + timedelta(days=30)
    assert balances.balance(accounts=vacant, as_of=on) == 6
    assert balances.balance(accounts=vacant, as_of=on - timedelta(days=1)) == 10
    grow = books.case(GROW)
    books.decide(grow)
    books.issue(grow)
    assert (FULL, "VACANT", 5) in balances.of_talent_pool(territory=books.territory, as_of=books.on)
    assert list(balances.broken_closings()) == []


def test_a_moment_knows_what_was_entered_by_then_each_movement_once(books: Books) -> None:
    """Granted: at nine 5 from three days ago, 7 from in ten days, 2 from today; five days later 11 from today."""
    books.on += timedelta(days=30)
    today, minute = books.on, timedelta(minutes=1)
    nine = books.entry().at

    def grant(n: int, day: date) -> None:
        opening.grant(territory_id=books.territory.pk, unit=FULL, n=n, entry=books.entry(None, day), paper="下达")

    for n, day in ((5, today - timedelta(days=3)), (7, today + timedelta(days=10)), (2, today)):
        grant(n, day)
    books.on = today + timedelta(days=5)
    grant(11, today)

    def total(as_of: date, known_at: datetime | None = None) -> int:
        return balances.totals(territory=books.territory, as_of=as_of, known_at=known_at)[FULL][0]

    in_ten, yesterday = today + timedelta(days=10), today - timedelta(days=1)
    assert [total(day, nine - minute) for day in (yesterday, today, in_ten)] == [100, 100, 100]
    assert [total(day, nine) for day in (yesterday, today, in_ten)] == [105, 107, 114]
    assert [total(day, books.entry().at) for day in (yesterday, today, in_ten)] == [105, 118, 125]
    assert [total(day) for day in (yesterday, today, in_ten - timedelta(days=1), in_ten)] == [105, 118, 118, 125]
    far = today.replace(year=today.year + 100)
    grant(1, far)
    assert (total(far - timedelta(days=1)), total(far)) == (125, 126), "whatever the clock on the wall says"


def test_a_closing_that_is_not_the_sum_of_its_days_is_named_with_both_numbers(books: Books) -> None:
    vacant = Account.objects.get(body=books.bodies["乙中心"], unit=FULL, compartment="VACANT")
    DayTotal.objects.filter(account=vacant).update(closing=11)
    day = DayTotal.objects.get(account=vacant).day
    assert list(balances.broken_closings()) == [f"台账账户{vacant.key}在{day}的结存记为11，按日计应为10。"]


def test_each_closed_period_is_proved_by_the_movements_up_to_its_own_day(books: Books) -> None:
    first, second = books.on, books.on + timedelta(days=20)
    books.close(first)
    books.on += timedelta(days=10)
    opening.grant(territory_id=books.territory.pk, unit=FULL, n=5, entry=books.entry(), paper="下达")
    books.on += timedelta(days=30)
    numbers = dict(DayTotal.objects.values_list("account__key", "closing").order_by("day", "id"))
    period = books.close(second)
    assert period.digest == periods.digest_of(through=second, numbers=numbers)
    assert list(periods.broken_periods()) == []
    forged = periods.seal(territory_id=books.territory.pk, through=second + timedelta(days=1))
    periods.enter(
        territory_id=books.territory.pk, through=second + timedelta(days=2), digest=forged, entry=books.entry()
    )
    (told,) = periods.broken_periods()
    assert f"台账封存至{second + timedelta(days=2)}时的结存" in told


def test_rows_are_locked_where_the_database_locks_rows_and_are_the_same_rows_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = Account.objects.filter(unit=FULL)
    for locks in (True, False):
        monkeypatch.setattr(connection.features, "has_select_for_no_key_update", locks)
        query = locked_rows(rows).query
        assert (query.select_for_update, query.select_for_no_key_update) == (locks, locks)
        assert query.where == rows.query.where


def test_a_refusal_says_everything_and_what_is_no_refusal_stays_what_it_is() -> None:
    short = Shortfall(UUID(int=1), "SHORT", outside("POOL", FULL), 2, 1, "余量1。")
    assert str(LedgerRefused("请核对。", shortfalls=[short, short])) == "请核对。 余量1。 余量1。"
    assert LedgerRefused(shortfalls=[short]).shortfalls == (short,)
    unknown = IntegrityError("no word of ours")
    with pytest.raises(IntegrityError) as raised:
        postings._reason(unknown)
    assert raised.value is unknown
    assert "台账已经封存" in postings._reason(IntegrityError("LEDGER_CLOSED"))


def test_a_number_is_called_by_its_words_without_gaps(books: Books) -> None:
    part = next(iter(PARTS))
    number = Origin(territory=books.territory, part=part, as_of=books.on, unit=FULL)
    assert str(number) == f"事业编制（全额拨款） {PARTS[part]}"
    assert str(Origin(territory=books.territory, part=part, as_of=books.on)) == str(PARTS[part])


def test_more_people_than_there_are_do_not_leave(books: Books) -> None:
    gone = {"territory_id": books.territory.pk, "body": books.bodies["乙中心"], "unit": FULL}
    with pytest.raises(LedgerRefused, match="减员登记多出1人"):
        headcount.leave(**gone, n=11, entry=books.entry())
    headcount.leave(**gone, n=10, entry=books.entry())
    with pytest.raises(LedgerRefused, match="减员登记多出1人"):
        headcount.leave(**{**gone, "body": books.bodies["丁局"]}, n=1, entry=books.entry())
    assert (books.balance("乙中心", FULL, "OCCUPIED"), books.balance("乙中心", FULL)) == (0, 20)
