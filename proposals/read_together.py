"""Several prepared queries in one statement: what a step needs besides its subject costs one round trip.

Each query stands in the statement as one value: its rows as JSON, in their order. Django reads the columns of a row as
if the database had sent them; what JSON cannot say as the driver does (PostgreSQL's days, moments and identities) is
turned back first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connections

from proposals.prepared import Ask, Compiled, Given, Prepared, bound, planned

# The most columns that one call of json_array is given: PostgreSQL takes 100 arguments, SQLite 127.
MOST = 90
PLAIN = frozenset(
    {
        "AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "CharField", "IntegerField",
        "PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "SlugField",
        "SmallIntegerField", "TextField",
    }
)  # fmt: skip
AS_TEXT = frozenset({"JSONField"})
BACK: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {"DateField": date.fromisoformat, "DateTimeField": datetime.fromisoformat, "UUIDField": UUID}
)


class Part(NamedTuple):
    """One query of the statement, and the columns that must be turned back into what the driver says."""

    compiled: Compiled
    back: tuple[tuple[int, Callable[[str], Any]], ...]


class Joined(NamedTuple):
    """The statement for some queries on one kind of database."""

    sql: str
    parts: tuple[Part, ...]


def read_together(*asks: Ask, using: str | None = None) -> tuple[list[Any], ...]:
    """Return the rows of every query, each as its own use would return them; one statement.

    They are read of another database where one is named. Raises TypeError for a query with a column that JSON cannot
    say exactly (decimals, floats, bytes).
    """
    queries = tuple(one.query for one in asks)
    connection = connections[using or queries[0].open.db]
    sql, parts = _joined(queries, connection.vendor, connection.alias)
    params = [
        bound(one.given[value.name], connection) if isinstance(value, Given) else value
        for one, part in zip(asks, parts, strict=True)
        for value in part.compiled.values
    ]
    with planned(connection) as cursor:
        cursor.execute(sql, params)
        sent = cursor.fetchone()
    return tuple(
        query.read(part.compiled, connection, _rows(text, part.back))
        for query, part, text in zip(queries, parts, sent, strict=True)
    )


def _rows(text: str, back: tuple[tuple[int, Callable[[str], Any]], ...]) -> list[tuple[Any, ...]]:
    rows = [list(chain.from_iterable(pieces)) for pieces in json.loads(text)]
    for row in rows:
        for at, read in back:
            if row[at] is not None:
                row[at] = read(row[at])
    return [tuple(row) for row in rows]


@cache
def _joined(queries: tuple[Prepared[Any], ...], vendor: str, using: str) -> Joined:
    connection, parts, values = connections[using], [], []
    for query in queries:
        compiled = query.compile(connection, aliased=True)
        kinds = [_kind(expression) for expression, _, _ in compiled.compiler.select]
        back = tuple((at, BACK[kind]) for at, kind in enumerate(kinds) if kind in BACK and vendor == "postgresql")
        parts.append(Part(compiled, back))
        values.append(_value(compiled, kinds, connection))
    return Joined(" ".join(("SELECT", ", ".join(values))), tuple(parts))


def _value(compiled: Compiled, kinds: Iterable[str], connection: Any) -> str:
    """Compose the value that holds the rows of a query, in the order that the query gives them."""
    postgresql = connection.vendor == "postgresql"
    names = [connection.ops.quote_name(alias) for _, _, alias in compiled.compiler.select]
    columns = [
        f"rows.{name}::text" if postgresql and kind in AS_TEXT else f"rows.{name}"
        for name, kind in zip(names, kinds, strict=True)
    ]
    array, group = ("json_build_array", "json_agg") if postgresql else ("json_array", "json_group_array")
    pieces = [f"{array}({', '.join(columns[at : at + MOST])})" for at in range(0, len(columns), MOST)]
    # SQLite may forget the order of a query within a query, but for one with a limit.
    kept = "" if postgresql or compiled.compiler.query.is_sliced else " LIMIT -1"
    found = f"{group}({array}({', '.join(pieces)}))"
    found = f"COALESCE({found}, '[]'::json)::text" if postgresql else found
    return " ".join(("(SELECT", found, "FROM", f"({compiled.sql}{kept})", "rows)"))


def _kind(expression: Any) -> str:
    """Return the kind of field that a column holds; raise TypeError where JSON cannot say its values exactly."""
    field = expression.output_field
    while field.is_relation:
        field = field.target_field
    kind: str = field.get_internal_type()
    if kind not in PLAIN and kind not in AS_TEXT and kind not in BACK:
        raise TypeError(f"a {kind} is not read together with other rows")
    return kind
