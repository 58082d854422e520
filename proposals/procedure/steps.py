"""A step in one piece: its row of the table, what it is told, what it writes down, and what may be asked of these."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType
from typing import Any, get_type_hints

from proposals.procedure import facts, traits
from proposals.procedure.act import Act
from proposals.procedure.asks import Ask
from proposals.procedure.reasons import Reason
from proposals.procedure.table import Row, StateField, available, lets, moving
from proposals.procedure.traits import Trait

Body = Callable[..., None]
# What must hold before a step: it is asked of subject and act, and yields every reason against it. In a preview it says
# what it can before it reads a fact that nobody has typed in yet.
Precondition = Callable[[Any, Act], Iterable[Reason]]
Preconditions = Mapping[str, tuple[Precondition, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """A row, its body and what must hold before: free functions of subject and act.

    The body also gets what the step is told, where it is told anything. It never refuses; all was judged before.
    """

    row: Row
    body: Body
    told: type | None = None
    preconditions: tuple[Precondition, ...] = ()
    traits: frozenset[Trait] = frozenset()

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What the form of the step asks."""
        return facts.asks_of(self.told)

    @property
    def added(self) -> tuple[tuple[str, str], ...]:
        """What the system adds so that the record can be read, as (fact, label)."""
        return facts.told_of(self.told)

    def is_open(self, state: str) -> bool:
        """Return whether the step may be taken in a state, as django-fsm says."""
        return lets(self.body, state) if hasattr(self.body, "_django_fsm") else state in self.row.sources

    @property
    def retired(self) -> bool:
        """Whether the step is kept for what was recorded with it and is not taken any more."""
        return not self.row.sources

    def take(self, subject: Any, act: Act) -> None:
        """Move the subject's state as the row says and write down what the step is about."""
        if self.told is None:
            self.body(subject, act)
        else:
            self.body(subject, act, facts.read(self.told, act.facts))


def collect(
    table: tuple[Row, ...],
    *homes: ModuleType,
    field: StateField | None = None,
    before: Preconditions = MappingProxyType({}),
) -> Mapping[str, Step]:
    """Bring each row of a table together with the function of its name in one of the modules.

    What a step is told is the class of its body's third parameter. `field` is the state that the rows move; a subject
    without a state has none; `before` holds the preconditions of each step. Raises LookupError for a row without a
    function or with two, and for preconditions of a step that the table does not have.
    """
    if strangers := set(before) - {row.step for row in table}:
        raise LookupError(f"preconditions without a step: {sorted(strangers)}")
    steps = {}
    for row in table:
        bodies = [vars(home)[row.step] for home in homes if row.step in vars(home)]
        if len(bodies) != 1:
            raise LookupError(f"{row.step} has {len(bodies)} bodies")
        (body,) = bodies
        third = list(inspect.signature(body).parameters)[2:]
        told = get_type_hints(body)[third[0]] if third else None
        bound = moving(row, body, field) if field else body
        steps[row.step] = Step(row, bound, told, before.get(row.step, ()), traits.of(body))
    return MappingProxyType(steps)


def following(steps: Mapping[str, Step], subject: Any) -> tuple[Row, ...]:
    """Return the rows of the steps that may be taken next on a subject, as django-fsm says, in the table's order."""
    names = available(subject)
    return tuple(step.row for name, step in steps.items() if name in names)


def having(steps: Mapping[str, Step], *wanted: Trait) -> tuple[str, ...]:
    """Return the names of the steps that have one of the traits, in the order of the table."""
    return tuple(name for name, step in steps.items() if step.traits & set(wanted))
