"""One of two offices: one posts on the very day that the other closes (`python -m tests.ledger.closer WHAT …`)."""

from __future__ import annotations

import json
import sys
import time
from datetime import date, datetime, timedelta

ROUNDS = 6
FIRST = date(2026, 3, 2)
APART, INSIDE, ROUND = 0.2, 0.4, 1.0


def main() -> None:
    """Set the scene, post, close, or look for what does not hold."""
    import django

    django.setup()
    acts = {"prepare": prepare, "post": post, "close": close, "audit": audit}
    print(json.dumps(acts[sys.argv[1]](*sys.argv[2:])))


def prepare() -> str:
    """Commit a district with an opened ledger."""
    from django.db import transaction

    from tests.ledger.books import found

    with transaction.atomic():
        return str(found().territory.uuid)


def post(territory: str, start: str) -> list[str]:
    """Grant a post on the day of each round, first in even rounds, and keep the transaction open for a while."""
    from django.db import transaction

    from proposals.ledger import opening
    from proposals.ledger.postings import LedgerRefused
    from proposals.models import Territory

    told, district = [], Territory.objects.get(uuid=territory)
    for turn in range(ROUNDS):
        wait(float(start), turn, later=turn % 2 == 1)
        try:
            with transaction.atomic(durable=True):
                opening.grant(territory_id=district.pk, unit="PSU_FULL", n=1, entry=entry(turn, "p"), paper="下达")
                time.sleep(INSIDE)
            told.append("posted")
        except LedgerRefused as refused:
            told.append("refused" if "已经封存" in str(refused) else str(refused))
    return told


def close(territory: str, start: str) -> list[str]:
    """Close the day of each round, first in odd rounds, and keep the transaction open for a while."""
    from django.db import transaction

    from proposals.ledger import periods
    from proposals.models import Territory

    district = Territory.objects.get(uuid=territory)
    for turn in range(ROUNDS):
        wait(float(start), turn, later=turn % 2 == 0)
        through = FIRST + timedelta(days=turn)
        with transaction.atomic(durable=True):
            digest = periods.seal(territory_id=district.pk, through=through)
            periods.enter(territory_id=district.pk, through=through, digest=digest, entry=entry(turn, "c"))
            time.sleep(INSIDE)
    return ["closed"] * ROUNDS


def audit() -> list[str]:
    """Return what does not hold of the closed periods."""
    from proposals.ledger import periods

    return list(periods.broken_periods())


def wait(start: float, turn: int, *, later: bool) -> None:
    """Wait for the moment of the round, or for a moment after it."""
    time.sleep(max(0.0, start + turn * ROUND + later * APART - time.time()))


def entry(turn: int, who: str):
    """Return what the ledger needs of a chronicle entry, of the day of the round."""
    import uuid

    from django.utils import timezone

    from proposals.models import Entry

    day = FIRST + timedelta(days=turn)
    at = datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_default_timezone())
    return Entry(subject_id=uuid.UUID(int=turn), hash=f"{who}{turn}", at=at, happened_on=day)


if __name__ == "__main__":
    main()
