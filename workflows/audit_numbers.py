"""Numbers held against each other: what is entered in a book of numbers stands there once, as it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from proposals import document_numbers
from proposals.models import Proposal


def incoming() -> Iterator[str]:
    """Say which incoming number stands on two cases of a territory, and which case is not told apart by its own."""
    held = defaultdict(list)
    for case in Proposal.objects.exclude(number="", number_key="").select_related("territory").order_by("pk"):
        key = document_numbers.key(case.number)
        held[case.territory_id, key].append(case)
        if case.number_key != key and len(held[case.territory_id, key]) == 1:
            yield f"事项「{case}」:收文登记号{case.number}的查重值不符。"
    for cases in held.values():
        if len(cases) > 1:
            titles = "」「".join(case.title for case in cases)
            yield f"收文登记号{cases[0].number}登记了两次:「{titles}」。"
