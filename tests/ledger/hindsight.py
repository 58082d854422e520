"""The only place that draws movements recorded late, early and in no order, and holds readings against their sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from proposals.ledger import balances
from proposals.models import Account, Movement, Posting
from tests.ledger.books import DAY, FULL, Books, found

SPAN = 6
MINUTES = st.integers(-SPAN * 1440, SPAN * 1440)
DAYS = st.integers(-SPAN - 4, SPAN + 4)
WAYS = (("CITY", "POOL"), ("POOL", "甲中心"), ("甲中心", "POOL"), ("甲中心", "乙中心"), ("乙中心", "OCCUPIED"))
PLACES = frozenset(name for way in WAYS for name in way)
MOVING = ("甲中心", "乙中心")  # the bodies on these ways; of all others the posts stand still


class Drawn(NamedTuple):
    """A movement: when it is recorded (minutes from a midnight), how many days off its day, which way, how many."""

    minute: int
    off: int
    way: int
    n: int


class Reading(NamedTuple):
    """A question: as of which day, known at which minute."""

    day: int
    minute: int


DRAWN = st.builds(Drawn, MINUTES, st.integers(-4, 4), st.integers(0, len(WAYS) - 1), st.integers(1, 6))
READINGS = st.builds(Reading, DAYS, MINUTES)


def moment(minute: int) -> datetime:
    """Return a moment by its distance from a local midnight."""
    midnight = datetime(DAY.year, DAY.month, DAY.day, tzinfo=timezone.get_default_timezone())
    return midnight + timedelta(minutes=minute)


def record(books: Books, places: Mapping[str, Account], drawn: Drawn) -> None:
    """Record a movement; what the ledger refuses is left out."""
    at = moment(drawn.minute)
    day = timezone.localdate(at) + timedelta(days=drawn.off)
    source, target = (places[name] for name in WAYS[drawn.way])
    kind = "GRANT" if source.holder == "CITY" else "ENROL"
    try:
        with transaction.atomic():
            posting = Posting.objects.create(
                territory=books.territory, kind=kind, subject=books.territory.uuid, entry_hash="x", effective_on=day,
                recorded_at=at,
            )  # fmt: skip
            Movement.objects.create(
                posting=posting, unit=FULL, source=source, target=target, n=drawn.n, effective_on=day, recorded_at=at,
                recorded_on=timezone.localdate(at),
            )  # fmt: skip
    except IntegrityError as refused:
        assert any(code in str(refused) for code in ("LEDGER_SHORT", "account_never_overdrawn")), refused


def place(books: Books, name: str) -> Account:
    """Return an account by a short name."""
    accounts = Account.objects.filter(territory=books.territory, unit=FULL)
    if name in ("POOL", "CITY"):
        return accounts.get(holder=name, compartment="VACANT")
    body, compartment = (books.bodies["乙中心"], name) if name == "OCCUPIED" else (books.bodies[name], "VACANT")
    return accounts.get(body=body, compartment=compartment)


def plain(movements: list[Movement], accounts: set[int], day: date, known: datetime) -> int:
    """Return what stood, by nothing but adding up."""
    seen = [one for one in movements if one.effective_on <= day and one.recorded_at <= known]
    return sum(one.n * ((one.target_id in accounts) - (one.source_id in accounts)) for one in seen)


def compare(books: Books, readings: list[Reading]) -> None:
    """Hold every reading against the plain sum: one body, every body, the totals."""
    movements = list(Movement.objects.filter(posting__territory=books.territory, unit=FULL))
    everywhere = Account.objects.filter(territory=books.territory, unit=FULL)
    city = set(everywhere.filter(holder="CITY").values_list("pk", flat=True))
    own: dict[int | None, set[int]] = {body.pk: set() for body in books.bodies.values()}
    for account in everywhere.exclude(body=None):
        own[account.body_id].add(account.pk)
    moving = [books.bodies[name] for name in MOVING]
    for reading in readings:
        day, known = DAY + timedelta(days=reading.day), moment(reading.minute)
        asked: dict[str, Any] = {"as_of": day, "known_at": known}
        numbers = balances.standing(territory=books.territory, **asked)
        still = 0
        for body in books.bodies.values():
            accounts = everywhere.filter(body=body)
            told = plain(movements, own[body.pk], day, known)
            assert numbers.get((body.pk, FULL), balances.NOTHING).approved == told, (body, reading)
            if body in moving:
                assert balances.balance(accounts=accounts, **asked) == told, (body, reading)
            else:
                still += told
        assert balances.balance(accounts=everywhere.exclude(body=None).exclude(body__in=moving), **asked) == still
        total, _ = balances.totals(territory=books.territory, **asked).get(FULL, (0, 0))
        assert total == -plain(movements, city, day, known), reading


def play(examples: int) -> Counter[str]:
    """Draw movements and readings; return how many movements were recorded late and early."""
    count: Counter[str] = Counter()
    budget = settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    # The first hours of a day of the district belong to the day before by the database's clock.
    @example(
        [Drawn(10, 0, 0, 1), Drawn(-10, 1, 0, 2), Drawn(470, -1, 0, 3), Drawn(0, 3, 0, 4)],
        [Reading(0, 5), Reading(-1, 5), Reading(4, 60)],
    )
    @given(st.lists(DRAWN, min_size=4, max_size=12), st.lists(READINGS, min_size=1, max_size=4))
    @budget
    def whatever_was_recorded(drawn: list[Drawn], readings: list[Reading]) -> None:
        with transaction.atomic():
            for one in drawn:
                record(books, places, one)
            for name, rows in (("late", balances.LATE), ("early", balances.EARLY)):
                count[name] += Movement.objects.filter(rows, posting__kind__in=("GRANT", "ENROL")).count()
            compare(books, readings)
            transaction.set_rollback(True)

    with transaction.atomic():
        books = found()
        places = {name: place(books, name) for name in PLACES}
        whatever_was_recorded()
    return count
