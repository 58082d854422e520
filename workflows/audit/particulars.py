"""What change lines say besides their columns, held against the table of keys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from proposals.case.particulars import table
from proposals.models import ChangeLine


def said() -> Iterator[str]:
    """Say which lines hold a key unknown or of no use to their sort, or a value that is not of its kind."""
    lines = ChangeLine.objects.exclude(params={}).select_related("proposal").order_by("proposal_id", "position")
    for line in lines.iterator(chunk_size=2000):
        for fault in chain(table.faults(line.params), table.unused(line.op, line.params)):
            yield f"《{line.proposal.title}》第{line.position}项调整事项{fault}。"
