"""The only writer of the quota ledger: reserve, post, release, fill, leave, open, correct.

Moments (practice P20): acceptance = intended (computed, nothing is written), decision = held, founding paper = posted.
The triggers keep balances and refuse what would stand below zero; every posting names the entry and paper behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError

from proposals import plan
from proposals.loading import load, locked_rows
from proposals.models.quota import Account, Movement, Permit, Posting
from proposals.sheet import (
    COMMITTED,
    FREE,
    HELD,
    KEPT,
    PLEDGED,
    Move,
    Place,
    Sheet,
    Shortfall,
    drawdowns,
)

if TYPE_CHECKING:
    from proposals.models import ChangeLine, Entry, Proposal

Kind = Posting.Kind


# What the triggers say, in the office's words.
REFUSALS = {
    "LEDGER_SHORT": "可用数额不足:空编(余量)在该日期已被使用、占用,或尚未生效。请核对台账后重新办理。",
    "LEDGER_TOTAL": "总量只能由上级下达增加,请改为从区级周转池安排。",
    "LEDGER_UNIT": "编制(职数)类型不一致,不同类型不得混用。",
    "LEDGER_TERRITORY": "不同地区的台账之间不能直接划转,请按上划、下放办理。",
    "LEDGER_DAY": "生效日期不一致,请重新办理。",
    "account_never_overdrawn": "可用数额不足,请核对台账后重新办理。",
}


class LedgerRefused(Exception):
    """The ledger cannot carry the act out; `shortfalls` say why, each in Chinese."""

    def __init__(self, *messages: str, shortfalls: Sequence[Shortfall] = ()) -> None:
        self.shortfalls = tuple(shortfalls)
        super().__init__(" ".join([*messages, *(shortfall.message for shortfall in shortfalls)]))


def hold(*, case: Proposal, entry: Entry) -> Posting | None:
    """Reserve for the case what its lines take (占用); a second decision adjusts what is already reserved.

    Raises LedgerRefused when something is not there to be reserved: two cases never hold the same vacancy or cap.
    """
    lines = plan.lines_of(case)
    sheet = load(territory_id=case.territory_id, lines=lines, as_of=entry.happened_on, case=case.uuid, locked=True)
    moves = reservation(sheet=sheet, lines=lines)
    return write(
        sheet=sheet, moves=moves, kind=Kind.HOLD, territory_id=case.territory_id, entry=entry,
        effective_on=entry.happened_on,
    )  # fmt: skip


def reservation(*, sheet: Sheet, lines: Sequence[ChangeLine]) -> list[Move]:
    """Return the moves that make the case's reservation what its lines need; raise LedgerRefused."""
    sheet.decided = False
    before = dict(sheet.posts)
    plan.try_out(sheet=sheet, lines=lines)
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
        sheet.posts[_place(account, sheet)] = account.balance
    moves = leftovers(sheet)
    if not moves:
        return None
    on = max([entry.happened_on, *_held_on(case)])
    return write(
        sheet=sheet, moves=moves, kind=Kind.RELEASE, territory_id=case.territory_id, entry=entry, effective_on=on
    )


def leftovers(sheet: Sheet) -> list[Move]:
    """Return the moves that free what the case still holds on the sheet."""
    return [
        Move(None, place, place._replace(compartment=FREE[place.compartment], case=None), n)
        for place, n in sorted(sheet.posts.items(), key=str)
        if place.case == sheet.case and place.compartment in FREE and n > 0
    ]


def _held_on(case: Proposal) -> Iterable[date]:
    return Posting.objects.filter(subject=case.uuid, kind=Kind.HOLD).values_list("effective_on", flat=True)


def post(*, sheet: Sheet, case: Proposal, entry: Entry, paper: str, effective_on: date) -> Posting | None:
    """Post what the lines on the sheet moved, and release what was reserved but not granted (入账).

    The sheet was loaded with locks and tried out by the caller (apply), who also wrote the register. A founding paper
    is posted once: the database refuses a second. Raises LedgerRefused.
    """
    if sheet.shortfalls:
        raise LedgerRefused(shortfalls=sheet.shortfalls)
    if any(held_on > effective_on for held_on in _held_on(case)):
        raise LedgerRefused("生效日期不得早于作出决定的日期,请改正生效日期。")
    moves = [*sheet.moves, *leftovers(sheet)]
    return write(
        sheet=sheet,
        moves=moves,
        kind=Kind.POST,
        territory_id=case.territory_id,
        entry=entry,
        effective_on=effective_on,
        paper=paper,
    )


def approve_use(*, case: Proposal, entry: Entry, expires_on: date, number: str = "") -> list[Permit]:
    """Turn the reserved posts into a permit to fill them until a day (用编核准): held → approved, not yet filled."""
    lines = plan.lines_of(case)
    sheet = load(territory_id=case.territory_id, lines=lines, as_of=entry.happened_on, case=case.uuid, locked=True)
    plan.try_out(sheet=sheet, lines=lines)
    post(sheet=sheet, case=case, entry=entry, paper=number, effective_on=entry.happened_on)
    committed: dict[Place, int] = {}
    for move in sheet.moves:
        if move.target.compartment == COMMITTED:
            committed[move.target] = committed.get(move.target, 0) + move.n
    return Permit.objects.bulk_create(
        Permit(
            territory_id=case.territory_id, case=case.uuid, number=number, account_id=sheet.ids[place], n=n,
            issued_on=entry.happened_on, expires_on=expires_on,
        )
        for place, n in committed.items()
    )  # fmt: skip


def write(
    *,
    sheet: Sheet,
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
    _open_accounts(sheet, moves, territory_id)
    posting = Posting.objects.create(
        territory_id=territory_id, kind=kind, subject=entry.subject_id, entry_hash=entry.hash, paper=paper,
        effective_on=effective_on, recorded_at=entry.at, reverses=reverses,
    )  # fmt: skip
    movements = [
        Movement(
            posting=posting, unit=move.source.unit, source_id=sheet.ids[move.source], target_id=sheet.ids[move.target],
            n=move.n, line=move.line, effective_on=effective_on, recorded_at=entry.at,
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


def _open_accounts(sheet: Sheet, moves: Iterable[Move], territory_id: int) -> None:
    places = {place for move in moves for place in (move.source, move.target)}
    new = sorted((place for place in places if place not in sheet.ids), key=str)
    if not new:
        return
    # Another act may open the same account at the same moment: then its row is taken, not doubled.
    opened = Account.objects.bulk_create(
        [
            Account(
                key=place.key(territory_id), territory_id=territory_id, holder=place.holder, unit=place.unit,
                body_id=sheet.body_ids[place.body] if place.body else None, compartment=place.compartment,
                case=place.case,
            )
            for place in new
        ],
        update_conflicts=True, unique_fields=["key"], update_fields=["unit"],
    )  # fmt: skip
    for place, account in zip(new, opened, strict=True):
        sheet.ids[place] = account.pk


def reverse(*, posting: Posting, entry: Entry, paper: str) -> Posting | None:
    """Correct a posting by its mirror image (更正); it is refused when the posts have been used meanwhile.

    What a founding paper took out of a reservation goes back to who gave it, free: its case has come to its end.
    """
    moves, sheet = [], Sheet(posts={}, facts={})
    for movement in posting.movements.select_related("source__body", "target__body").order_by("-id"):
        taken, back = (_place(account, sheet) for account in (movement.target, movement.source))
        if posting.kind == Kind.POST and back.compartment in FREE:
            back = back._replace(compartment=FREE[back.compartment], case=None)
        if taken != back:
            moves.append(Move(movement.line, taken, back, movement.n))
    return write(
        sheet=sheet, moves=moves, kind=Kind.REVERSAL, territory_id=posting.territory_id, entry=entry, paper=paper,
        effective_on=max(posting.effective_on, entry.happened_on), reverses=posting,
    )  # fmt: skip


def _place(account: Account, sheet: Sheet) -> Place:
    """Return where an account stands, and note its key and its body's on the sheet."""
    body = account.body.uuid if account.body else None
    place = Place(account.holder, body, account.unit, account.compartment, account.case)
    sheet.ids[place] = account.pk
    if body and account.body_id:
        sheet.body_ids[body] = account.body_id
    return place
