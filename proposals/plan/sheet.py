"""The working sheet of a plan: a copy of the accounts and facts concerned, on which changes are tried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from proposals.ledger.accounts import Accounts
from proposals.ledger.models import Holder
from proposals.ledger.places import FREE, KEPT, OCCUPIED, Move, Place, Shortfall, outside
from proposals.organisation import kinship
from proposals.organisation.kinship import Tree
from proposals.side_registers.named_rows import Row, RowChange
from proposals.use_of_posts.loans import Loans
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel

if TYPE_CHECKING:
    from proposals.case.lines import ChangeLine


class FactChange(NamedTuple):
    """What a line makes of a body: new values by field; `how` is OPEN, CHANGE, CLOSE or SUCCEED."""

    line: UUID
    op: str
    how: str
    body: UUID
    values: dict[str, Any]


@dataclass(kw_only=True)
class Sheet(Accounts):
    """Posts by place, facts by body, rows beside the ledger; the reservations of `case` itself may be spent first."""

    posts: dict[Place, int]
    facts: dict[UUID, dict[str, Any]]
    case: UUID | None = None
    decided: bool = False
    children: dict[UUID, set[UUID]] = field(default_factory=dict)
    trees: tuple[Tree, ...] = ()
    moved: dict[UUID, UUID | None] = field(default_factory=dict)
    gone: dict[UUID, str] = field(default_factory=dict)
    places: dict[UUID, str] = field(default_factory=dict)
    rows: dict[UUID, Row] = field(default_factory=dict)
    loans: Loans = field(default_factory=Loans)
    plans: dict[tuple[UUID, str, int], int] = field(default_factory=dict)
    planned: set[tuple[UUID, str, int]] = field(default_factory=set)
    moves: list[Move] = field(default_factory=list)
    changes: list[FactChange] = field(default_factory=list)
    row_changes: list[RowChange] = field(default_factory=list)
    shortfalls: list[Shortfall] = field(default_factory=list)

    def name(self, body: UUID | None) -> str:
        """Return the body's present name."""
        return self.facts.get(body, {}).get("name", "") if body else ""

    def approved(self, body: UUID, unit: str) -> int:
        """Return what a body has of a type in all."""
        return sum(n for place, n in self.posts.items() if (place.body, place.unit) == (body, unit))

    def called(self, body: UUID | None) -> str:
        """Return the body's present name, with its superior's before it where another body bears the name as well."""
        return f"{self.places.get(body, '')}{self.name(body)}" if body else ""

    def of_body(self, body: UUID) -> Iterator[tuple[Place, int]]:
        """Return the places of a body that are not empty; what the case itself has reserved counts as free."""
        places: dict[Place, int] = {}
        for place, n in self.posts.items():
            if place.body == body and n:
                free = self.unreserved(place)
                places[free] = places.get(free, 0) + n
        yield from sorted(places.items(), key=str)

    def unreserved(self, place: Place) -> Place:
        """Return where posts stand but for this case's own reservation."""
        if place.case is None or place.case != self.case or place.compartment not in FREE:
            return place
        return place._replace(compartment=FREE[place.compartment], case=None)

    def grantor(self, unit: str, wanted: str | None = None) -> str:
        """Return who gives and takes back posts of a unit: whom the line names, else the pool, else the city.

        A unit for which the district keeps no pool has no total to watch; its posts come from outside.
        """
        if wanted in (Holder.POOL, Holder.CITY):
            return wanted
        return Holder.POOL if outside(Holder.POOL, unit) in self.posts else Holder.CITY

    def spendable(self, place: Place) -> int:
        """Return what the case may take from a place: its own reservation first, then what is free."""
        kept = self.posts.get(place._replace(compartment=KEPT[place.compartment], case=self.case), 0)
        return kept + max(0, self.posts.get(place, 0))

    def move(self, *, line: UUID, source: Place, target: Place, n: int) -> None:
        """Move posts, spending the case's reservation first; what is missing becomes a shortfall."""
        if n <= 0:
            return
        for place, part in self._draw(line=line, place=source, n=n):
            self.posts[place] = self.posts.get(place, 0) - part
            self.posts[target] = self.posts.get(target, 0) + part
            self.moves.append(Move(line, place, target, part))

    def change(self, change: FactChange) -> None:
        """Change the facts of a body."""
        if change.how != "SUCCEED":
            self.facts[change.body] = {**self.facts.get(change.body, {}), **change.values}
        if "parent" in change.values:
            self.moved[change.body] = change.values["parent"]
        if change.how == "CLOSE":
            self.gone[change.body] = "已由本事项排在前面的调整事项撤销"
        self.changes.append(change)

    def comes_under_itself(self, *, body: UUID, parent: UUID) -> bool:
        """Return whether a body would stand below itself, on this day or on a later one that is already entered."""
        known = [{**tree, **self.moved} for tree in self.trees or ({},)]
        return any(kinship.comes_under_itself(body=body, parent=parent, tree=tree) for tree in known)

    def refuse(self, *, line: UUID, code: str, place: Place, message: str, needed: int = 0, available: int = 0) -> None:
        """Note why a line cannot be carried out."""
        self.shortfalls.append(Shortfall(line, code, place, needed, available, message))

    def _draw(self, *, line: UUID, place: Place, n: int) -> Iterator[tuple[Place, int]]:
        if place.holder == Holder.CITY or place.compartment not in KEPT:
            yield place, n
            return
        available = self.spendable(place)
        if available < n:
            self.refuse(
                line=line, code="SHORT", place=place, needed=n, available=available,
                message=self._short(place=place, needed=n, available=available),
            )  # fmt: skip
        kept = place._replace(compartment=KEPT[place.compartment], case=self.case)
        own = min(n, self.posts.get(kept, 0))
        if own > 0:
            yield kept, own
        if n > own:
            yield place, n - own

    def _short(self, *, place: Place, needed: int, available: int) -> str:
        what = UNIT_LABELS[place.unit]
        if place.holder == Holder.TALENT:
            return f"人才周转池{what}可用{available}，本事项需要{needed}，超出{needed - available}。"
        if place.holder == Holder.POOL:
            cap = "机构限额" if place.unit in BodyCategory else "总量"
            return f"{what}{cap}余量{available}，本事项需要{needed}，超出{needed - available}。"
        if place.compartment == OCCUPIED:
            return f"{self.called(place.body)}{what}实有{available}，不足随编划转{needed}人。"
        if place.unit in LeaderLevel:
            return f"{self.called(place.body)}{what}空缺{available}，本事项需要{needed}。"
        over = -self.posts.get(place, 0)
        if over > 0:
            return f"{self.called(place.body)}{what}超编{over}，不得再划出、核减或使用，请先消化超编。"
        return f"{self.called(place.body)}{what}空编{available}，少于本事项需要的{needed}；可减少数额，或填写随编划转人数。"


@dataclass(frozen=True)
class Job:
    """A line being tried out with so many of a type; `body` and `other` are the bodies it needs."""

    sheet: Sheet
    line: ChangeLine
    n: int
    body: UUID
    other: UUID
    unit: str

    def grantor(self, unit: str) -> Place:
        """Return the place that gives and takes back posts of a unit, as far as the line leaves it open."""
        return outside(self.sheet.grantor(unit, self.line.says.source), unit)

    def move(self, source: Place, target: Place, n: int) -> None:
        """Move posts for the line."""
        self.sheet.move(line=self.line.uuid, source=source, target=target, n=n)

    def change(self, body: UUID, *, how: str = "CHANGE", **values: Any) -> None:
        """Change facts of a body for the line."""
        self.sheet.change(FactChange(self.line.uuid, self.line.op, how, body, values))

    def refuse(self, *, code: str, place: Place, message: str, needed: int = 0) -> None:
        """Say why the line cannot be carried out."""
        self.sheet.refuse(line=self.line.uuid, code=code, place=place, message=message, needed=needed)


def drawdowns(*, before: dict[Place, int], moves: list[Move]) -> dict[Place, int]:
    """Return how far each reservable place falls below where it began, while the moves run in order."""
    running: dict[Place, int] = {}
    deepest: dict[Place, int] = {}
    for move in moves:
        for place, change in ((move.source, -move.n), (move.target, move.n)):
            if place.holder == Holder.CITY or place.compartment not in KEPT:
                continue
            running[place] = running.get(place, 0) + change
            deepest[place] = min(deepest.get(place, 0), running[place])
    return {place: -depth for place, depth in deepest.items() if depth < 0 and place in before}
