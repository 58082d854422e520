"""A step in one piece: its row of the table, what it writes down, and what may be asked of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType
from typing import Any

from proposals.procedure.act import Act
from proposals.procedure.table import Row, StateField, lets, moving

Body = Callable[[Any, Act], None]


@dataclass(frozen=True, slots=True)
class Step:
    """A row and its body. The body is a free function of subject and act; it never refuses: all was judged before."""

    row: Row
    body: Body

    def is_open(self, state: str) -> bool:
        """Return whether the step may be taken in a state; django-fsm is asked, so that table and lock cannot differ."""
        return lets(self.body, state) if hasattr(self.body, "_django_fsm") else state in self.row.sources

    def take(self, subject: Any, act: Act) -> None:
        """Move the subject's state as the row says and write down what the step is about."""
        self.body(subject, act)


def collect(table: tuple[Row, ...], *homes: ModuleType, field: StateField | None = None) -> Mapping[str, Step]:
    """Bring each row of a table together with the function of its name in one of the modules.

    `field` is the state that the rows move; a subject without a state has none. Raises LookupError for a row without
    a function or with two.
    """
    steps = {}
    for row in table:
        bodies = [vars(home)[row.step] for home in homes if row.step in vars(home)]
        if len(bodies) != 1:
            raise LookupError(f"{row.step} has {len(bodies)} bodies")
        steps[row.step] = Step(row, moving(row, bodies[0], field) if field else bodies[0])
    return MappingProxyType(steps)
