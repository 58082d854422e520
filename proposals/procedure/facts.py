"""What a step is told: a frozen dataclass a step, from which form, check, record and body all read.

A field is declared by the kind of its answer, e.g. `unit: str = line("征求意见单位")`. The canonical facts of an entry
are the same words as ever, so that chains stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date
from typing import Any, TypeVar, dataclass_transform

from proposals.procedure import asks
from proposals.procedure.asks import Ask

Told = TypeVar("Told")
Choices = tuple[tuple[str, str], ...]
# What a fact is that nobody gave.
NOTHING: Mapping[str, Any] = {asks.DAY: None, asks.COUNT: 0, asks.YES: False}
EMPTY: Mapping[str, Any] = {asks.MANY: list, asks.VALUES: dict, asks.INSTEAD: dict}


@dataclass_transform(frozen_default=True, kw_only_default=True)
def facts(kind: type[Told]) -> type[Told]:
    """Declare a class of facts."""
    return dataclass(frozen=True, slots=True, kw_only=True)(kind)


def asked(ask: Ask) -> Any:
    """Declare a fact that several steps ask alike."""
    if ask.kind in EMPTY:
        return field(default_factory=EMPTY[ask.kind], metadata={"ask": ask})
    return field(default=NOTHING.get(ask.kind, ""), metadata={"ask": ask})


def line(label: str, *, required: bool = True, help: str = "", instead: str = "") -> Any:
    """Declare a fact of one line, at most 300 characters."""
    return asked(Ask("", label, asks.LINE, required, help=help, instead=instead))


def text(label: str, *, required: bool = True, help: str = "") -> Any:
    """Declare a fact of any length, at most 20,000 characters."""
    return asked(Ask("", label, asks.TEXT, required, help=help))


def day(label: str, *, required: bool = True, help: str = "") -> Any:
    """Declare a day; in the chain it stands as an ISO string."""
    return asked(Ask("", label, asks.DAY, required, help=help))


def count(label: str, *, required: bool = True, help: str = "") -> Any:
    """Declare a number from 1 to 999,999."""
    return asked(Ask("", label, asks.COUNT, required, help=help))


def yes(label: str, *, required: bool = True, help: str = "") -> Any:
    """Declare a box that is ticked."""
    return asked(Ask("", label, asks.YES, required, help=help))


def choice(label: str, choices: Choices, *, required: bool = True, help: str = "") -> Any:
    """Declare one of (value, label) pairs."""
    return asked(Ask("", label, asks.CHOICE, required, choices, help))


def one_of(kind: str, label: str, *, required: bool = True, help: str = "", instead: str = "") -> Any:
    """Declare a choice among rows that the page offers: asks.PERSON, BODY, UPLOAD, PAPER; or asks.VALUES, INSTEAD."""
    return asked(Ask("", label, kind, required, help=help, instead=instead))


def told(label: str) -> Any:
    """Declare what the system adds so that the record can be read."""
    return field(default="", metadata={"told": label})


def declared(kind: type) -> tuple[Field[Any], ...]:
    """Return the facts of a class as they are asked: its own in their order, then those of its base."""
    own = vars(kind).get("__annotations__", {})
    return tuple(sorted(fields(kind), key=lambda one: one.name not in own))


def asks_of(kind: type | None) -> tuple[Ask, ...]:
    """Return what the form of a step asks, in the order of the declaration."""
    found = declared(kind) if kind else ()
    return tuple(one.metadata["ask"]._replace(name=one.name) for one in found if "ask" in one.metadata)


def told_of(kind: type | None) -> tuple[tuple[str, str], ...]:
    """Return (fact, label) of what the system adds."""
    return tuple((one.name, one.metadata["told"]) for one in (fields(kind) if kind else ()) if "told" in one.metadata)


def read(kind: type[Told], given: Mapping[str, Any]) -> Told:
    """Return the facts of an act as its step reads them; what nobody gave is nothing, days are days."""
    values = {}
    for one in fields(kind):  # type: ignore[arg-type]  # `facts` made it a dataclass
        value = given.get(one.name)
        if value not in (None, "", [], {}):
            is_day = one.metadata.get("ask") and one.metadata["ask"].kind == asks.DAY
            values[one.name] = date.fromisoformat(value) if is_day else value
    return kind(**values)
