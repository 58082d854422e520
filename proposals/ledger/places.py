"""Where posts stand and move: accounts of the ledger, named without touching the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from proposals.ledger.models import Compartment, Holder

VACANT, COMMITTED, OCCUPIED = Compartment.VACANT, Compartment.COMMITTED, Compartment.OCCUPIED
HELD, PLEDGED = Compartment.HELD, Compartment.PLEDGED
# Where a case's own reservation of a compartment stands.
KEPT: Mapping[str, str] = {VACANT: HELD, OCCUPIED: PLEDGED}
FREE: Mapping[str, str] = {kept: free for free, kept in KEPT.items()}


class Place(NamedTuple):
    """Where posts stand: an account, named without touching the database."""

    holder: str
    body: UUID | None
    unit: str
    compartment: str
    case: UUID | None = None

    def key(self, territory_id: int) -> str:
        """Return the account's key."""
        owner = self.body.hex if self.body else str(territory_id)
        return ":".join((self.holder, owner, self.unit, self.compartment, self.case.hex if self.case else "-"))


class Move(NamedTuple):
    """`n` posts that a line moves."""

    line: UUID | None
    source: Place
    target: Place
    n: int


class Shortfall(NamedTuple):
    """A line needs more than there is; `code` is INCOMPLETE, SHORT, PEOPLE, BUSY, OPEN, ROW, CIRCLE, GONE."""

    line: UUID
    code: str
    place: Place
    needed: int
    available: int
    message: str


def at_body(body: UUID | None, unit: str, compartment: str = VACANT, case: UUID | None = None) -> Place:
    """Return the place of a body."""
    return Place(Holder.BODY, body, unit, compartment, case)


def outside(holder: str, unit: str, compartment: str = VACANT) -> Place:
    """Return the place of the district's pool or of the city."""
    return Place(holder, None, unit, compartment)
