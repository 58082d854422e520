"""Subjects and their chains read in batches: a statement for two hundred subjects, one for all of their entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Q

from proposals.models import Entry, Subject
from proposals.procedure import chronicle

TOGETHER = 200  # subjects that are read in one batch
QUOTES = 500  # values that every database takes in one statement
FROM_THE_FIRST: Mapping[UUID, int] = MappingProxyType({})

Told = Callable[[int, int], None]
Entries = Mapping[UUID, Sequence[Entry]]
Quoted = frozenset[tuple[str, int, str]]


def nobody(chains: int, entries: int) -> None:
    """Hear how many chains and entries were read, and do nothing."""


def subjects(model: type[Subject]) -> Iterator[list[Any]]:
    """Yield the subjects of a kind in batches; a batch is read when it is asked for, and nobody waits meanwhile."""
    rows = model._default_manager.select_related("territory").order_by("pk")
    batch = list(rows[:TOGETHER])
    while batch:
        yield batch
        # A batch that is not full was the last one.
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:TOGETHER]) if len(batch) == TOGETHER else []


def entries(batch: Sequence[Any], *, after: Mapping[UUID, int] = FROM_THE_FIRST) -> Entries:
    """Return the entries of the subjects, by subject, in one statement; of some only what comes after a number."""
    wanted = Q(subject_id__in=[one.uuid for one in batch if one.uuid not in after])
    for one in batch:
        if one.uuid in after:
            wanted |= Q(subject_id=one.uuid, seq__gt=after[one.uuid])
    found: dict[UUID, list[Entry]] = defaultdict(list)
    if batch:
        for entry in Entry.objects.filter(wanted).select_related("actor").order_by("subject_id", "seq"):
            found[entry.subject_id].append(entry)
    return found


def standing_quotes(read: Entries) -> Quoted:
    """Return those of the entries quoted by these that stand, in a statement for some hundreds of them."""
    hashes = sorted({quotes["hash"] for new in read.values() for one in new if (quotes := chronicle.quotes_in(one))})
    found: set[tuple[str, int, str]] = set()
    for first in range(0, len(hashes), QUOTES):
        rows = Entry.objects.filter(hash__in=hashes[first : first + QUOTES]).values_list("subject_id", "seq", "hash")
        found.update((str(subject), seq, digest) for subject, seq, digest in rows)
    return frozenset(found)
