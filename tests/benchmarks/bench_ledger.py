"""What a large ledger costs: plan, post and read over 2,800 bodies, with a thousand and with a million movements.

Run by `make bench`. Movements go in through the triggers, like every other, spread over seven years of days. What is
printed is the median of each act, its SQL statements, and the ratio of the large ledger to the small one.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BODIES = int(os.environ.get("BENCH_BODIES", "2800"))
SIZES = tuple(int(n) for n in os.environ.get("BENCH_MOVEMENTS", "1000,1000000").split(","))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "15"))
UNIT = "PSU_FULL"
LATE_OR_EARLY = {3: 30, 9: -30, 13: 30}


def main() -> None:
    """Measure on each database in a process of its own."""
    if os.environ.get("BENCH_INSIDE"):
        measure()
        return
    sys.path.insert(0, str(ROOT))
    from tests import postgres

    with tempfile.TemporaryDirectory() as folder:
        inside("SQLite", {"DONGYI_SQLITE": f"{folder}/bench.sqlite3", "DONGYI_DATABASE_URL": "", "DONGYI_VAR": folder})
        with postgres.running() as server:
            url = server.url(server.create_database())
            inside("PostgreSQL", {"DONGYI_DATABASE_URL": url, "DONGYI_VAR": folder})


def inside(name: str, environment: dict[str, str]) -> None:
    """Run this file again with the database of the environment."""
    env = {**os.environ, **environment, "BENCH_INSIDE": name, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, __file__], env={**env, "DJANGO_SETTINGS_MODULE": "project.settings"}, check=True)


def measure() -> None:
    """Fill the ledger to each size in turn and time the same acts."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        books = found()
    print(f"\n{os.environ['BENCH_INSIDE']}: {BODIES} bodies, median of {ROUNDS}")
    results = {}
    filled = 0
    for size in SIZES:
        began = time.perf_counter()
        fill(books, size - filled)
        filled = size
        print(f"  {size:>9,} movements (filled in {time.perf_counter() - began:.0f} s)")
        results[size] = {name: timed(books, act) for name, act in ACTS.items()}
        for name, (ms, statements) in results[size].items():
            ratio = ms / results[SIZES[0]][name][0]
            print(f"    {name:<34} {ms:8.2f} ms  {statements:3d} statements  {ratio:5.2f} x the smallest")


def found() -> Any:
    """Found a district with many bodies, each with posts."""
    from django.utils import timezone

    from proposals.ledger import opening
    from proposals.ledger.opening import OpeningRow
    from proposals.models import Body, BodyVersion
    from tests.ledger.books import Books
    from tests.ledger.books import found as found_books

    books: Books = found_books()
    Body.objects.bulk_create(
        Body(territory=books.territory, code=f"B{n}", opened_on=date(2019, 1, 1)) for n in range(BODIES)
    )
    bodies = list(Body.objects.filter(code__startswith="B").order_by("id"))
    now = timezone.now()
    BodyVersion.objects.bulk_create(
        BodyVersion(body=body, name=f"单位{body.code}", category="PSU", rank=20, valid_from=date(2019, 1, 1),
                    change="OPENING", paper="期初", recorded_at=now)
        for body in bodies
    )  # fmt: skip
    opening.open_balance(
        territory_id=books.territory.pk, totals={}, entry=books.entry(), paper="期初", on=date(2019, 1, 1),
        rows=[OpeningRow(body, UNIT, 1000, 500) for body in bodies],
    )  # fmt: skip
    books.bodies |= {body.code: body for body in bodies}
    return books


def fill(books: Any, n: int) -> None:
    """Insert movements between vacant and occupied posts, back and forth, over seven years of days.

    One posting in ten is recorded a month after its day, one in twenty a month before it.
    """
    from django.db import transaction

    from proposals.models import Account, Movement, Posting

    chance = random.Random(n)
    pairs: dict[int, dict[str, int]] = {}
    for account in Account.objects.filter(territory=books.territory, unit=UNIT, body__code__startswith="B"):
        pairs.setdefault(account.body_id, {})[account.compartment] = account.pk
    places = [(pair["VACANT"], pair["OCCUPIED"]) for pair in pairs.values()]
    done = 0
    days = iter(enumerate(sorted(chance.randrange(2500) for _ in range(n // 400 + 1))))
    while done < n:
        turn, offset = next(days)
        day = date(2019, 2, 1) + timedelta(days=offset)
        recorded = day + timedelta(days=LATE_OR_EARLY.get(turn % 20, 0))
        at = datetime(recorded.year, recorded.month, recorded.day, 9, tzinfo=books.entry().at.tzinfo)
        part = min(400, n - done)
        with transaction.atomic():
            posting = Posting.objects.create(
                territory=books.territory, kind="ENROL", subject=books.territory.uuid, entry_hash="bench",
                effective_on=day, recorded_at=at,
            )  # fmt: skip
            moved = []
            for _ in range(part // 2):
                vacant, occupied = chance.choice(places)
                moved += [(vacant, occupied), (occupied, vacant)]
            Movement.objects.bulk_create(
                [
                    Movement(posting=posting, unit=UNIT, source_id=source, target_id=target, n=1, effective_on=day,
                             recorded_at=at, recorded_on=recorded)
                    for source, target in moved
                ],
                batch_size=500,
            )  # fmt: skip
        done += part


def plan_case(books: Any) -> Callable[[], Any]:
    """Return the plan of a transfer between two bodies."""
    case = transfer(books)
    return lambda: books.plan(case)


def hold_case(books: Any) -> Callable[[], Any]:
    """Return the decision on a transfer."""
    case = transfer(books)
    return lambda: books.decide(case)


def post_case(books: Any) -> Callable[[], Any]:
    """Return the founding paper of a decided transfer."""
    case = transfer(books)
    books.decide(case)
    return lambda: books.issue(case, days=0)


def transfer(books: Any) -> Any:
    """Draft a transfer of one post between two random bodies."""
    one, other = random.sample(range(BODIES), 2)
    return books.case({"op": "QUOTA_TRANSFER", "body": f"B{one}", "counterpart": f"B{other}", "unit": UNIT, "n": 1})


def balance_of_body(books: Any) -> Callable[[], Any]:
    """Return what a body has as of a day in the middle."""
    from proposals.ledger import balances

    body = books.bodies[f"B{random.randrange(BODIES)}"]
    return lambda: balances.standing(territory=books.territory, as_of=date(2023, 1, 1), bodies=[body])


def known_years_ago(books: Any) -> Callable[[], Any]:
    """Return what was known of a body's numbers on a noon long ago."""
    from proposals.ledger import balances

    body = books.bodies[f"B{random.randrange(BODIES)}"]
    noon = datetime(2020, 7, 1, 12, tzinfo=books.entry().at.tzinfo)
    return lambda: balances.standing(territory=books.territory, as_of=date(2020, 7, 1), known_at=noon, bodies=[body])


def totals(books: Any) -> Callable[[], Any]:
    """Return the district's totals as of a day."""
    from proposals.ledger import balances

    return lambda: balances.totals(territory=books.territory, as_of=date(2023, 1, 1))


ACTS = {
    "plan a transfer": plan_case,
    "decide it (reserve)": hold_case,
    "issue it (post)": post_case,
    "a body's numbers as of a past day": balance_of_body,
    "a body's numbers as known years ago": known_years_ago,
    "the district's totals as of then": totals,
}


def timed(books: Any, act: Callable[[Any], Callable[[], Any]]) -> tuple[float, int]:
    """Return the median milliseconds and the most statements of an act."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    books.on = date(2026, 3, 2)
    times, statements = [], 0
    for turn in range(ROUNDS):
        with transaction.atomic():
            run = act(books)
        if turn == 0:
            with CaptureQueriesContext(connection) as captured, transaction.atomic():
                run()
            statements = sum(not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for q in captured)
            continue
        began = time.perf_counter()
        with transaction.atomic():
            run()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), statements


if __name__ == "__main__":
    main()
