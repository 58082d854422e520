"""A row that every step writes: the text of its statement is made once, its values are taken from the row each time.

`Model.save` builds and compiles its statement at every use, which costs more than the database takes for the row.
It sends signals too, to which nobody listens here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple, cast

from django.db import DatabaseError, connections, router, transaction
from django.db.models import Field, Model
from django.db.models.sql.subqueries import InsertQuery

from proposals.prepared import planned


class Statement(NamedTuple):
    """A statement and the fields whose values it takes, in its order."""

    sql: str
    fields: tuple[Field[Any, Any], ...]


def insert(row: Model) -> None:
    """Write a new row and give it the key that the database chose, as `save(force_insert=True)` does."""
    using = router.db_for_write(type(row), instance=row)
    sql, fields = _inserting(type(row), using, row.pk is not None)
    with transaction.mark_for_rollback_on_error(using), planned(connections[using]) as cursor:
        cursor.execute(sql, _values(row, fields, using, add=True))
        (key,) = cursor.fetchone()
    row.pk = row._meta.pk.to_python(key)
    row._state.db, row._state.adding = using, False


def update(row: Model, names: Iterable[str]) -> None:
    """Write the named fields of a row that is kept already, nothing where no field is named.

    Raises DatabaseError when the row is no longer there.
    """
    if not (named := tuple(names)):
        return
    using = router.db_for_write(type(row), instance=row)
    sql, fields = _updating(type(row), using, named)
    with transaction.mark_for_rollback_on_error(using), planned(connections[using]) as cursor:
        key = row._meta.pk.get_db_prep_save(row.pk, connections[using])
        cursor.execute(sql, [*_values(row, fields, using, add=False), key])
        if not cursor.rowcount:
            raise DatabaseError(f"{type(row).__name__} {row.pk} is no longer there")


def _values(row: Model, fields: Iterable[Field[Any, Any]], using: str, *, add: bool) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add), connections[using]) for field in fields]


@cache
def _inserting(model: type[Model], using: str, keyed: bool) -> Statement:
    """Let Django compile the INSERT of a model, with its key among the values where the row brings one."""
    fields = tuple(one for one in model._meta.concrete_fields if keyed or not one.primary_key)
    query = InsertQuery(model)
    query.insert_values(_plain(model, fields), [model()])
    compiler = query.get_compiler(using=using)
    compiler.returning_fields = [model._meta.pk]
    ((sql, _),) = compiler.as_sql()
    return Statement(sql, fields)


@cache
def _updating(model: type[Model], using: str, names: tuple[str, ...]) -> Statement:
    """Compose the UPDATE of one row of a model by its key."""
    fields = tuple(cast("Field[Any, Any]", model._meta.get_field(name)) for name in names)
    quoted = connections[using].ops.quote_name
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    places = ", ".join(f"{quoted(one.column)} = %s" for one in _plain(model, fields))
    return Statement(" ".join(("UPDATE", table, "SET", places, "WHERE", f"{table}.{key} = %s")), fields)


def _plain(model: type[Model], fields: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the fields; raise TypeError where the place of a value depends on the value, or no value is taken."""
    if odd := [one.name for one in fields if hasattr(one, "get_placeholder") or one.generated]:
        raise TypeError(f"{model.__name__} is not written by a prepared statement: {odd}")
    if model._meta.parents:
        raise TypeError(f"{model.__name__} has a parent's table beside its own")
    return fields
