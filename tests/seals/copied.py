"""The only place that takes the sealed rows of a world to another database, to read there what they say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from proposals.models import Subject, Territory
from tests.databases import Database
from workflows.seals.digests import sealing
from workflows.seals.sheets import SHEETS

# The sealed tables, and the one that leads from a rulebook to its rows; each once, in an order in which they may come.
TABLES = tuple(dict.fromkeys((Territory, *(sheet.model for sheets in SHEETS.values() for sheet in sheets))))
Digests = dict[str, dict[str, str]]


def told_by(subjects: Iterable[Subject], database: Database) -> list[Digests]:
    """Return the digests of subjects as another database tells them from the same rows under the same keys.

    Nothing stays there; what the rows point to beside them is not taken along, for it is not sealed.
    """
    with transaction.atomic(using=database.alias):
        for table in TABLES:
            _copy(table, database.alias)
        there = [type(one)._default_manager.using(database.alias).get(pk=one.pk) for one in subjects]
        told = [sealing(one) for one in there]
        transaction.set_rollback(True, using=database.alias)
    return told


def _copy(table: Any, alias: str) -> None:
    for row in table._base_manager.using("default"):
        row.save_base(raw=True, using=alias, force_insert=True)
