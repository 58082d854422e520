"""The kinds of values that a change line may say: how each is read, told, recognised and stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Generic, Self, TypeVar, overload
from uuid import UUID

from django.db.models.enums import TextChoices

T = TypeVar("T")
W = TypeVar("W", bound=TextChoices)
NOTHING: tuple[Any, ...] = (None, "", False, [], {})


@dataclass(frozen=True)
class Said:
    """What was stored of a line's particulars; the keys of a subclass read it."""

    stored: Mapping[str, Any]


class Key(Generic[T]):
    """One key: `label` names it beside its value, `asked` in the form; a `hidden` one is not told beside its line.

    Read from what a line says it is the typed value; read from the class it is the key itself.
    """

    key: str

    def __init__(self, label: str, *, asked: str = "", hidden: bool = False) -> None:
        self.label, self.asked, self.hidden = label, asked or label, hidden

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    @overload
    def __get__(self, said: None, owner: type) -> Self: ...
    @overload
    def __get__(self, said: Said, owner: type) -> T: ...
    def __get__(self, said: Said | None, owner: type) -> Self | T:
        return self if said is None else self.read(said.stored.get(self.key))

    def read(self, value: Any) -> T:
        """Return the typed value of what is stored; nothing where it is not of this kind."""
        raise NotImplementedError

    def fits(self, value: Any) -> bool:
        """Return whether a stored value that is filled is of this kind."""
        raise NotImplementedError

    def told(self, value: Any) -> str:
        """Return a stored value in the office's words."""
        return str(value)

    def store(self, value: Any) -> Any:
        """Return a typed value as JSON carries it."""
        return value

    def is_filled(self, value: Any) -> bool:
        """Return whether a value says anything."""
        return value not in NOTHING


class Text(Key[str]):
    """A text in the office's own words."""

    def read(self, value: Any) -> str:
        """Return the text, or an empty one."""
        return value if self.fits(value) else ""

    def fits(self, value: Any) -> bool:
        """Return whether it is a text."""
        return isinstance(value, str)


class Word(Key[W | None]):
    """A word of a closed vocabulary, stored as its value."""

    def __init__(self, label: str, words: type[W] | Sequence[type[W]], **more: Any) -> None:
        super().__init__(label, **more)
        kinds = (words,) if isinstance(words, type) else tuple(words)
        self.words: Mapping[str, W] = MappingProxyType({one.value: one for kind in kinds for one in kind})

    def read(self, value: Any) -> W | None:
        """Return the member of the vocabulary; an empty word says nothing."""
        return self.words.get(value) if value and isinstance(value, str) else None

    def fits(self, value: Any) -> bool:
        """Return whether the vocabulary has the word."""
        return isinstance(value, str) and value in self.words

    def told(self, value: Any) -> str:
        """Return the label of the word."""
        return str(self.words[value].label) if self.fits(value) else str(value)

    def store(self, value: Any) -> Any:
        """Return the word's value."""
        return value and str(value)


class Number(Key[int | None]):
    """A whole number that is not below zero; a nought is an answer, nothing is none."""

    def read(self, value: Any) -> int | None:
        """Return the number, or nothing."""
        return value if self.fits(value) else None

    def fits(self, value: Any) -> bool:
        """Return whether it is a whole number."""
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0

    def is_filled(self, value: Any) -> bool:
        """Return whether a number was given."""
        return value is not None


class Day(Key[date | None]):
    """A day, stored as ISO 8601 writes it."""

    def read(self, value: Any) -> date | None:
        """Return the day, or nothing."""
        return date.fromisoformat(value) if self.fits(value) else None

    def fits(self, value: Any) -> bool:
        """Return whether it is a day of the calendar."""
        try:
            return isinstance(value, str) and bool(date.fromisoformat(value))
        except ValueError:
            return False

    def store(self, value: Any) -> Any:
        """Return the day as it is stored."""
        return value.isoformat() if isinstance(value, date) else value


class Flag(Key[bool]):
    """Whether something is so."""

    def read(self, value: Any) -> bool:
        """Return whether it was said to be so."""
        return value is True

    def fits(self, value: Any) -> bool:
        """Return whether it is yes or no."""
        return isinstance(value, bool)

    def told(self, value: Any) -> str:
        """Return yes; what is not so is not told."""
        return "是"


class Items(Key[tuple[str, ...]]):
    """Several texts, one after another."""

    def read(self, value: Any) -> tuple[str, ...]:
        """Return the texts in their order."""
        return tuple(value) if self.fits(value) else ()

    def fits(self, value: Any) -> bool:
        """Return whether it is a list of texts."""
        return isinstance(value, list) and all(isinstance(one, str) for one in value)

    def told(self, value: Any) -> str:
        """Return the texts as one enumeration."""
        return "、".join(self.read(value))

    def store(self, value: Any) -> Any:
        """Return the texts as a list."""
        return list(value or ())


class Corrections(Key[Mapping[str, str]]):
    """New values of facts, each by the name of a fact that may be corrected."""

    def __init__(self, label: str, facts: Mapping[str, str], **more: Any) -> None:
        super().__init__(label, **more)
        self.facts = facts

    def read(self, value: Any) -> Mapping[str, str]:
        """Return fact → right value."""
        return value if self.fits(value) else {}

    def fits(self, value: Any) -> bool:
        """Return whether only facts that may be corrected are named, each with a text."""
        return isinstance(value, dict) and all(
            name in self.facts and isinstance(right, str) for name, right in value.items()
        )

    def told(self, value: Any) -> str:
        """Return what is corrected into what."""
        return "；".join(f"{self.facts[name]}：{right}" for name, right in self.read(value).items())


class Reference(Key[UUID | None]):
    """The uuid of a line of the same case, or of a row of a register."""

    def read(self, value: Any) -> UUID | None:
        """Return the uuid, or nothing."""
        return UUID(value) if self.fits(value) else None

    def fits(self, value: Any) -> bool:
        """Return whether it is a uuid."""
        try:
            return isinstance(value, str) and bool(UUID(value))
        except ValueError:
            return False

    def store(self, value: Any) -> Any:
        """Return the uuid as text."""
        return value and str(value)
