"""The only door to django-fsm: rows of a table of steps, the state they move, and the methods bound to them by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django_fsm import FSMField, transition


class Row(NamedTuple):
    """One line of a table of steps."""

    step: str
    label: str
    sources: tuple[str, ...]
    target: str | None
    duties: tuple[str, ...]


class StateField(FSMField):
    """A state that only steps can change; migrations see a plain CharField."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("protected", True)
        kwargs.setdefault("max_length", 20)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Present the field as a CharField, so that no migration imports django-fsm."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


def bind(table: tuple[Row, ...]) -> Callable[[Callable], Callable]:
    """Return the decorator that ties a plain method to the row of its name; an unknown name raises KeyError."""
    rows = {row.step: row for row in table}

    def step(method: Callable) -> Callable:
        row = rows[method.__name__]
        return transition(field="state", source=list(row.sources), target=row.target)(method)

    return step
