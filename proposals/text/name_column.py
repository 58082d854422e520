"""The column that keeps what all ways of writing a name have in common, so that the database can find namesakes."""

from __future__ import annotations

from typing import Any

from django.db import models

from proposals.text import alike

LONGEST = 300


class NameKeyField(models.CharField):
    """The key of the row's name (proposals.text.alike), written with the row whoever writes it; `of` is its column."""

    def __init__(self, *args: Any, of: str = "name", **kwargs: Any) -> None:
        self.of = of
        kwargs = {"max_length": LONGEST, "editable": False, "default": "", "db_index": True, **kwargs}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Let migrations know the column, unless it is called name."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs if self.of == "name" else {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Take the key from the name as it is saved."""
        key = alike.key(getattr(model_instance, self.of))[:LONGEST]
        setattr(model_instance, self.attname, key)
        return key
