"""The rows of a subject held against the digests that its last entry sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proposals.models import Subject
from workflows.seals import digests


def sealed(one: Subject, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Name every sheet of a subject that is not as its last entry left it; entries of older releases sealed none."""
    if bodies and (told := bodies[-1]["frozen"].get(digests.ROWS)):
        for sheet in digests.differing(one, told):
            yield f"{sheet.label}的内容与最后一条办理记录所封存的不符，有记载被改动、缺失或多出"
