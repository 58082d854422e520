"""Which columns of a row a step changed: only they are written."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.db.models import Model


def as_read(row: Model) -> Mapping[str, Any]:
    """Return the value of every column by its field's name, safe from changes inside lists and mappings."""
    values = ((field.name, getattr(row, field.attname)) for field in row._meta.concrete_fields)
    return {name: deepcopy(value) if isinstance(value, list | dict) else value for name, value in values}


def save_changed(row: Model, read: Mapping[str, Any]) -> None:
    """Write the columns that no longer say what was read; where all of them do, nothing is sent."""
    changed = [field.name for field in row._meta.concrete_fields if getattr(row, field.attname) != read[field.name]]
    row.save(update_fields=changed)
