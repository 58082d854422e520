"""A query that is compiled once: what a step or a page reads again and again costs the statement and its rows.

Django builds and compiles a query at every use, which costs ten times what the database takes for a row by its key.
PostgreSQL would plan it at every use too, which costs more than reading the rows; it is sent there with its values
beside it, and planned once a connection.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

import psycopg
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M")


class Given(Expression):
    """The place of a value that is named at every use."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Leave the place open; it stands among the parameters itself."""
        return "%s", [self]


class Compiled(NamedTuple):
    """A query as one kind of database takes it; its parameters are values and places."""

    compiler: SQLCompiler
    sql: str
    values: tuple[Any, ...]


class Ask(NamedTuple):
    """A query with the values for its places."""

    query: Prepared[Any]
    given: Mapping[str, Any]


class Prepared(Generic[M]):
    """A query with places, made by a function whose parameters name them: `Prepared(lambda case: Line.objects…)`.

    A place stands where a filter compares with one value (exact, lt, gte, …); it takes no None, no list and no text for
    `startswith`. A use reads the rows anew, whatever was read before.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], *names: str) -> None:
        """`names` are the places where the function takes them as `**places`."""
        self.build = build
        self.names = frozenset(names or inspect.signature(build).parameters)
        self.compiled: dict[str, Compiled] = {}

    def __call__(self, *, using: str | None = None, **given: Any) -> list[M]:
        """Return the rows for the values, of another database where one is named.

        Raises TypeError for None, and for names that are not the places.
        """
        if given.keys() != self.names:
            raise TypeError(f"the query asks {sorted(self.names)}, given are {sorted(given)}")
        connection = connections[using or self.open.db]
        made = self.compiled.get(connection.vendor)
        if made is None:
            made = self.compiled[connection.vendor] = self.compile(connection)
        values = {name: bound(value, connection) for name, value in given.items()}
        params = tuple(values[one.name] if isinstance(one, Given) else one for one in made.values)
        with planned(connection) as cursor:
            cursor.execute(made.sql, params)
            rows = cursor.fetchall()
        if made.compiler.has_extra_select:
            rows = [row[: made.compiler.col_count] for row in rows]
        return self.read(made, connection, rows)

    def ask(self, **given: Any) -> Ask:
        """Return the query with its values, to be read together with others; raises TypeError as a use does."""
        if given.keys() != self.names:
            raise TypeError(f"the query asks {sorted(self.names)}, given are {sorted(given)}")
        return Ask(self, given)

    def read(self, made: Compiled, connection: Any, rows: list[tuple[Any, ...]]) -> list[M]:
        """Return what the columns of rows say that a statement brought which is or holds this query."""
        run = self._run(made, connection)
        run.execute_sql = lambda *_, **__: [rows]  # type: ignore[method-assign, assignment]
        return self._found(run)

    def first(self, **given: Any) -> M | None:
        """Return the first row, or None."""
        return next(iter(self(**given)), None)

    @cached_property
    def open(self) -> QuerySet[Any]:
        """The query with its places open; built at the first use, when every model is there."""
        return self.build(**{name: Given(name) for name in self.names})

    def _run(self, made: Compiled, connection: Any) -> SQLCompiler:
        """Return a compiler for one use, on the thread's own connection."""
        run = copy.copy(made.compiler)
        run.connection = connection
        run.get_converters = lambda expressions: self._converters(made, run, expressions)  # type: ignore[method-assign]
        return run

    def _found(self, run: SQLCompiler) -> list[M]:
        found = self.open.using(run.connection.alias)
        found.query.get_compiler = lambda *_, **__: run  # type: ignore[method-assign]
        return list(found)

    def _converters(self, made: Compiled, run: SQLCompiler, columns: Any) -> dict[int, Any]:
        """Return how each column is read: found once for a connection, with which they are forgotten."""
        kept = vars(run.connection).setdefault("prepared_converters", {})
        if made.compiler not in kept:
            kept[made.compiler] = made.compiler.__class__.get_converters(run, columns)
        found: dict[int, Any] = kept[made.compiler]
        return found

    def compile(self, connection: Any, *, aliased: bool = False) -> Compiled:
        """Let Django compile the query; `aliased` names every column, so that it may stand within another one."""
        compiler = self.open.all().query.get_compiler(connection=connection)
        sql, params = compiler.as_sql(with_col_aliases=aliased)
        return Compiled(compiler, sql, tuple(params))


class PreparedIn(Generic[M]):
    """A query that compares with a list of values, compiled once for each size of list that is a power of two.

    The function takes the list as `values`; a shorter one is filled up with its last value. A foreign key is named by
    its column (`body__id__in`).
    """

    def __init__(self, build: Callable[..., QuerySet[Any]]) -> None:
        self.build = build
        self.names = tuple(name for name in inspect.signature(build).parameters if name != "values")
        self.sizes: dict[int, Prepared[M]] = {}

    def __call__(self, values: Iterable[Any], **given: Any) -> list[M]:
        """Return the rows for a list and the values beside it; no row for an empty list."""
        if not (listed := list(values)):
            return []
        sized, places = self._asked(listed)
        return sized(**given, **places)

    def ask(self, values: Iterable[Any], **given: Any) -> Ask:
        """Return the query with a list and the values beside it, to be read together with others.

        Raises TypeError for an empty list.
        """
        if not (listed := list(values)):
            raise TypeError("nothing is in an empty list: such a query is not asked")
        sized, places = self._asked(listed)
        return sized.ask(**given, **places)

    def _asked(self, listed: list[Any]) -> tuple[Prepared[M], dict[str, Any]]:
        """Return the query for the size of the list, and its values by their places."""
        size = 1 << (len(listed) - 1).bit_length()
        listed = listed + [listed[-1]] * (size - len(listed))
        if size not in self.sizes:
            self.sizes[size] = self._sized(size)
        return self.sizes[size], {f"value{n}": value for n, value in enumerate(listed)}

    def _sized(self, size: int) -> Prepared[M]:
        names = [f"value{n}" for n in range(size)]

        def build(**places: Given) -> QuerySet[Any]:
            return self.build([places.pop(name) for name in names], **places)

        return Prepared(build, *names, *self.names)


@contextmanager
def planned(connection: Any) -> Iterator[Any]:
    """Lend a cursor for a statement that is sent often: PostgreSQL plans it once, as its values stand apart.

    Django's usual cursor writes the values into the text, so that every use is another statement.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.ensure_connection()
    driver = connection.connection
    usual, driver.cursor_factory = driver.cursor_factory, psycopg.Cursor
    try:
        cursor = connection.cursor()
    finally:
        driver.cursor_factory = usual
    with cursor:
        yield cursor


def bound(value: Any, connection: Any) -> Any:
    """Return a value as the driver of the database takes it; None raises TypeError, for nothing equals it."""
    if value is None:
        raise TypeError("nothing is equal to NULL: such a query is another one")
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
