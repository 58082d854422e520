"""Who is above whom: no body comes under itself or under what is below it, on any day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Q

from proposals.organisation.bodies import BodyVersion

Tree = Mapping[UUID, UUID | None]
One = TypeVar("One")


class Span(NamedTuple):
    """One version as far as the tree is concerned."""

    body: UUID
    parent: UUID | None
    valid_from: date
    valid_to: date | None


def trees(*, territory_id: int, since: date) -> tuple[Tree, ...]:
    """Return the superior of every body on a day and on each later day on which one changes: one query."""
    rows = BodyVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gt=since), body__territory=territory_id)
    spans = list(_spans(rows.order_by("valid_from", "id")))
    days = sorted({since, *(span.valid_from for span in spans if span.valid_from > since)})
    return tuple(_on(spans, day) for day in days)


def circles(*, territory_id: int) -> Iterator[tuple[date, UUID]]:
    """Yield every body that comes under itself, with the first day on which it does."""
    spans = list(_spans(BodyVersion.objects.filter(body__territory=territory_id).order_by("valid_from", "id")))
    found: set[UUID] = set()
    for day in sorted({span.valid_from for span in spans if span.parent}):
        tree = _on(spans, day)
        for body in tree:
            if body not in found and comes_under_itself(body=body, parent=tree[body], tree=tree):
                found.add(body)
                yield day, body


def comes_under_itself(*, body: UUID, parent: UUID | None, tree: Tree) -> bool:
    """Return whether a body would stand below itself if it came under a superior."""
    return parent is not None and body in above(body=parent, tree=tree)


def above(*, body: One, tree: Mapping[One, One | None]) -> Iterable[One]:
    """Return a body and everything above it, also where the tree already runs in a circle."""
    seen: dict[One, None] = {}
    one: One | None = body
    while one and one not in seen:
        seen[one] = None
        one = tree.get(one)
    return seen


def _spans(rows: Any) -> Iterator[Span]:
    columns = ("body__uuid", "parent__uuid", "valid_from", "valid_to")
    yield from (Span(*row) for row in rows.values_list(*columns))


def _on(spans: Iterable[Span], day: date) -> Tree:
    return {
        span.body: span.parent
        for span in spans
        if span.valid_from <= day and (span.valid_to is None or span.valid_to > day)
    }
