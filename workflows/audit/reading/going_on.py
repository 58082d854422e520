"""The reading of chains that goes on where the last one ended: hashes, order, states, columns, quotes, in batches."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import Any

from django.utils import timezone

from proposals.models import Entry, SubjectKind
from proposals.procedure import chronicle
from workflows.audit.reading import batches, marks, security
from workflows.audit.reading.batches import Quoted, Told
from workflows.audit.reading.chains import FIRST, columns, orphans, standing
from workflows.models import VerifiedChain
from workflows.subjects import MODELS


def findings(*, told: Told = batches.nobody) -> Iterator[str]:
    """Yield what does not hold of every chain after its mark, and mark what does hold, batch by batch.

    An interrupted reading goes on after its last batch. What lies before a mark is not read, and rows are not held
    against chains: that is the whole audit's, which looks at no mark. `told` hears of chains and entries read so far.
    """
    yield from orphans()
    yield from security.going_on()
    chains = entries = 0
    for kind, model in MODELS.items():
        for batch in batches.subjects(model):
            read = yield from _read(kind, batch)
            chains, entries = chains + len(batch), entries + read
            told(chains, entries)


def _read(kind: str, batch: Sequence[Any]) -> Generator[str, None, int]:
    """Read what is new of a batch of subjects and return how many entries that was."""
    known = marks.read(one.uuid for one in batch)
    grown = [one for one in batch if one.uuid not in known or known[one.uuid].seq < one.head_seq]
    for one in batch:
        mark = known.get(one.uuid)
        if mark and (mark.seq > one.head_seq or mark.seq == one.head_seq and mark.hash != one.head_hash):
            yield f"{_place(kind, one)}：上次核对到第{mark.seq}条，现存末条与之不符，有记录被删改。"
    entries = batches.entries(grown, after={uuid: mark.seq for uuid, mark in known.items()})
    quoted = batches.standing_quotes(entries)
    sound = []
    for one in grown:
        new = entries.get(one.uuid, [])
        if new and new[-1].seq > one.head_seq:  # somebody took a step since the batch was read
            one.refresh_from_db()
        faults = list(_faults(kind, one, new, known.get(one.uuid), quoted))
        yield from (f"{_place(kind, one)}{fault}。" for fault in faults)
        if new and not faults:
            sound.append(new[-1])
    marks.keep(sound, at=timezone.now())
    return sum(map(len, entries.values()))


def _faults(kind: str, one: Any, new: Sequence[Entry], mark: VerifiedChain | None, quoted: Quoted) -> Iterator[str]:
    first = FIRST.get(SubjectKind(kind), "")
    state, seq, prev = (mark.state, mark.seq, mark.hash) if mark else (first, 0, chronicle.GENESIS)
    try:
        replayed = chronicle.replay(new, initial=state, seq=seq, prev=prev)
    except chronicle.ChainBroken as broken:
        yield f"：{broken}"
        return
    yield from (f"：{fault}" for fault in standing(one, replayed))
    for entry, body in zip(new, replayed.bodies, strict=True):
        yield from (f"第{entry.seq}条：{fault}" for fault in columns(entry, body, quoted))


def _place(kind: str, one: Any) -> str:
    return f"{SubjectKind(kind).label}「{one}」"
