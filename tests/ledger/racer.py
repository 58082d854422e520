"""One of two offices that decide at the same moment on the same vacancies: `python -m tests.ledger.racer WHAT …`."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

ROUNDS = 6


def main() -> None:
    """Set the scene, or decide one case after the other from a given moment on."""
    import django

    django.setup()
    print(json.dumps(prepare() if sys.argv[1] == "prepare" else decide(json.loads(sys.argv[2]), float(sys.argv[3]))))


def prepare() -> list[list[str]]:
    """Commit a district in which every body has one vacancy and one place is left under a cap; return rival cases."""
    from django.db import transaction

    from tests.ledger.books import FULL, found

    with transaction.atomic():
        books = found()
        pairs = []
        for turn in range(ROUNDS):
            books.bodies[f"争{turn}"] = body = books.body(f"争{turn}")
            line = {"op": "QUOTA_ADD", "body": body, "unit": FULL, "n": 1}
            give = books.case(line)
            books.decide(give)
            books.issue(give, days=0)
            rival = {"op": "QUOTA_TRANSFER", "body": body, "counterpart": "丙街道", "unit": FULL, "n": 1}
            pairs.append([str(books.case(rival).uuid) for _ in range(2)])
        create = {"op": "CREATE", "params": {"name": "新局", "category": "GOVERNMENT_ORGAN"}}
        pairs.append([str(books.case(create).uuid) for _ in range(2)])
    return pairs


def decide(cases: list[str], start: float) -> list[str]:
    """Decide the cases in order, each round at its own moment; tell of each whether it was reserved."""
    from datetime import date

    from django.db import transaction
    from django.utils import timezone

    from proposals.effect import reservations
    from proposals.effect.reservations import LedgerRefused
    from proposals.models import Entry, Proposal

    told = []
    for turn, uuid in enumerate(cases):
        time.sleep(max(0.0, start + turn * 0.3 - time.time()))
        try:
            with transaction.atomic(durable=True):
                case: Any = Proposal.objects.get(uuid=uuid)
                entry = Entry(subject_id=case.uuid, hash=uuid, at=timezone.now(), happened_on=date(2026, 3, 3))
                reservations.hold(case=case, entry=entry)
            told.append("held")
        except LedgerRefused:
            told.append("refused")
    return told


if __name__ == "__main__":
    main()
