"""The only place that lays down permits past their day for workers to meet: `python -m tests.faults.lapsing COUNT`."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from typing import Any

LAST = date(2026, 4, 1)


def permit(books: Any, *, n: int = 1, issued_on: date, expires_on: date = LAST) -> Any:
    """Approve the use of some posts until a day and return the permit."""
    from proposals.effect import reservations
    from tests.ledger.books import FULL

    case = books.case({"op": "USE", "body": "乙中心", "unit": FULL, "n": n})
    books.decide(case)
    (made,) = reservations.approve_use(
        case=case, entry=books.entry(case.uuid, happened_on=issued_on), expires_on=expires_on
    )
    return made


def main() -> None:
    """Commit a district with so many permits past their day; print their ids."""
    import django

    django.setup()
    from django.db import transaction

    from proposals.models import Register
    from tests.ledger.books import found

    with transaction.atomic():
        books = found()
        Register.objects.create(territory=books.territory)
        made = [permit(books, issued_on=books.on + timedelta(days=1)) for _ in range(int(sys.argv[1]))]
    print(json.dumps([str(one.uuid) for one in made]))


if __name__ == "__main__":
    main()
