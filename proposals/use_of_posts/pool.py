"""The pool of posts for talent (人才引进编制周转池): what was approved for it, to whom it lent, and what is still out.

The pool is an account of its own, filled by decision out of what the district has not given away. What a body still
owes is what moved from the pool to the body and has not moved back; who and what for stand in the line that lent it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from proposals.case.lines import ChangeLine, ChangeOp
from proposals.ledger.models import Compartment, Holder, Movement, Posting
from proposals.use_of_posts.loans import Loans

if TYPE_CHECKING:
    from proposals.organisation.people import Territory

POOL_LINES = (ChangeOp.POOL_USE, ChangeOp.POOL_RETURN)
ENDS = ("source__holder", "source__body__uuid", "target__holder", "target__body__uuid", "unit")


class Loan(NamedTuple):
    """What one line lent: to which body, for what, until when, and how much of it is still out."""

    line: UUID | None
    case: UUID | None
    body: UUID
    unit: str
    n: int
    left: int
    purpose: str
    return_on: date | None
    since: date
    paper: str


class Stock(NamedTuple):
    """The pool of one type: what is free, what cases hold of it, and what is lent."""

    unit: str
    free: int
    held: int
    lent: int

    @property
    def approved(self) -> int:
        """What was approved for the pool."""
        return self.free + self.held + self.lent


def crossing(*, territory_id: int, as_of: date | None = None) -> QuerySet[Movement]:
    """Return the movements between the pool and bodies.

    Before there was a pool of its own, lines lent from what the district had not given away: what they lent is still
    owed there.
    """
    rows = Movement.objects.filter(posting__territory=territory_id)
    if as_of is not None:
        rows = rows.filter(effective_on__lte=as_of)
    lines = ChangeLine.objects.filter(proposal__territory=territory_id, op__in=POOL_LINES).values("uuid")
    bodies = Q(source__holder=Holder.BODY) | Q(target__holder=Holder.BODY)
    before = Q(line__in=lines) & (Q(source__holder=Holder.POOL) | Q(target__holder=Holder.POOL))
    return rows.filter(bodies & (Q(source__holder=Holder.TALENT) | Q(target__holder=Holder.TALENT) | before))


def owed(*, territory_id: int, as_of: date | None = None) -> Loans:
    """Return what bodies owe by body and unit, and to whom: one query."""
    found = Loans()
    rows = crossing(territory_id=territory_id, as_of=as_of).order_by().values_list(*ENDS).annotate(n=Sum("n"))
    for giver, lender, holder, taker, unit, n in rows:
        lent = giver != Holder.BODY
        body, pool = (taker, giver) if lent else (lender, holder)
        by_pool = found.setdefault((body, unit), {})
        by_pool[pool] = by_pool.get(pool, 0) + (n if lent else -n)
    return found


def loans(*, territory: Territory, as_of: date) -> list[Loan]:
    """Return everything that was lent by a day, the earliest first; what came back settled the earliest loans first."""
    rows = list(
        crossing(territory_id=territory.pk, as_of=as_of)
        .select_related("posting", "source__body", "target__body")
        .order_by("effective_on", "id")
    )
    lines = {line.uuid: line for line in ChangeLine.objects.filter(uuid__in={row.line for row in rows if row.line})}
    made: dict[tuple[UUID, str, UUID | None], list[Movement]] = {}
    back: dict[tuple[UUID, str], int] = {}
    for row in rows:
        line = lines.get(row.line) if row.line else None
        body = row.target.body or row.source.body
        if body is None:
            continue
        if row.target.body and (line is None or line.op == ChangeOp.POOL_USE):
            made.setdefault((body.uuid, row.unit, row.line), []).append(row)
        else:
            # Back by a return or the correction of a loan; out again by the correction of a return.
            back[body.uuid, row.unit] = back.get((body.uuid, row.unit), 0) + (row.n if row.source.body else -row.n)
    return list(_told(made, back, lines))


def _told(
    made: dict[tuple[UUID, str, UUID | None], list[Movement]], back: dict[tuple[UUID, str], int],
    lines: dict[UUID, ChangeLine],
) -> Iterator[Loan]:  # fmt: skip
    due = {key: _return_day(lines.get(key[2]) if key[2] else None) for key in made}
    for key in sorted(made, key=lambda key: (due[key] or date.max, made[key][0].pk)):
        body, unit, uuid = key
        n, first = sum(row.n for row in made[key]), made[key][0]
        settled = min(n, back.get((body, unit), 0))
        back[body, unit] = back.get((body, unit), 0) - settled
        line = lines.get(uuid) if uuid else None
        purpose = (line.says.purpose or line.remark) if line else "期初登记"
        case = first.posting.subject if line else None
        yield Loan(
            uuid, case, body, unit, n, n - settled, purpose, due[key], first.effective_on, first.posting.paper
        )  # fmt: skip


def _return_day(line: ChangeLine | None) -> date | None:
    return line.says.return_on if line else None


def returned_since(*, posting: Posting) -> bool:
    """Return whether what a posting lent came back meanwhile: corrected now, it would go to the pool a second time.

    What the posting itself gave back again is corrected along with it.
    """
    lent: dict[tuple[UUID, str], int] = {}
    for row in posting.movements.select_related("source__body", "target__body"):
        if row.source.holder == Holder.TALENT and row.target.body:
            place, n = (row.target.body.uuid, row.unit), row.n
        elif row.target.holder == Holder.TALENT and row.source.body:
            place, n = (row.source.body.uuid, row.unit), -row.n
        else:
            continue
        lent[place] = lent.get(place, 0) + n
    due = owed(territory_id=posting.territory_id) if lent else Loans()
    return any(due.get(place, {}).get(Holder.TALENT, 0) < n for place, n in lent.items())


def stock(*, territory: Territory, as_of: date, balances: Iterable[tuple[str, str, int]]) -> list[Stock]:
    """Return the pool by type; `balances` are what stands on its accounts on the day (unit, compartment, number)."""
    lent: dict[str, int] = {}
    for (_, unit), by_pool in owed(territory_id=territory.pk, as_of=as_of).items():
        lent[unit] = lent.get(unit, 0) + by_pool.get(Holder.TALENT, 0)
    sums: dict[str, dict[str, int]] = {}
    for unit, compartment, n in balances:
        held = sums.setdefault(unit, {})
        held[compartment] = held.get(compartment, 0) + n
    return [
        Stock(unit, kept.get(Compartment.VACANT, 0), kept.get(Compartment.HELD, 0), lent.get(unit, 0))
        for unit, kept in sums.items()
    ]
