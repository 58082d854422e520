"""How a posting is corrected: by its mirror image, never by changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proposals.ledger.accounts import Accounts
from proposals.ledger.models import Posting
from proposals.ledger.places import FREE, Move
from proposals.ledger.postings import write

if TYPE_CHECKING:
    from proposals.procedure.entries import Entry

Kind = Posting.Kind


def reverse(*, posting: Posting, entry: Entry, paper: str) -> Posting | None:
    """Correct a posting by its mirror image (更正); it is refused when the posts have been used meanwhile.

    What a founding paper took out of a reservation goes back to who gave it, free: its case has come to its end.
    """
    moves, accounts = [], Accounts()
    for movement in posting.movements.select_related("source__body", "target__body").order_by("-id"):
        taken, back = (accounts.note(account) for account in (movement.target, movement.source))
        if posting.kind == Kind.POST and back.compartment in FREE:
            back = back._replace(compartment=FREE[back.compartment], case=None)
        if taken != back:
            moves.append(Move(movement.line, taken, back, movement.n))
    return write(
        accounts=accounts, moves=moves, kind=Kind.REVERSAL, territory_id=posting.territory_id, entry=entry, paper=paper,
        effective_on=max(posting.effective_on, entry.happened_on), reverses=posting,
    )  # fmt: skip
