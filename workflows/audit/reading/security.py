"""The security record held against itself and against how far it was verified before."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists
from django.utils import timezone

from proposals.procedure import chronicle
from workflows import security_record
from workflows.audit.reading import marks
from workflows.models import SecurityEvent, SecurityHead, VerifiedChain

TOGETHER = 1000  # events in one statement


def security() -> Iterator[str]:
    """Check every event from the first one on, the head, and that nothing verified before is gone."""
    _, head, found = _standing()
    yield from found
    if head is not None:
        yield from _read(head, seq=0, prev=chronicle.GENESIS)


def going_on() -> Iterator[str]:
    """Check what came after the mark, and move the mark where it holds; what stands still is read in two statements."""
    mark, head, found = _standing()
    if head is not None:
        seq, prev = (mark.seq, mark.hash) if mark else (0, chronicle.GENESIS)
        if mark is None or (seq, prev) != (head.seq, head.hash):
            found += _read(head, seq=seq, prev=prev)
            if head.seq and not found:
                marks.keep_record(seq=head.seq, digest=head.hash, at=timezone.now())
    yield from found


def _standing() -> tuple[VerifiedChain | None, SecurityHead | None, list[str]]:
    """Return the mark, the head as registered, and whether what was verified or noted before is gone."""
    mark = _mark()
    head, kept = _end(mark)
    if head is None:
        noted = mark is not None or SecurityEvent.objects.exists()
        return mark, head, ["安全审计记录的末条登记已不存在。"] if noted else []
    if mark and (mark.seq > head.seq or not kept):
        return mark, head, [f"安全审计记录上次核对到第{mark.seq}条，现存记录与之不符，有记录被删改。"]
    return mark, head, []


def _mark() -> VerifiedChain | None:
    return marks.read([security_record.SELF]).get(security_record.SELF)


def _end(mark: VerifiedChain | None) -> tuple[SecurityHead | None, bool]:
    """Return where the record ends as registered, and whether the event up to which it was verified is still there."""
    verified = SecurityEvent.objects.filter(seq=mark.seq, hash=mark.hash) if mark else SecurityEvent.objects.none()
    head = SecurityHead.objects.annotate(kept=Exists(verified)).first()
    return head, mark is None or not mark.seq or bool(head and head.kept)


def _read(head: SecurityHead, *, seq: int, prev: str) -> Iterator[str]:
    """Read the events after one, in batches, up to the head as it was; what was appended since is for the next time."""
    events = SecurityEvent.objects.filter(seq__lte=head.seq).select_related("person").order_by("seq")
    while seq < head.seq and (batch := list(events.filter(seq__gt=seq)[:TOGETHER])):
        yield from (f"{fault}。" for fault in security_record.faults(batch, seq=seq, prev=prev))
        seq, prev = batch[-1].seq, batch[-1].hash
    if (seq, prev) != (head.seq, head.hash):
        yield f"安全审计记录登记的末条为第{head.seq}条，实为第{seq}条，有记录缺失或多出。"
