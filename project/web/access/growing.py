"""Lists that only grow: their newest rows along an index each, pages by key, counted no further than people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.utils import timezone

MOST = 1000
BETWEEN = "~"
# Days outside are in no list, and some of them in no database.
YEARS = range(1900, 3000)


def newest(branches: Sequence[QuerySet[Any]], order: Sequence[str], n: int) -> list[Any]:
    """Return the first so many rows of all branches together in an order.

    Each branch gives its first rows by itself, along an index: an OR over the branches would have the database read and
    sort all that any of them holds.
    """
    found = list({row.pk: row for rows in branches for row in rows.order_by(*order)[:n]}.values())
    for name in reversed(order):
        found.sort(key=attrgetter(name.lstrip("-")), reverse=name.startswith("-"))
    return found[:n]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list that grows, and the keys of the pages before and behind it; empty where there is none."""

    rows: Sequence[Any]
    per_page: int
    count: int
    beyond: bool
    previous: str = ""
    next: str = ""

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def leaf(rows: QuerySet[Any], asked: Mapping[str, Any], *, per_page: int) -> Leaf:
    """Return the page behind the key `after`, or before the key `before`, of rows in an order that ends with their key.

    A key names the row at the edge of a page, so rows that come in meanwhile move nothing. What is no key of these rows
    shows the first page, and so does a key before or behind which no full page or no row is left.
    """
    known = rows.order_by()[: MOST + 1].count()
    order = tuple(str(name) for name in rows.query.order_by)
    page, before, behind = _before(rows, order, asked, per_page) or _after(rows, order, asked, per_page)
    return Leaf(
        page,
        per_page=per_page,
        count=min(known, MOST),
        beyond=known > MOST,
        previous=key_of(page[0], order) if before else "",
        next=key_of(page[-1], order) if behind else "",
    )


Found = tuple[list[Any], bool, bool]  # a page, and whether there is one before it and one behind


def _before(rows: QuerySet[Any], order: Sequence[str], asked: Mapping[str, Any], n: int) -> Found | None:
    if (edge := _values(rows, order, asked.get("before"))) is None:
        return None
    back = tuple(name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order)
    found = list(rows.order_by(*back).filter(_behind(back, edge))[: n + 1])
    return (found[n - 1 :: -1], len(found) > n, True) if len(found) >= n else None


def _after(rows: QuerySet[Any], order: Sequence[str], asked: Mapping[str, Any], n: int) -> Found:
    edge = _values(rows, order, asked.get("after"))
    found = list(rows.filter(_behind(order, edge))[: n + 1]) if edge is not None else []
    first = not found
    found = found or list(rows[: n + 1])
    return found[:n], not first, len(found) > n


def key_of(row: Any, order: Sequence[str]) -> str:
    """Return the key of a row: its values in the columns of the order."""
    values = (attrgetter(name.lstrip("-").replace(LOOKUP_SEP, "."))(row) for name in order)
    return BETWEEN.join(_written(value) for value in values)


def _written(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else str(value)


def _values(rows: QuerySet[Any], order: Sequence[str], key: Any) -> tuple[Any, ...] | None:
    """Return what a key says of the columns of the order; None where it is no key of them."""
    parts = str(key).split(BETWEEN) if key else []
    if not order or len(parts) != len(order):
        return None
    try:
        return tuple(_value(_field(rows, name.lstrip("-")), part) for name, part in zip(order, parts, strict=True))
    except (ValidationError, ValueError, OverflowError):
        return None


def _field(rows: QuerySet[Any], name: str) -> Field[Any, Any]:
    meta = rows.model._meta
    *through, last = name.split(LOOKUP_SEP)
    for relation in through:
        meta = meta.get_field(relation).related_model._meta
    found: Any = meta.pk if last == "pk" else meta.get_field(last)
    return found.target_field if found.is_relation else found


def _value(field: Field[Any, Any], part: str) -> Any:
    value = field.clean(part, None)
    if isinstance(value, date) and value.year not in YEARS:
        raise ValueError(part)
    if isinstance(value, datetime) and timezone.is_naive(value):
        raise ValueError(part)
    return value


def _behind(order: Sequence[str], edge: Sequence[Any]) -> Q:
    """Return the condition of the rows behind an edge; the first column bounds alone, so an index is entered there."""
    pairs = [
        (name.lstrip("-"), "lt" if name.startswith("-") else "gt", value)
        for name, value in zip(order, edge, strict=True)
    ]
    *firsts, (name, way, value) = pairs
    behind = Q(**{f"{name}__{way}": value})
    behind = reduce(
        lambda rest, one: Q(**{f"{one[0]}__{one[1]}": one[2]}) | Q(**{one[0]: one[2]}) & rest, firsts[::-1], behind
    )
    name, way, value = pairs[0]
    return Q(**{f"{name}__{way}e": value}) & behind if firsts else behind
