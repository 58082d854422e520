"""The sealed rows of a subject in one statement, alike on every database, and the subject's own row from memory."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    F,
    Field,
    Func,
    JSONField,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from proposals.models import Subject
from proposals.prepared import Given, Prepared
from workflows.seals.sheets import SHEETS, Sheet

Said = Mapping[str, Any]
Rows = tuple[tuple[int, Said], ...]


class Cells(Func):
    """The columns of a row as one JSON list, in words that Python reads alike from every database."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Take what SQLite calls it."""
        return self.as_sql(compiler, connection, function="json_array", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Take what PostgreSQL calls it, as text: the driver would read it otherwise."""
        template = "%(function)s(%(expressions)s)::text"
        return self.as_sql(compiler, connection, function="json_build_array", template=template, **context)


class Column(NamedTuple):
    """A sealed column: its name, how its cell is read, and what it says by default, which is left out."""

    name: str
    read: Callable[[Any], Any]
    default: Any


def rows_of(subject: Subject) -> dict[str, Rows]:
    """Return what every sheet of a subject says now, by its name: rows by key, each without what is said by default.

    They are read where the subject was read. A column that says what it says by default is left out, so that one added
    by a later release changes no digest.
    """
    sheets = SHEETS[subject.subject_kind]
    found: dict[str, dict[int, Said]] = defaultdict(dict)
    reading = _beside(subject.subject_kind)
    for name, key, cells in reading(using=subject._state.db, row=subject.pk, uuid=subject.uuid):
        found[name][key] = _said(_columns(subject.subject_kind, name), json.loads(cells))
    rows = {one.name: tuple(sorted(found[one.name].items())) for one in sheets if not one.own}
    return {one.name: ((subject.pk, _own(one, subject)),) for one in sheets if one.own} | rows


@cache
def _beside(kind: str) -> Prepared[tuple[str, int, str]]:
    """Prepare the reading of every table beside the subjects of a kind."""
    sheets = [one for one in SHEETS[kind] if not one.own]

    def build(row: Given, uuid: Given) -> QuerySet[Any]:
        first, *others = (_reading(one, uuid if one.by_uuid else row) for one in sheets)
        return first.union(*others, all=True)

    return Prepared(build)


def _reading(sheet: Sheet, key: Given) -> QuerySet[Any]:
    cells = [
        Cast(F(one.attname), TextField()) if isinstance(one, JSONField) else F(one.attname) for one in sheet.fields
    ]
    return sheet.of(key).values_list(Value(sheet.name, output_field=CharField()), "pk", Cells(*cells))


@cache
def _columns(kind: str, name: str) -> tuple[Column, ...]:
    (sheet,) = (one for one in SHEETS[kind] if one.name == name)
    return tuple(Column(one.name, _reader(one), plain(one, one.get_default())) for one in sheet.fields)


def _said(columns: tuple[Column, ...], cells: list[Any]) -> Said:
    read = ((one, one.read(cell) if cell is not None else None) for one, cell in zip(columns, cells, strict=True))
    return {one.name: value for one, value in read if value != one.default}


def _own(sheet: Sheet, subject: Subject) -> Said:
    values = ((one, plain(one, getattr(subject, one.attname))) for one in sheet.fields)
    return {one.name: value for one, value in values if value != plain(one, one.get_default())}


def _reader(field: Field[Any, Any]) -> Callable[[Any], Any]:
    """Return how the cell of a column is read; what every database tells alike is taken as it is."""
    target = getattr(field, "target_field", field)
    readers: tuple[tuple[type[Field[Any, Any]], Callable[[Any], Any]], ...] = (
        (BooleanField, bool),
        (UUIDField, lambda cell: str(UUID(cell))),
        (DateTimeField, lambda cell: _moment(datetime.fromisoformat(cell))),
        (JSONField, json.loads),
    )
    return next((read for kind, read in readers if isinstance(target, kind)), lambda cell: cell)


def plain(field: Field[Any, Any], value: Any) -> Any:
    """Return what a row in memory says in a column, as its cell reads when it comes back from the database."""
    if value is None:
        return None
    if isinstance(field, JSONField):
        return json.loads(json.dumps(value, cls=field.encoder))
    value = field.get_prep_value(value)
    if isinstance(value, datetime):
        return _moment(value)
    return str(value) if isinstance(value, UUID) else value.isoformat() if isinstance(value, date) else value


def _moment(value: datetime) -> str:
    """Return a moment in UTC; SQLite keeps it without a zone."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
