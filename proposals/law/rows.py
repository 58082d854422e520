"""The rows of a territory's law as values that nobody can change, kept in memory by the word of that law."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from proposals.law.models import AuthorityRule, Cap, Provision, Setting
from proposals.organisation import heads


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every dated row of the law says."""

    uuid: UUID
    since: date
    until: date | None
    citation: str
    verified: bool

    def stands(self, on: date) -> bool:
        """Return whether the row stands on a day (both ends inclusive)."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow(Row):
    """Who does what with a matter (AuthorityRule)."""

    kind: str
    op: str
    category: str
    unit: str
    min_rank: int
    max_rank: int
    raises_total: bool | None
    decider: str
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CapRow(Row):
    """A ceiling given from above (Cap)."""

    subject: str
    scope: str
    value: int
    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow(Row):
    """One adjustable value (Setting); lists in it are tuples, mappings cannot be written to."""

    topic: str
    key: str
    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Every row of a territory, of whatever day: who decides in the order of the rulebook, the others by their day."""

    authority: tuple[RuleRow, ...]
    caps: tuple[CapRow, ...]
    settings: tuple[SettingRow, ...]


One = TypeVar("One", bound=Row)


def standing(*, territory_id: int, word: str) -> Rows:
    """Return the rows that the word names; without a word they are read."""
    return heads.remembered(_kept, _read, scope=territory_id, word=word)


def forget() -> None:
    """Read the rows again next time, whatever their word."""
    _kept.cache_clear()


@lru_cache(maxsize=64)
def _kept(territory_id: int, word: str) -> Rows:
    return heads.steady(_read, scope=territory_id, word=word)


def _read(territory_id: int) -> Rows:
    return Rows(
        _frozen(AuthorityRule, RuleRow, territory_id, "id"),
        _frozen(Cap, CapRow, territory_id, "since", "id"),
        _frozen(Setting, SettingRow, territory_id, "since", "id"),
    )


def _frozen(table: type[Provision], row: type[One], territory_id: int, *order: str) -> tuple[One, ...]:
    names = [field.name for field in fields(row)]
    found = table.objects.filter(territory_id=territory_id).order_by(*order).values(*names)
    return tuple(row(**{name: unchangeable(value) for name, value in one.items()}) for one in found)


def unchangeable(value: Any) -> Any:
    """Return a value of JSON that nobody can write to."""
    if isinstance(value, dict):
        return MappingProxyType({key: unchangeable(one) for key, one in value.items()})
    if isinstance(value, list):
        return tuple(unchangeable(one) for one in value)
    return value
