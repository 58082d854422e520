"""A row that a form makes is made once, however often the form is sent: its identity comes from the key of the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

One = TypeVar("One", bound=Model)


class KeyReused(Exception):
    """The key of a form came again with something else; the row that it made is `made`."""

    def __init__(self, made: Model) -> None:
        super().__init__("本页已经办理过一次，这次填写的与上次不同，没有重复办理。需要另办的，请重新打开页面填写。")
        self.made = made


def once(rows: QuerySet[One], *, identity: UUID | None, says: Mapping[str, Any], make: Callable[[], One]) -> One:
    """Return the row of that identity, or make it; without an identity every call makes one.

    `says` is what the form said of the row: the same key with anything else raises KeyReused. Of two who make it at
    once, one makes it, and the other finds it.
    """
    made = rows.filter(uuid=identity).first() if identity else None
    if made is None:
        try:
            with transaction.atomic():
                return make()
        except IntegrityError:
            made = rows.filter(uuid=identity).first() if identity else None
            if made is None:
                raise
    if any(getattr(made, name) != value for name, value in says.items()):
        raise KeyReused(made)
    return made
