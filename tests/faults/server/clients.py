"""People who carry cases on while the server goes away, each press repeated with its key until it is answered."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection

from proposals.models import Entry, Proposal, SubjectKind
from tests.builders import NOON
from tests.faults.scene.acts import who
from workflows.attempt import Ref
from workflows.perform import perform

LONGEST = 60.0
Acknowledged = list[list[str]]  # case, step, hash


def carry(cases: Sequence[str], first_number: int) -> Acknowledged:
    """Take three steps on every case; return what was acknowledged."""
    told = []
    for place, case in enumerate(cases):
        for minute, (step, facts) in enumerate(steps(first_number + place)):
            told.append([case, step, pressed(case, step, facts, minute)])
    return told


def steps(number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the steps with their facts."""
    yield "send_to_office", {}
    yield "register_incoming", {"incoming_number": f"收{number}"}
    yield "accept", {"checks_passed": True}


def pressed(case: str, step: str, facts: dict[str, Any], minute: int) -> str:
    """Press, and press again with the same key while the database is away; return the entry's hash."""
    key, deadline = uuid.uuid4(), time.monotonic() + LONGEST
    while True:
        try:
            subject = Proposal.objects.get(uuid=case)
            entry = perform(
                subject=Ref(SubjectKind.CASE, subject.uuid), step=step, actor=who("bianban1"),
                at=NOON + timedelta(days=1, minutes=minute), key=key, seen=subject.concern, facts=facts,
            )  # fmt: skip
        except (OperationalError, InterfaceError):
            if time.monotonic() > deadline:
                raise
            connection.close()
            time.sleep(0.05)
        else:
            return entry.hash


def wrong(acknowledged: Acknowledged) -> list[str]:
    """Return every step that was acknowledged and is not there, or is there more than once."""
    found = []
    for case, step, digest in acknowledged:
        hashes = list(Entry.objects.filter(subject_id=case, step=step).values_list("hash", flat=True))
        if hashes != [digest]:
            found.append(f"{step} was acknowledged once and stands {len(hashes)} times")
    return found
