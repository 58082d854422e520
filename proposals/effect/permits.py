"""The permits to fill approved posts (用编核准单): every use of posts makes one, and what is left of it has a way back.

Posts that are approved and not yet filled stand on an account of their permit alone; people come in against it
(headcount.enrol), the rest lapses with the permit's day or is handed back before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from proposals.case.lines import ChangeLine, ChangeOp
from proposals.case.values import in_force
from proposals.law.lawbook import Lawbook
from proposals.ledger import headcount, periods
from proposals.ledger.models import Account, Compartment, Holder, Permit, Posting
from proposals.ledger.places import COMMITTED, Move, Place, at_body
from proposals.plan.sheet import Sheet

if TYPE_CHECKING:
    from proposals.case.models import Proposal
    from proposals.organisation.people import Territory
    from proposals.procedure.entries import Entry

USING = (ChangeOp.USE,)
OPENING_NUMBER = "期初已核未入"


class Terms(NamedTuple):
    """What a permit is for: how the posts are filled, for which work, and whether from outside the district."""

    ways: str
    post: str
    from_outside: bool


def uses_posts(case: Proposal) -> bool:
    """Return whether a line of the case lets posts be filled; one that was not granted does not."""
    return any(line.op in USING and in_force.of(line) for line in case.change_lines)


def only_uses_posts(case: Proposal) -> bool:
    """Return whether the case asks for the use of posts and nothing else: then its paper is the permit itself."""
    return bool(case.change_lines) and all(line.op in USING for line in case.change_lines)


def last_day(*, case: Proposal, effective_on: date, on: date) -> date:
    """Return until when posts may be filled that a founding paper lets be used, by the law of the day it is issued."""
    days = Lawbook.of(case=case, on=on).switch("permit_days")
    return max(effective_on, on) + timedelta(days=days)


def give(
    *, sheet: Sheet, case: Proposal, entry: Entry, number: str, issued_on: date, expires_on: date
) -> list[Permit]:  # fmt: skip
    """Make a permit of what the lines on the sheet committed, one for every body and type; the moves are posted."""
    committed: dict[Place, int] = {}
    for move in sheet.moves:
        if move.target.compartment == COMMITTED:
            committed[move.target] = committed.get(move.target, 0) + move.n
    lines = {line.uuid: line for line in case.change_lines}
    found = []
    for place, n in committed.items():
        behind = [lines[move.line] for move in sheet.moves if move.target == place and move.line in lines]
        terms = terms_of(behind)
        found.append(
            Permit(
                territory_id=case.territory_id, case=case.uuid, number=number, account_id=sheet.ids[place], n=n,
                issued_on=issued_on, expires_on=expires_on, entry_hash=entry.hash, **terms._asdict(),
            )
        )  # fmt: skip
    return Permit.objects.bulk_create(found)


def terms_of(lines: Iterable[ChangeLine]) -> Terms:
    """Return what the lines say of the posts that may be filled."""
    lines = list(lines)
    ways = [way.label for line in lines if (way := line.says.use_way)]
    posts = [one for line in lines if (one := line.says.post or line.remark)]
    outside = any(line.says.from_outside for line in lines)
    return Terms("、".join(dict.fromkeys(ways)), "；".join(dict.fromkeys(posts))[:300], outside)


def open_with(
    *, territory: Territory, committed: Mapping[Place, int], said: Mapping[Place, Mapping[str, str]], entry: Entry,
    paper: str, on: date,
) -> list[Permit]:  # fmt: skip
    """Make permits of what an opening balance calls approved and not filled; `said` holds what its rows say of them.

    The time runs from the day of the entry: nobody could fill posts against a permit that was not in the register.
    """
    days = Lawbook.standing(territory=territory, on=on).switch("opening_permit_days")
    usual = max(on, entry.happened_on) + timedelta(days=days)
    keys = {place.key(territory.pk): place for place in committed}
    accounts = Account.objects.filter(key__in=keys).order_by("id")
    return Permit.objects.bulk_create(
        Permit(
            territory=territory, case=None, account=account, n=committed[place], issued_on=on,
            number=(said[place].get("permit") or f"{OPENING_NUMBER}（{paper}）")[:80], entry_hash=entry.hash,
            expires_on=date.fromisoformat(said[place].get("permit_until") or usual.isoformat()),
        )
        for account in accounts
        for place in (keys[account.key],)
    )  # fmt: skip


def expire(*, permit: Permit, entry: Entry) -> Posting | None:
    """Let an unused permit lapse: what is left of it is vacant again, from the first day that is not closed."""
    on = periods.open_day(territory_id=permit.territory_id, day=entry.happened_on)
    return _back(permit, permit.account.balance, Posting.Kind.EXPIRE, entry, on, permit.number)


def hand_back(*, permit: Permit, n: int, entry: Entry, paper: str) -> Posting | None:
    """Hand posts of a permit back before its last day: they are vacant again."""
    return _back(permit, n, Posting.Kind.HAND_BACK, entry, entry.happened_on, paper)


def _back(permit: Permit, n: int, kind: str, entry: Entry, on: date, paper: str) -> Posting | None:
    body, unit = permit.account.body, permit.account.unit
    if body is None or not n:
        return None
    move = Move(None, at_body(body.uuid, unit, COMMITTED, permit.account.case), at_body(body.uuid, unit), n)
    return headcount.act_of_register(
        territory_id=permit.territory_id, body=body, moves=[move], kind=kind, entry=entry, on=on, paper=paper
    )


def without_permit() -> Iterable[Account]:
    """Return the accounts on which posts are approved and not filled although no permit stands for them."""
    committed = Account.objects.filter(holder=Holder.BODY, compartment=Compartment.COMMITTED, permit=None)
    return committed.exclude(balance=0).select_related("body").order_by("id")
