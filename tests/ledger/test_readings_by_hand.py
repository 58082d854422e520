"""What the ledger reads out as of a day, written by hand: compartments, totals, reservations, pool, categories."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError

from proposals.ledger import balances, headcount, postings
from proposals.ledger.balances import NOTHING, Standing
from proposals.ledger.origins import PARTS, Origin
from proposals.ledger.places import Shortfall, outside
from proposals.ledger.postings import LedgerRefused
from proposals.models import Account
from tests.ledger.books import DEPUTY, FULL, PARTIAL, Books
from tests.ledger.test_every_change import GROW


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
    assert (books.balance("乙中心", FULL, "OCCUPIED"), books.balance("乙中心", FULL)) == (0, 20)
