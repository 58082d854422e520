"""The reading of chains that goes on where the last one ended: hashes, order, states, columns, quotes, in batches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from proposals.models import Entry, SubjectKind
from proposals.procedure import chronicle
from workflows.audit import marks, security
from workflows.audit.chains import FIRST, differing, orphans, standing
from workflows.models import VerifiedChain
from workflows.subjects import MODELS

TOGETHER = 200  # subjects that are read in one batch
Told = Callable[[int, int], None]


def findings(*, told: Told = lambda chains, entries: None) -> Iterator[str]:
    """Yield what does not hold of every chain after its mark, and mark what does hold, batch by batch.

    An interrupted reading goes on after its last batch. What lies before a mark is not read, and rows are not held
    against chains: that is the whole audit's, which looks at no mark. `told` hears of chains and entries read so far.
    """
    yield from orphans()
    yield from security.going_on()
    chains = entries = 0
    for kind, model in MODELS.items():
        rows = model._default_manager.order_by("pk")
        batch = list(rows[:TOGETHER])
        while batch:
            read = yield from _read(kind, batch)
            chains, entries = chains + len(batch), entries + read
            told(chains, entries)
            # A batch that is not full was the last one.
            batch = list(rows.filter(pk__gt=batch[-1].pk)[:TOGETHER]) if len(batch) == TOGETHER else []


def _read(kind: str, batch: Sequence[Any]) -> Generator[str, None, int]:
    """Read what is new of a batch of subjects and return how many entries that was."""
    known = marks.read(one.uuid for one in batch)
    grown = [one for one in batch if one.uuid not in known or known[one.uuid].seq < one.head_seq]
    for one in batch:
        mark = known.get(one.uuid)
        if mark and (mark.seq > one.head_seq or mark.seq == one.head_seq and mark.hash != one.head_hash):
            yield f"{_place(kind, one)}：上次核对到第{mark.seq}条，现存末条与之不符，有记录被删改。"
    entries = _entries(grown, known)
    quoted = _standing_quotes(entries)
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


def _entries(grown: Sequence[Any], known: dict[UUID, VerifiedChain]) -> dict[UUID, list[Entry]]:
    """Return the entries after the marks, by subject, in one statement."""
    wanted = Q(subject_id__in=[one.uuid for one in grown if one.uuid not in known])
    for one in grown:
        if one.uuid in known:
            wanted |= Q(subject_id=one.uuid, seq__gt=known[one.uuid].seq)
    found: dict[UUID, list[Entry]] = defaultdict(list)
    if grown:
        for entry in Entry.objects.filter(wanted).select_related("actor").order_by("subject_id", "seq"):
            found[entry.subject_id].append(entry)
    return found


def _standing_quotes(entries: dict[UUID, list[Entry]]) -> set[tuple[str, int, str]]:
    """Return those of the entries quoted by these that stand, in one statement."""
    hashes = {
        quotes["hash"] for new in entries.values() for one in new if (quotes := chronicle.quotes_in(one)) is not None
    }
    rows = Entry.objects.filter(hash__in=hashes).values_list("subject_id", "seq", "hash") if hashes else ()
    return {(str(subject), seq, digest) for subject, seq, digest in rows}


def _faults(
    kind: str, one: Any, new: Sequence[Entry], mark: VerifiedChain | None, quoted: set[tuple[str, int, str]]
) -> Iterator[str]:
    first = FIRST.get(SubjectKind(kind), "")
    state, seq, prev = (mark.state, mark.seq, mark.hash) if mark else (first, 0, chronicle.GENESIS)
    try:
        replayed = chronicle.replay(new, initial=state, seq=seq, prev=prev)
    except chronicle.ChainBroken as broken:
        yield f"：{broken}"
        return
    yield from (f"：{fault}" for fault in standing(one, replayed))
    for entry, body in zip(new, replayed.bodies, strict=True):
        yield from (f"第{entry.seq}条：{fault}" for fault in differing(entry, body))
        quotes = body["frozen"].get("quotes")
        if quotes and (str(quotes["subject"]), quotes["seq"], quotes["hash"]) not in quoted:
            yield f"第{entry.seq}条：所引用的记录不存在或已改变"


def _place(kind: str, one: Any) -> str:
    return f"{SubjectKind(kind).label}「{one}」"
