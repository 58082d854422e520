"""How a checkpoint is made: held against the one before, then the ends of the chains that grew, signed and kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db.models import Max

from proposals.models import Entry
from proposals.procedure import chronicle
from workflows import security_record
from workflows.audit.anchors import files, holding
from workflows.audit.anchors.files import AnchorFault, Checkpoint, Head
from workflows.models import SecurityHead

# Entries are numbered when written and seen when committed: so many before the last one are looked at again.
OVERLAP = 1000


def make(*, folders: Sequence[Path], key: Ed25519PrivateKey, at: datetime) -> tuple[Checkpoint, list[Path]]:
    """Make the next checkpoint and keep it in every folder; AnchorFault when data or folders do not hold."""
    known = _known(folders, key)
    if faults := list(holding.findings(known)):
        raise AnchorFault("数据与以前的检查点不符，未做新的检查点：\n" + "\n".join(faults))
    checkpoint = _next(known, at)
    return checkpoint, [files.keep(checkpoint, folder=folder, key=key) for folder in folders]


def _known(folders: Sequence[Path], key: Ed25519PrivateKey) -> list[Checkpoint]:
    """Return the checkpoints so far; every folder holds the same ones, but a folder that is still empty."""
    found: list[Checkpoint] = []
    for folder in folders:
        here, faults = files.read(folder, key.public_key())
        if faults:
            raise AnchorFault(f"{folder}：" + "；".join(faults))
        if here and found and here != found:
            raise AnchorFault("几个文件夹里的检查点不一致，请先核对，再把缺少的文件补齐。")
        found = here or found
    return found


def _next(known: Sequence[Checkpoint], at: datetime) -> Checkpoint:
    last = known[-1] if known else None
    end = Entry.objects.aggregate(end=Max("pk"))["end"] or 0
    new = Entry.objects.filter(pk__gt=last.entry - OVERLAP if last else 0, pk__lte=end).order_by("pk")
    rows = new.values_list("subject_kind", "subject_id", "seq", "hash")
    ends = {subject: Head(kind, str(subject), seq, digest) for kind, subject, seq, digest in rows.iterator()}
    record = SecurityHead.objects.get()
    heads = (*ends.values(), Head(security_record.KIND, str(security_record.SELF), record.seq, record.hash))
    return Checkpoint(
        n=last.n + 1 if last else 1, at=at.astimezone(UTC).isoformat(timespec="seconds"),
        previous=files.digest_of(last) if last else chronicle.GENESIS, entry=end, heads=heads,
        numbers=tuple(holding.series().items()),
    )  # fmt: skip
