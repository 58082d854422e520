"""THE VALUE IN FORCE, its one home: what of a line is granted, else decided, else requested, and what came instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from proposals.case.lines import ChangeLine


class Share(NamedTuple):
    """So many of one type; the type is empty for a line that counts matters, items or people."""

    unit: str
    n: int


class Values(NamedTuple):
    """What a decision says line by line (by the line's uuid): numbers, and what it gives of another type instead."""

    numbers: Mapping[str, int]
    instead: Mapping[str, Share]
    wording: str = ""


AS_LAID = Values({}, {})


def said(facts: Mapping[str, Any]) -> Values | None:
    """Read what the facts of a deciding step say of the lines; nothing where they leave everything as it was laid.

    The city's own words explain whatever differs from what was laid before it.
    """
    instead = {line: Share(one["unit"], one["n"]) for line, one in (facts.get("instead") or {}).items()}
    numbers = facts.get("values") or facts.get("granted") or {}
    return Values(numbers, instead, facts.get("wording") or "") if numbers or instead else None


def number(line: ChangeLine, values: Values | None = None) -> int:
    """Return the number of the type that the line names: what is tried, else what is in force."""
    return line.amount if values is None else values.numbers.get(str(line.uuid), line.amount)


def instead(line: ChangeLine, values: Values | None = None) -> Share | None:
    """Return what the city gave of another type, in place of or beside what was asked for."""
    if values is not None:
        return values.instead.get(str(line.uuid))
    return Share(line.granted_unit, line.granted_instead) if line.granted_instead else None


def of(line: ChangeLine, values: Values | None = None) -> tuple[Share, ...]:
    """Return everything a line gives, type by type, as it is in force or is tried; nothing where it gives nothing.

    Titles, totals and sentences are made from this and from nothing else.
    """
    other = instead(line, values)
    shares = (Share(line.unit, number(line, values)), *((other,) if other else ()))
    return tuple(share for share in shares if share.n)
