"""What is special about a step beside its row: a trait stands at its body, and whoever cares reads it from the step."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

Body = TypeVar("Body", bound=Callable[..., None])
MARK = "traits"


class Trait(StrEnum):
    """A trait of steps; a step has as many as it has."""

    QUIET = "QUIET"  # makes no page stale: what a member does for himself, reminders, what the system enters
    KEEPS_ROUND = "KEEPS_ROUND"  # keeps what the case said as a round of its own; the chain holds its digest
    HOLD = "HOLD"  # reserves in the ledger what was decided
    ADJUST = "ADJUST"  # a higher body changed the numbers: what is reserved follows, that nobody else is promised it
    POST = "POST"  # brings the plan into force in ledger and register
    PERMIT = "PERMIT"  # lets approved posts be used
    RELEASE = "RELEASE"  # gives back what was reserved
    GRAVE = "GRAVE"  # ends or turns back what was asked for; its button is never the leading one
    ASIDE = "ASIDE"  # moves nothing on the way of the case
    AT_ONCE = "AT_ONCE"  # a page takes it with one press, without a form


def having(*traits: Trait) -> Callable[[Body], Body]:
    """Give a step's body its traits."""

    def give(body: Body) -> Body:
        setattr(body, MARK, frozenset(traits))
        return body

    return give


def of(body: Any) -> frozenset[Trait]:
    """Return the traits of a body."""
    return getattr(body, MARK, frozenset())
