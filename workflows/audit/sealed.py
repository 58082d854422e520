"""The rows of a subject held against the digests that its last entry sealed, and texts against digests of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proposals.case import snapshots
from proposals.models import Proposal, Subject
from workflows.seals import digests


def sealed(one: Subject, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Name every sheet of a subject that is not as its last entry left it; entries of older releases sealed none."""
    if bodies and (told := bodies[-1]["frozen"].get(digests.ROWS)):
        for sheet in digests.differing(one, told):
            yield f"{sheet.label}的内容与最后一条办理记录所封存的不符，有记载被改动、缺失或多出"


def sent(case: Proposal) -> Iterator[str]:
    """Hold what was sent in every round against its digest."""
    for one in case.rounds.all():
        if snapshots.digest_of(one.snapshot) != one.digest:
            yield f"第{one.n}次报送的内容与校验值不符"
