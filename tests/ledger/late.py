"""The only place that plays comings and goings entered late, in any order: `python -m tests.ledger.late EXAMPLES`."""

from __future__ import annotations

import sys
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

POSTS, PEOPLE, DAYS = 4, 3, 12
Acts = list[tuple[str, int, int]]


def never_below_zero(acts: Acts) -> bool:
    """Whether people and vacancies of the body suffice at the end of every day, counted day by day."""
    people = PEOPLE
    for day in range(DAYS):
        people += sum(n if what == "enrol" else -n for what, on, n in acts if on == day)
        if not 0 <= people <= POSTS:
            return False
    return True


def play(acts: Acts) -> int:
    """Enter the acts in the order given; each is refused exactly where a day would fall below zero."""
    from django.db import transaction

    from proposals.effect.reservations import LedgerRefused
    from proposals.ledger import headcount
    from tests.ledger.books import DAY, DEPUTY, found
    from workflows.audit import ledger

    books, entered = found(), []
    for act in acts:
        what, on, n = act
        entry = books.entry(happened_on=DAY + timedelta(days=on))
        try:
            with transaction.atomic():
                getattr(headcount, what)(
                    territory_id=books.territory.pk,
                    body=books.bodies["丁局"],
                    unit=DEPUTY,
                    n=n,
                    entry=entry,
                    paper="令",
                )
        except LedgerRefused:
            assert not never_below_zero([*entered, act]), f"refused although every day suffices: {entered} {act}"
        else:
            entered.append(act)
            assert never_below_zero(entered), f"a day fell below zero: {entered}"
    assert list(ledger.balances()) == []
    return len(entered)


def main() -> None:
    """Play on the database of the environment, every example in a transaction that is rolled back."""
    import django

    django.setup()
    from django.db import transaction

    acts = st.tuples(st.sampled_from(("enrol", "leave")), st.integers(0, DAYS - 1), st.integers(1, 3))
    entered = []

    @settings(max_examples=int(sys.argv[1]), deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(acts, min_size=3, max_size=10))
    def late(played: Acts) -> None:
        with transaction.atomic():
            entered.append(play(played))
            transaction.set_rollback(True)

    late()
    print(f"{sum(entered)} entered")


if __name__ == "__main__":
    main()
