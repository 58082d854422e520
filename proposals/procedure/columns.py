"""Which columns of a row a step changed: only they are written."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from proposals.prepared_writes import update


@dataclass(frozen=True, slots=True)
class Columns:
    """What a row's columns said when it was read, by the fields' names, safe from changes inside lists and mappings."""

    read: Mapping[str, Any]

    @classmethod
    def of(cls, row: Model) -> Columns:
        """Take down what the row says now."""
        values = ((field.name, getattr(row, field.attname)) for field in row._meta.concrete_fields)
        return cls({name: deepcopy(value) if isinstance(value, list | dict) else value for name, value in values})

    def save_changed(self, row: Model) -> None:
        """Write the columns that say something else by now; where none does, nothing is sent."""
        fields = row._meta.concrete_fields
        update(row, [one.name for one in fields if getattr(row, one.attname) != self.read[one.name]])
