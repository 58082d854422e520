"""Rows of a table of steps, the state they move, and the functions that move it; alone imports django-fsm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from django.db.models import Model
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


def moving(row: Row, body: Callable[..., None], field: StateField) -> Callable[..., None]:
    """Return a step's body as django-fsm runs it: it refuses a wrong source and sets the state afterwards.

    The state knows it from then on as one of its transitions.
    """
    moved = transition(field=field, source=list(row.sources), target=row.target)(body)
    field.transitions[field.model][row.step] = moved
    return cast(Callable[..., None], moved)


def available(subject: Model) -> frozenset[str]:
    """Return the names of the steps that django-fsm has open for a subject as it stands."""
    return frozenset(move.name for move in subject.get_available_state_transitions())  # type: ignore[attr-defined]


def lets(body: Callable[..., None], state: str) -> bool:
    """Return whether django-fsm lets a body run in a state."""
    return bool(body._django_fsm.has_transition(state))  # type: ignore[attr-defined]  # set by `transition`


def state_of(model: type[Model]) -> StateField:
    """Return the state of a model."""
    return cast(StateField, model._meta.get_field("state"))
