"""The security record: one chain for the whole installation, in which every event follows from the one before it.

hash = H(domain ‖ len(prev) ‖ prev ‖ len(body) ‖ body), as in the chains of subjects; the body is canonical JSON made
from the columns of the event, its moment in UTC, so that the zone of a machine changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

from proposals.models import Person
from proposals.procedure import chronicle
from proposals.procedure.locks import locked_rows
from workflows.models import SecurityEvent, SecurityHead, VerifiedChain

# How marks know this chain, which has no subject.
KIND = VerifiedChain.SECURITY
SELF = UUID("d0e9a1b2-5ec0-4e00-8000-000000000001")
SUBJECT_LENGTH = 120


def note(
    *, kind: str, at: datetime, person: Person | None = None, subject: str = "", detail: str = ""
) -> SecurityEvent:
    """Append an event and move the head, in the caller's transaction or in one of its own.

    Events come one after the other: who notes holds the head until his transaction ends, and locks nothing after it
    that another noter may wait for.
    """
    with transaction.atomic():
        head = _head()
        event = SecurityEvent(
            at=at, kind=kind, person=person, subject=subject[:SUBJECT_LENGTH], detail=detail, seq=head.seq + 1,
            prev_hash=head.hash,
        )  # fmt: skip
        event.hash = sealed(event)
        event.save(force_insert=True)
        SecurityHead.objects.filter(pk=head.pk).update(seq=event.seq, hash=event.hash)
    return event


def _head() -> SecurityHead:
    """Return the end of the record, locked; where it is not registered, as in an emptied database, it begins anew."""
    heads = locked_rows(SecurityHead.objects.all())
    head = heads.first()
    if head is None:
        last = SecurityEvent.objects.order_by("seq").last()
        seq, digest = (last.seq, last.hash) if last else (0, chronicle.GENESIS)
        SecurityHead.objects.get_or_create(pk=1, defaults={"seq": seq, "hash": digest})
        head = heads.get()
    return head


def body(event: SecurityEvent) -> dict[str, object]:
    """Return what an event's hash covers."""
    return {
        "kind": KIND,
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(),
        "event": event.kind,
        "person": event.person.uuid if event.person else "",
        "subject": event.subject,
        "detail": event.detail,
    }


def sealed(event: SecurityEvent) -> str:
    """Return the hash that an event must have, from its columns and the hash before it."""
    return chronicle.seal(prev=event.prev_hash, body=chronicle.canonical(body(event)))


def faults(events: Iterable[SecurityEvent], *, seq: int = 0, prev: str = chronicle.GENESIS) -> Iterator[str]:
    """Yield where events in their order do not follow from each other; `seq` and `prev` are of the one before them."""
    for event in events:
        place = f"安全审计记录第{event.seq}条"
        if event.seq != seq + 1:
            yield f"安全审计记录第{seq + 1}条至第{event.seq - 1}条缺失"
        elif event.prev_hash != prev:
            yield f"{place}：与上一条记录不衔接"
        if sealed(event) != event.hash:
            yield f"{place}：内容与校验值不符"
        seq, prev = event.seq, event.hash
