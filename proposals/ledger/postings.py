"""The only writer of the quota ledger: a posting and its movements, and what the database says when it refuses them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils import timezone

from proposals.ledger.accounts import Accounts
from proposals.ledger.models import Account, Movement, Posting
from proposals.ledger.places import Move, Shortfall

if TYPE_CHECKING:
    from proposals.procedure.entries import Entry

# What the triggers say, in the office's words.
REFUSALS: Mapping[str, str] = {
    "LEDGER_SHORT": "可用数额不足：空编（余量）在该日期已被使用、占用，或尚未生效。请核对台账后重新办理。",
    "LEDGER_TOTAL": "总量只能由上级下达增加，请改为从区级余量安排。",
    "LEDGER_UNIT": "编制（职数）类型不一致，不同类型不得混用。",
    "LEDGER_TERRITORY": "不同地区的台账之间不能直接划转，请按上划、下放办理。",
    "LEDGER_CLOSED": "生效日期所在的台账已经封存，不再登记变动。请改为封存日之后的日期，重新办理。",
    "LEDGER_DAY": "生效日期不一致，请重新办理。",
    "account_never_overdrawn": "可用数额不足，请核对台账后重新办理。",
}


class LedgerRefused(Exception):
    """The ledger cannot carry the act out; `shortfalls` say why, each in Chinese."""

    def __init__(self, *messages: str, shortfalls: Sequence[Shortfall] = ()) -> None:
        self.shortfalls = tuple(shortfalls)
        super().__init__(" ".join([*messages, *(shortfall.message for shortfall in shortfalls)]))


def write(
    *,
    accounts: Accounts,
    moves: Sequence[Move],
    kind: str,
    entry: Entry,
    effective_on: date,
    territory_id: int,
    paper: str = "",
    reverses: Posting | None = None,
) -> Posting | None:
    """Append a posting with its movements, opening accounts that do not exist yet; no moves, no posting.

    At most three statements: missing accounts, the posting, its movements (the triggers do the rest).
    """
    if not moves:
        return None
    _open_accounts(accounts, moves, territory_id)
    posting = Posting.objects.create(
        territory_id=territory_id, kind=kind, subject=entry.subject_id, entry_hash=entry.hash, paper=paper,
        effective_on=effective_on, recorded_at=entry.at, reverses=reverses,
    )  # fmt: skip
    movements = [
        Movement(
            posting=posting, unit=move.source.unit, source_id=accounts.ids[move.source],
            target_id=accounts.ids[move.target],
            n=move.n, line=move.line, effective_on=effective_on, recorded_at=entry.at,
            recorded_on=timezone.localdate(entry.at),
        )
        for move in moves
    ]  # fmt: skip
    try:
        Movement.objects.bulk_create(movements)
    except IntegrityError as error:
        raise LedgerRefused(_reason(error)) from error
    return posting


def _reason(error: IntegrityError) -> str:
    """Say in Chinese what the database refused; an unknown refusal is raised as it came."""
    for code, message in REFUSALS.items():
        if code in str(error):
            return message
    raise error


def _open_accounts(accounts: Accounts, moves: Iterable[Move], territory_id: int) -> None:
    places = {place for move in moves for place in (move.source, move.target)}
    new = sorted((place for place in places if place not in accounts.ids), key=str)
    if not new:
        return
    # Another act may open the same account at the same moment: then its row is taken, not doubled.
    opened = Account.objects.bulk_create(
        [
            Account(
                key=place.key(territory_id), territory_id=territory_id, holder=place.holder, unit=place.unit,
                body_id=accounts.body_ids[place.body] if place.body else None, compartment=place.compartment,
                case=place.case,
            )
            for place in new
        ],
        update_conflicts=True, unique_fields=["key"], update_fields=["unit"],
    )  # fmt: skip
    for place, account in zip(new, opened, strict=True):
        accounts.ids[place] = account.pk
