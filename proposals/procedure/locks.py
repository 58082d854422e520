"""How rows are locked inside a step: always in their order, and always before what is decided by them is read."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])


def locked_rows(rows: Rows) -> Rows:
    """Return the same rows, locked in their order where the database locks rows; SQLite locked at BEGIN IMMEDIATE."""
    if connection.features.has_select_for_no_key_update:
        return rows.select_for_update(of=("self",), no_key=True)
    return rows


def hold(*kinds: QuerySet[Any]) -> None:
    """Lock rows of several kinds, each kind by id, until the step ends; a preview, in no transaction, locks nothing.

    After a wait only a new statement sees what the other one did, so what is to be judged is read afterwards.
    """
    if connection.features.has_select_for_no_key_update and connection.in_atomic_block:
        for rows in kinds:
            list(locked_rows(rows.order_by("pk")).values_list("pk", flat=True))
