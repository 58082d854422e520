"""What a step knows when it is taken: who, when, on whose behalf, with which facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who acts, with name and post as they stand at that moment."""

    id: int
    uuid: UUID
    name: str
    post: str

    @classmethod
    def of(cls, person: Any) -> Actor:
        """Freeze a person under today's name and post."""
        return cls(id=person.pk, uuid=person.uuid, name=person.name, post=person.post)


@dataclass(frozen=True, slots=True)
class Act:
    """One step being taken; `facts` holds only strings, integers, booleans, lists and mappings of them.

    `acting_for` names whose lent duty the actor does. `sealed` reaches the step and nothing else: no entry, no digest
    and no log ever holds it (a secret ballot's value). `reading` is what its judging read of the subject, for
    guards, facts and body alone: it is made anew for every judging and shows nothing that was written since.
    """

    step: str
    actor: Actor
    at: datetime
    happened_on: date
    on_behalf_of: str = ""
    acting_for: str = ""
    confirmed_by: str = ""
    evidence: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict, repr=False)
    reading: Any = field(default=None, repr=False, compare=False)

    @property
    def signed(self) -> str:
        """The actor's name as a paper bears it; who does a lent duty signs for its holder."""
        return signed(self.actor.name, self.acting_for)


def signed(name: str, acting_for: str = "") -> str:
    """Return a name as it is signed: 张三, or 张三（代李四）."""
    return f"{name}（代{acting_for}）" if acting_for else name


def uuid_in(value: object) -> UUID:
    """Read the uuid that a fact holds; the nil uuid, which no row bears, where it holds none."""
    try:
        return UUID(str(value))
    except ValueError:
        return UUID(int=0)
