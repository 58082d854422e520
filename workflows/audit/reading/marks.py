"""How far each chain was verified: a signed mark for every subject, from which the next reading goes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer

from proposals.models import Entry
from workflows.models import VerifiedChain
from workflows.security_record import KIND, SELF

SIGNER = Signer(salt="dongyi.audit.verified")


def read(subjects: Iterable[UUID]) -> dict[UUID, VerifiedChain]:
    """Return the marks of subjects that bear our signature; a forged or moved one counts as none, so all is read."""
    return {one.subject_id: one for one in VerifiedChain.objects.filter(subject_id__in=list(subjects)) if _ours(one)}


def keep(ends: Iterable[Entry], *, at: datetime) -> None:
    """Mark chains as verified up to these entries."""
    rows = [
        VerifiedChain(
            subject_kind=one.subject_kind, subject_id=one.subject_id, seq=one.seq, hash=one.hash, state=one.to_state,
            at=at,
        )
        for one in ends
    ]  # fmt: skip
    _write(rows)


def keep_record(*, seq: int, digest: str, at: datetime) -> None:
    """Mark the security record as verified up to an event."""
    _write([VerifiedChain(subject_kind=KIND, subject_id=SELF, seq=seq, hash=digest, state="", at=at)])


def _write(rows: list[VerifiedChain]) -> None:
    for row in rows:
        row.signature = SIGNER.signature(_said(row))
    VerifiedChain.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["subject_id"],
        update_fields=["subject_kind", "seq", "hash", "state", "at", "signature"],
    )  # fmt: skip


def _said(one: VerifiedChain) -> str:
    return "\n".join((one.subject_kind, str(one.subject_id), str(one.seq), one.hash, one.state))


def _ours(one: VerifiedChain) -> bool:
    try:
        SIGNER.unsign(f"{_said(one)}{SIGNER.sep}{one.signature}")
    except BadSignature:
        return False
    return True
