"""What a case would change: before → after → headroom per body, type and total, without touching the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from proposals.case.lines import ChangeLine
from proposals.case.values import in_force
from proposals.case.values.in_force import Values
from proposals.ledger.models import Holder
from proposals.ledger.places import FREE, HELD, OCCUPIED, PLEDGED, VACANT, Move, Place, Shortfall, at_body, outside
from proposals.plan import effects
from proposals.plan.loading import load
from proposals.plan.sheet import FactChange, Sheet
from proposals.procedure import chronicle
from proposals.side_registers.named_rows import RowChange
from proposals.vocabulary import UNIT_LABELS

if TYPE_CHECKING:
    from proposals.case.models import Proposal
    from proposals.organisation.bodies import BodyVersion


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What one line does; `findings` is filled by the rules, beside the line that causes them."""

    line: UUID
    label: str
    amount: int
    moves: tuple[Move, ...]
    changes: tuple[FactChange, ...]
    shortfalls: tuple[Shortfall, ...]
    rows: tuple[RowChange, ...] = ()
    findings: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One type of one body, before and after; what this case itself has reserved counts as vacant before."""

    body: UUID
    name: str
    unit: str
    label: str
    approved: tuple[int, int]
    actual: tuple[int, int]
    vacant: tuple[int, int]
    committed: int
    held_by_others: int
    intended_by_others: int = 0


@dataclass(frozen=True, slots=True)
class PlanTotal:
    """One type of the district: total and headroom (what is not yet given to a body), before and after."""

    unit: str
    label: str
    total: tuple[int, int]
    headroom: tuple[int, int]
    has_cap: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole plan of a case as of a day; `digest` names what it would do, whatever else happens meanwhile."""

    as_of: date
    lines: tuple[PlanLine, ...]
    rows: tuple[PlanRow, ...]
    totals: tuple[PlanTotal, ...]
    digest: str
    facts: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    past: bool = False

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        """Everything that stands against carrying it out."""
        return tuple(shortfall for line in self.lines for shortfall in line.shortfalls)


def of_case(
    *, case: Proposal, as_of: date, values: Values | None = None, past: bool = False,
    standing: Mapping[int, BodyVersion] | None = None, accounts: Iterable[Any] | None = None,
) -> Plan:  # fmt: skip
    """Return the plan of a case; `values` tries other values than those in force of the lines.

    A `past` day is only looked at: nothing can be decided on what stood then. `standing` is what is true on the day of
    the bodies that the lines name, and `accounts` theirs and the common ones, where that was read already.
    """
    lines = lines_of(case)
    sheet = load(
        territory_id=case.territory_id, lines=lines, as_of=as_of, case=case.uuid, past=past, standing=standing,
        accounts=accounts,
    )  # fmt: skip
    before, facts = dict(sheet.posts), dict(sheet.facts)
    done = try_out(sheet=sheet, lines=lines, values=values)
    rows = _rows(before, sheet)
    totals = _totals(before, sheet)
    return Plan(
        as_of=as_of, lines=done, rows=rows, totals=totals, digest=_digest(done), facts=facts,
        past=past,
    )  # fmt: skip


def intended(plan: Plan, intents: Mapping[Place, int]) -> Plan:
    """Return the plan with what other accepted cases would take (intentions.intended) beside its rows."""
    rows = (replace(row, intended_by_others=intents.get(at_body(row.body, row.unit), 0)) for row in plan.rows)
    return replace(plan, rows=tuple(rows))


def lines_of(case: Proposal) -> Sequence[ChangeLine]:
    """Return the lines of a case with their bodies, in order: one query."""
    return case.change_lines


def try_out(*, sheet: Sheet, lines: Iterable[ChangeLine], values: Values | None = None) -> tuple[PlanLine, ...]:
    """Run the lines on the sheet in order and return what each did."""
    done = []
    for line in lines:
        amount = in_force.number(line, values)
        marks = len(sheet.moves), len(sheet.changes), len(sheet.shortfalls), len(sheet.row_changes)
        effects.run(sheet=sheet, line=line, shares=in_force.of(line, values))
        done.append(
            PlanLine(
                line=line.uuid,
                label=str(line),
                amount=amount,
                moves=tuple(sheet.moves[marks[0] :]),
                changes=tuple(sheet.changes[marks[1] :]),
                shortfalls=tuple(sheet.shortfalls[marks[2] :]),
                rows=tuple(sheet.row_changes[marks[3] :]),
            )
        )
    return tuple(done)


def _rows(before: Mapping[Place, int], sheet: Sheet) -> tuple[PlanRow, ...]:
    touched = {(p.body, p.unit): None for move in sheet.moves for p in (move.source, move.target) if p.body}
    return tuple(_row(body, unit, before, sheet) for body, unit in touched if body)


def _row(body: UUID, unit: str, before: Mapping[Place, int], sheet: Sheet) -> PlanRow:
    def both(*compartments: str, own: bool | None = None) -> tuple[int, int]:
        sums = []
        for posts in (before, sheet.posts):
            mine = (n for p, n in posts.items() if _counts(p, body, unit, compartments, sheet.case, own))
            sums.append(sum(mine))
        return sums[0], sums[1]

    free, kept = both(VACANT), both(HELD, own=True)
    return PlanRow(
        body=body,
        name=sheet.called(body),
        unit=unit,
        label=UNIT_LABELS[unit],
        approved=both(),
        actual=both(OCCUPIED, PLEDGED),
        vacant=(free[0] + kept[0], free[1] + kept[1]),
        committed=both("COMMITTED")[1],
        held_by_others=both(HELD, own=False)[0],
    )


def _counts(
    place: Place, body: UUID, unit: str, compartments: Sequence[str], case: UUID | None, own: bool | None
) -> bool:
    if (place.body, place.unit) != (body, unit) or (compartments and place.compartment not in compartments):
        return False
    return own is None or (place.case == case) is own


def _totals(before: Mapping[Place, int], sheet: Sheet) -> tuple[PlanTotal, ...]:
    """Return the totals: what the district has is what the city's accounts lack, because every movement balances."""
    units = list(dict.fromkeys(move.source.unit for move in sheet.moves))
    totals = {unit: 0 for unit in units}
    for place, n in before.items():
        if place.holder == Holder.CITY and place.unit in totals:
            totals[place.unit] -= n
    grants = {unit: 0 for unit in units}
    for move in sheet.moves:
        grants[move.source.unit] += move.n * ((move.source.holder == Holder.CITY) - (move.target.holder == Holder.CITY))
    pools = {unit: outside(Holder.POOL, unit) for unit in units}
    return tuple(
        PlanTotal(
            unit=unit,
            label=UNIT_LABELS[unit],
            total=(totals[unit], totals[unit] + grants[unit]),
            headroom=(before.get(pools[unit], 0), sheet.posts.get(pools[unit], 0)),
            has_cap=pools[unit] in before,
        )
        for unit in units
    )


def _digest(lines: Iterable[PlanLine]) -> str:
    """Name what the lines do; whether posts come from the case's own reservation makes no difference.

    Lines that touch nothing beside the ledger are named as they always were.
    """
    return chronicle.digest(
        [
            [line.line, line.amount, sorted(_sums(line.moves).items()), [change[1:] for change in line.changes]]
            + [[change[1:] for change in line.rows]] * bool(line.rows)
            for line in lines
        ]
    )


def _sums(moved: Iterable[Move]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for move in moved:
        source = move.source._replace(compartment=FREE.get(move.source.compartment, move.source.compartment), case=None)
        name = f"{source.key(0)}>{move.target._replace(case=None).key(0)}"
        sums[name] = sums.get(name, 0) + move.n
    return sums
