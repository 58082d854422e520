"""How people come into posts and leave them between cases: counts only, each with its paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from proposals.ledger.accounts import Accounts
from proposals.ledger.models import Account, Permit, Posting
from proposals.ledger.places import COMMITTED, HELD, OCCUPIED, PLEDGED, Move, Place, at_body
from proposals.ledger.postings import LedgerRefused, write
from proposals.procedure.locks import locked_rows

if TYPE_CHECKING:
    from proposals.organisation.bodies import Body
    from proposals.procedure.entries import Entry

Kind = Posting.Kind


def enrol(
    *, territory_id: int, body: Body, unit: str, n: int, entry: Entry, permit: Permit | None = None, paper: str = ""
) -> Posting | None:
    """Fill posts (入编): from a permit's approved posts, or for leader posts from the vacant ones."""
    source = at_body(body.uuid, unit, COMMITTED, permit.account.case) if permit else at_body(body.uuid, unit)
    move = Move(None, source, at_body(body.uuid, unit, OCCUPIED), n)
    return act_of_register(
        territory_id=territory_id, body=body, moves=[move], kind=Kind.ENROL, entry=entry, on=entry.happened_on,
        paper=paper,
    )  # fmt: skip


def leave(*, territory_id: int, body: Body, unit: str, n: int, entry: Entry, paper: str = "") -> Posting | None:
    """Take people off (减员): occupied → vacant; who was pledged to a case leaves a post that the case still holds."""
    pledged = Account.objects.filter(body=body, unit=unit, compartment=PLEDGED, balance__gt=0).order_by("id")
    free = Account.objects.filter(key=at_body(body.uuid, unit, OCCUPIED).key(territory_id)).first()
    rest = n - min(n, free.balance if free else 0)
    moves = [Move(None, at_body(body.uuid, unit, OCCUPIED), at_body(body.uuid, unit), n - rest)] if n > rest else []
    for account in pledged:
        part = min(rest, account.balance)
        if part:
            pledge = at_body(body.uuid, unit, PLEDGED, account.case)
            moves.append(Move(None, pledge, pledge._replace(compartment=HELD), part))
            rest -= part
    if rest:
        raise LedgerRefused(f"实有人数不足，减员登记多出{rest}人，请核对。")
    return act_of_register(
        territory_id=territory_id, body=body, moves=moves, kind=Kind.LEAVE, entry=entry, on=entry.happened_on,
        paper=paper,
    )  # fmt: skip


def act_of_register(
    *, territory_id: int, body: Body, moves: Sequence[Move], kind: str, entry: Entry, on: date, paper: str
) -> Posting | None:
    """Post moves between the accounts of one body, which are locked in their order."""
    accounts = Accounts(body_ids={body.uuid: body.pk})
    keys: Mapping[str, Place] = {
        place.key(territory_id): place for move in moves for place in (move.source, move.target)
    }
    rows = locked_rows(Account.objects.filter(key__in=keys).order_by("id"))
    accounts.ids = {keys[account.key]: account.pk for account in rows}
    return write(
        accounts=accounts, moves=moves, kind=kind, territory_id=territory_id, entry=entry, effective_on=on, paper=paper
    )
