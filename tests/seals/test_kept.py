"""Every table is declared once, what is declared as appended is refused any change, what is derived has its audit."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connections
from django.db.models import Model

from proposals.ledger import triggers
from tests.databases import Database
from workflows.seals import kept
from workflows.seals.sheets import SHEETS

# What a planted row says where it must say something: these rows stand for no subject, only for their table.
PLANTED = {"DateField": "2026-03-02", "DateTimeField": "2026-03-02 09:00:00", "JSONField": "[]", "UUIDField": "0" * 32}


def tables() -> Iterator[type[Model]]:
    """Yield every table that a package of ours keeps, those that Django makes by itself too."""
    for name in kept.APPS:
        yield from apps.get_app_config(name).get_models(include_auto_created=True)


def test_every_table_is_declared_once() -> None:
    """What is append-only by triggers may be sealed by its subject besides."""
    twice = {model for model in kept.APPENDED if "sealed" in kept.ways(model)}
    assert {
        model.__name__: kept.ways(model) for model in tables() if len(kept.ways(model)) != 1 + (model in twice)
    } == {}


def test_a_table_that_nobody_declared_is_noticed() -> None:
    (session,) = apps.get_app_config("sessions").get_models()
    assert kept.ways(session) == {}


def test_what_is_derived_is_named_by_the_audit_that_holds_it() -> None:
    for model, where in kept.DERIVED.items():
        module, _, function = where.rpartition(".")
        assert callable(getattr(import_module(module), function)), (model, where)


def test_every_sealed_column_is_sealed_once_and_every_other_is_left_out_by_name() -> None:
    for kind, sheets in SHEETS.items():
        assert len({sheet.name for sheet in sheets}) == len(sheets), kind
        for model in {sheet.model for sheet in sheets}:
            own = [sheet for sheet in sheets if sheet.model is model]
            sealed = [field.name for sheet in own for field in sheet.fields]
            left_out = {name for sheet in own for name in sheet.without}
            columns = {field.name for field in model._meta.concrete_fields if not field.primary_key}
            assert len(sealed) == len(set(sealed)) and columns == set(sealed) | left_out, model


def test_the_triggers_guard_what_is_declared_as_appended() -> None:
    assert {model._meta.db_table for model in kept.APPENDED} == set(triggers.APPEND_ONLY)


def plant(connection: Any, model: type[Model]) -> None:
    """Put a row into a table of SQLite, past every condition, so that there is something to change."""
    fields = [field for field in model._meta.concrete_fields if not field.null and not field.primary_key]
    values = [PLANTED.get(field.get_internal_type(), 1) for field in fields]
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})", values)


def test_what_was_appended_is_neither_changed_nor_removed(database: Database) -> None:
    connection = connections[database.alias]
    if database.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        triggers.put_aside(connection)
        for model in kept.APPENDED:
            plant(connection, model)
        triggers.install(connection)
    tried = 0
    for model in kept.APPENDED:
        table, column = model._meta.db_table, model._meta.concrete_fields[-1].column
        for statement in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="APPEND_ONLY"), connection.cursor() as cursor:
                cursor.execute(statement)
            tried += 1
    assert tried == 2 * len(triggers.APPEND_ONLY)
