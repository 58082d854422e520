"""How numbers come into the ledger from outside: the opening balance of a territory, and what the city grants later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from proposals.ledger.accounts import Accounts
from proposals.ledger.models import Account, Holder, Posting
from proposals.ledger.places import COMMITTED, OCCUPIED, Move, Place, at_body, outside
from proposals.ledger.postings import LedgerRefused, write
from proposals.procedure.locks import locked_rows
from proposals.vocabulary import BodyCategory

if TYPE_CHECKING:
    from proposals.organisation.bodies import Body
    from proposals.procedure.entries import Entry


NO_TALENT_POOL: Mapping[str, int] = MappingProxyType({})


class OpeningRow(NamedTuple):
    """What a body begins with in one unit: approved, actual and approved-but-unfilled numbers."""

    body: Body
    unit: str
    approved: int
    actual: int
    committed: int = 0
    lent: int = 0

    @property
    def excess(self) -> int:
        """How many more there are than approved; it may only be imported with a problem item."""
        return max(0, self.actual + self.committed - self.approved)


def open_balance(
    *, territory_id: int, totals: dict[str, int], rows: Iterable[OpeningRow], entry: Entry, paper: str, on: date,
    talent: Mapping[str, int] = NO_TALENT_POOL,
) -> Posting | None:  # fmt: skip
    """Open the ledger: the city gives the totals to the district, the district gives the bodies what they begin with.

    `talent` is set aside for the pool of talent, which lends the bodies what their rows call lent.

    A unit named in `totals` is capped from then on; one that is not named comes from outside without a total. Raises
    LedgerRefused when the bodies begin with more than the total.
    """
    rows = list(rows)
    accounts = Accounts(body_ids={row.body.uuid: row.body.pk for row in rows})
    given = [unit for unit, total in totals.items() if total]
    moves = [Move(None, outside(Holder.CITY, unit), outside(Holder.POOL, unit), totals[unit]) for unit in given]
    moves += [
        Move(None, outside(Holder.POOL, unit), outside(Holder.TALENT, unit), n) for unit, n in talent.items() if n
    ]
    left = {unit: total - talent.get(unit, 0) for unit, total in totals.items()}
    for row in rows:
        holder = Holder.POOL if row.unit in totals else Holder.CITY
        left[row.unit] = left.get(row.unit, 0) - row.approved + row.lent
        moves += _body_moves(row, outside(holder, row.unit))
    if short := [unit for unit in totals if left[unit] < 0]:
        raise LedgerRefused(f"{'、'.join(short)}：各单位核定数之和超出总量{-left[short[0]]}，请核对。")
    _find_accounts(accounts, moves, territory_id)
    return write(
        accounts=accounts, moves=moves, kind=Posting.Kind.OPENING, territory_id=territory_id, entry=entry,
        effective_on=on, paper=paper,
    )  # fmt: skip


def _body_moves(row: OpeningRow, source: Place) -> list[Move]:
    body, unit = row.body.uuid, row.unit
    if unit in BodyCategory:
        return [Move(None, source, at_body(body, unit, OCCUPIED), row.approved)]
    vacant = at_body(body, unit)
    steps = (
        Move(None, outside(Holder.TALENT, unit), vacant, row.lent),
        Move(None, source, vacant, row.approved - row.lent),
        Move(None, vacant, at_body(body, unit, OCCUPIED), row.actual),
        Move(None, vacant, at_body(body, unit, COMMITTED), row.committed),
    )
    return [move for move in steps if move.n]


def grant(*, territory_id: int, unit: str, n: int, entry: Entry, paper: str) -> Posting | None:
    """Enter what the city grants to the district as a whole; only such a paper raises a total."""
    move = Move(None, outside(Holder.CITY, unit), outside(Holder.POOL, unit), n)
    accounts = Accounts()
    _find_accounts(accounts, [move], territory_id)
    return write(
        accounts=accounts, moves=[move], kind=Posting.Kind.GRANT, territory_id=territory_id, entry=entry,
        effective_on=entry.happened_on, paper=paper,
    )  # fmt: skip


def _find_accounts(accounts: Accounts, moves: Iterable[Move], territory_id: int) -> None:
    places = {place.key(territory_id): place for move in moves for place in (move.source, move.target)}
    keys = list(places)
    for start in range(0, len(keys), 500):
        rows = Account.objects.filter(key__in=keys[start : start + 500]).order_by("id")
        accounts.ids |= {places[account.key]: account.pk for account in locked_rows(rows)}
