"""The only place that tampers: every way to touch the sealed rows of a subject, one column or row at a time."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import BooleanField, CharField, DateField, DateTimeField, Field, JSONField, TextField, UUIDField

from proposals.models import Subject
from proposals.procedure import chronicle
from tests import depth
from workflows.audit.reading import chains
from workflows.audit.sealed import sealed
from workflows.seals.reading import rows_of
from workflows.seals.sheets import SHEETS, Sheet

TEXT = (CharField, TextField)
# How many are tried of each sheet and way in the usual run.
SAMPLE = 6


@dataclass(frozen=True)
class Touch:
    """One tampering of a table, as a statement with its values; `sheet`, `way` and `column` say what it is."""

    sheet: Sheet
    way: str
    column: str
    statement: str
    values: tuple[Any, ...]

    def apply(self) -> None:
        """Do it, as somebody can who owns the database."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement, self.values)


def touches(subject: Subject) -> Iterator[Touch]:
    """Yield every change of a column, exchange between two rows, removal and addition that the sheets must tell."""
    rows = rows_of(subject)
    for sheet in SHEETS[subject.subject_kind]:
        keys = [key for key, _ in rows[sheet.name]]
        for key in keys:
            yield from (_changed(sheet, field, key) for field in sheet.fields)
        for one, other in pairwise(keys):
            yield from (
                _exchanged(sheet, field, one, other) for field in sheet.fields if _differ(sheet, field, one, other)
            )
        if not sheet.own:
            yield from (_removed(sheet, key) for key in keys)
            yield from (_added(sheet, key) for key in keys[:1] if not sheet.grows)


def _changed(sheet: Sheet, field: Field[Any, Any], key: int) -> Touch:
    table, column = sheet.model._meta.db_table, field.column
    statement = f'UPDATE {table} SET "{column}" = %s WHERE id = %s'
    return Touch(sheet, "change", field.name, statement, (_another(field, _value(sheet, field, key)), key))


def _exchanged(sheet: Sheet, field: Field[Any, Any], one: int, other: int) -> Touch:
    table, column = sheet.model._meta.db_table, field.column
    statement = f'UPDATE {table} SET "{column}" = CASE id WHEN %s THEN %s ELSE %s END WHERE id IN (%s, %s)'
    first, second = (_value(sheet, field, key) for key in (one, other))
    return Touch(sheet, "exchange", field.name, statement, (one, second, first, one, other))


def _removed(sheet: Sheet, key: int) -> Touch:
    return Touch(sheet, "remove", "", f"DELETE FROM {sheet.model._meta.db_table} WHERE id = %s", (key,))


def _added(sheet: Sheet, key: int) -> Touch:
    """Return the addition of a row like another, with what must be unique made so."""
    fields = [field for field in sheet.model._meta.concrete_fields if not field.primary_key]
    through = sheet.through.split("__")[0]
    loose = [field for field in fields if field.name != through]
    values = {field.name: _value(sheet, field, key) for field in fields}
    values |= {field.name: _another(field, values[field.name]) for field in loose}
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {sheet.model._meta.db_table} ({columns}) VALUES ({places})"
    return Touch(sheet, "add", "", statement, tuple(values[field.name] for field in fields))


def _differ(sheet: Sheet, field: Field[Any, Any], one: int, other: int) -> bool:
    """Return whether two rows differ in a column that may be exchanged: what is unique is refused in between."""
    return not field.unique and _value(sheet, field, one) != _value(sheet, field, other)


def _value(sheet: Sheet, field: Field[Any, Any], key: int) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{field.column}" FROM {sheet.model._meta.db_table} WHERE id = %s', [key])
        found = cursor.fetchone()[0]
    return str(found) if isinstance(found, date) else found


def _another(field: Field[Any, Any], value: Any) -> Any:
    """Return another value for a column, of its kind."""
    if isinstance(field, UUIDField):
        return uuid4().hex
    if isinstance(field, JSONField):
        return json.dumps({"was": json.loads(value) if value else None})
    if isinstance(field, DateTimeField):
        moment = datetime.fromisoformat(str(value)) if value else datetime(2026, 3, 2)
        return str(moment + timedelta(microseconds=1))
    if isinstance(field, DateField):
        return str((datetime.fromisoformat(str(value)) if value else datetime(2026, 3, 2)).date() + timedelta(days=1))
    if isinstance(field, BooleanField):
        return not value
    return f"{value or ''}改" if isinstance(field, TEXT) else (value or 0) + 1


def chosen(found: list[Touch]) -> list[Touch]:
    """Return a few of each sheet, way and column, the same in every run; in a deep run all of them."""
    if depth.DEEP:
        return found
    taken: Counter[tuple[str, str]] = Counter()
    picked = []
    for one in random.Random(depth.SEED).sample(found, len(found)):
        if taken[one.sheet.name, one.way] < SAMPLE:
            taken[one.sheet.name, one.way] += 1
            picked.append(one)
    return picked


def named(subject: Subject, touch: Touch) -> bool | None:
    """Return whether the audit names the table after a tampering, which is undone; None where the database refused."""
    bodies = chronicle.replay(chronicle.chain(subject.uuid), initial=chains.FIRST.get(subject.subject_kind, "")).bodies
    try:
        with transaction.atomic():
            touch.apply()
            fresh = type(subject)._default_manager.select_related("territory").filter(pk=subject.pk).first()
            # One that names a territory which is not there is refused when the transaction ends.
            said = list(sealed(fresh, bodies)) if fresh else [f"{touch.sheet.label}的内容"]
            transaction.set_rollback(True)
    except IntegrityError:
        return None
    return any(one.startswith(f"{touch.sheet.label}的内容") for one in said)


def hold(subject: Subject) -> list[str]:
    """Tamper with a subject in the chosen ways, print what was covered, and return the sheets without a row.

    Fails where the audit does not name the table.
    """
    found = list(touches(subject))
    told = [(one, named(subject, one)) for one in chosen(found)]
    missed = [(one.sheet.name, one.way, one.column) for one, was in told if was is False]
    kinds = Counter(one.way for one, was in told if was)
    empty = sorted(name for name, rows in rows_of(subject).items() if not rows)
    print(f"{subject.subject_kind}: {dict(kinds)} found, of {len(found)} there are; without a row: {empty}")
    assert not missed, missed
    assert {"change", "exchange", "remove", "add"} <= set(kinds)
    return empty
