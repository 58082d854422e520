"""The acts of a case on the quota ledger: reserve, post, release, permit.

Moments: acceptance = intended (computed, nothing is written), decision = held, founding paper = posted.
The triggers keep balances and refuse what would stand below zero; every posting names the entry and paper behind it.
A decision of a day that is closed meanwhile counts from the first open day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from proposals.effect import permits
from proposals.ledger import periods
from proposals.ledger.models import Account, Permit, Posting
from proposals.ledger.places import FREE, HELD, KEPT, PLEDGED, Move
from proposals.ledger.postings import LedgerRefused, write
from proposals.plan import trial
from proposals.plan.loading import load
from proposals.plan.sheet import Sheet, drawdowns
from proposals.prepared import Prepared
from proposals.procedure.locks import locked_rows
from proposals.read_together import read_together

if TYPE_CHECKING:
    from proposals.case.lines import ChangeLine
    from proposals.case.models import Proposal
    from proposals.procedure.entries import Entry

Kind = Posting.Kind


def hold(*, case: Proposal, entry: Entry) -> Posting | None:
    """Reserve for the case what its lines take (占用); a second decision adjusts what is already reserved.

    Raises LedgerRefused when something is not there to be reserved: two cases never hold the same vacancy or cap.
    """
    lines = trial.lines_of(case)
    on = _day(case, entry)
    sheet = load(territory_id=case.territory_id, lines=lines, as_of=on, case=case.uuid, locked=True)
    moves = reservation(sheet=sheet, lines=lines)
    return write(
        accounts=sheet, moves=moves, kind=Kind.HOLD, territory_id=case.territory_id, entry=entry, effective_on=on
    )


def reservation(*, sheet: Sheet, lines: Sequence[ChangeLine]) -> list[Move]:
    """Return the moves that make the case's reservation what its lines need; raise LedgerRefused."""
    sheet.decided = False
    before = dict(sheet.posts)
    trial.try_out(sheet=sheet, lines=lines)
    if sheet.shortfalls:
        raise LedgerRefused(shortfalls=sheet.shortfalls)
    moves = []
    wanted = drawdowns(
        before=before, moves=[move._replace(source=sheet.unreserved(move.source)) for move in sheet.moves]
    )
    for free in sorted({place for place in before if place.compartment in KEPT} | set(wanted), key=str):
        kept = free._replace(compartment=KEPT[free.compartment], case=sheet.case)
        change = wanted.get(free, 0) - before.get(kept, 0)
        if change:
            source, target = (free, kept) if change > 0 else (kept, free)
            moves.append(Move(None, source, target, abs(change)))
    return moves


def release(*, case: Proposal, entry: Entry) -> Posting | None:
    """Give back everything the case has reserved (释放占用); nothing reserved, nothing written."""
    rows = Account.objects.filter(case=case.uuid, compartment__in=(HELD, PLEDGED)).select_related("body").order_by("id")
    sheet = Sheet(posts={}, facts={}, case=case.uuid)
    for account in locked_rows(rows):
        sheet.posts[sheet.note(account)] = account.balance
    moves = leftovers(sheet)
    if not moves:
        return None
    on = _day(case, entry)
    return write(
        accounts=sheet, moves=moves, kind=Kind.RELEASE, territory_id=case.territory_id, entry=entry, effective_on=on
    )


def leftovers(sheet: Sheet) -> list[Move]:
    """Return the moves that free what the case still holds on the sheet."""
    return [
        Move(None, place, place._replace(compartment=FREE[place.compartment], case=None), n)
        for place, n in sorted(sheet.posts.items(), key=str)
        if place.case == sheet.case and place.compartment in FREE and n > 0
    ]


_HELD_ON: Prepared[date] = Prepared(
    lambda subject: Posting.objects.filter(subject=subject, kind=Kind.HOLD).values_list("effective_on", flat=True)
)


def _day(case: Proposal, entry: Entry) -> date:
    """Return from which day a reservation counts: the first open one, and never before what is reserved already."""
    closed, held = read_together(periods.LAST_CLOSED.ask(territory=case.territory_id), _HELD_ON.ask(subject=case.uuid))
    return max([periods.first_open(day=entry.happened_on, closed=closed), *held])


def post(*, sheet: Sheet, case: Proposal, entry: Entry, paper: str, effective_on: date) -> Posting | None:
    """Post what the lines on the sheet moved, and release what was reserved but not granted (入账).

    The sheet was loaded with locks and tried out by the caller (apply), who also wrote the register. A founding paper
    is posted once: the database refuses a second. Raises LedgerRefused.
    """
    if sheet.shortfalls:
        raise LedgerRefused(shortfalls=sheet.shortfalls)
    if any(held_on > effective_on for held_on in _HELD_ON(subject=case.uuid)):
        raise LedgerRefused("生效日期不得早于作出决定的日期，请改正生效日期。")
    moves = [*sheet.moves, *leftovers(sheet)]
    return write(
        accounts=sheet,
        moves=moves,
        kind=Kind.POST,
        territory_id=case.territory_id,
        entry=entry,
        effective_on=effective_on,
        paper=paper,
    )


def approve_use(*, case: Proposal, entry: Entry, expires_on: date, number: str = "") -> list[Permit]:
    """Turn the reserved posts into a permit to fill them until a day (用编核准): held → approved, not yet filled."""
    lines, on = trial.lines_of(case), periods.open_day(territory_id=case.territory_id, day=entry.happened_on)
    sheet = load(territory_id=case.territory_id, lines=lines, as_of=on, case=case.uuid, locked=True)
    trial.try_out(sheet=sheet, lines=lines)
    post(sheet=sheet, case=case, entry=entry, paper=number, effective_on=on)
    return permits.give(
        sheet=sheet, case=case, entry=entry, number=number, issued_on=entry.happened_on, expires_on=expires_on
    )
