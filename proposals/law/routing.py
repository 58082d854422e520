"""Who decides a case: the strongest answer that the dated authority rows give for any of its lines."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from proposals.case import kinds
from proposals.case.lines import ChangeOp
from proposals.law.lawbook import Lawbook
from proposals.law.rows import RuleRow
from proposals.ledger.models import Account, Holder
from proposals.organisation.bodies import BodyVersion
from proposals.prepared import PreparedIn
from proposals.vocabulary import BodyCategory, Decider, DecisionMode, FilingMode, Rank

if TYPE_CHECKING:
    from proposals.case.lines import ChangeLine
    from proposals.case.models import Proposal

ORDER = (Decider.OFFICE, Decider.COMMITTEE, Decider.PARTY_COMMITTEE, Decider.CITY)
STRENGTH: Mapping[str, int] = {DecisionMode.RECORD: 0, DecisionMode.AUDIT: 1, DecisionMode.APPROVE: 2}
FROM_ABOVE = (ChangeOp.LEVEL_UP, ChangeOp.LEVEL_DOWN)
INNER = (ChangeOp.CREATE_INNER, ChangeOp.ABOLISH_INNER, ChangeOp.MERGE_INNER, ChangeOp.RENAME_INNER)


class LineFacts(NamedTuple):
    """What the authority rows look at in a line; `rank` is the highest rank before or after the change."""

    op: str
    category: str
    unit: str
    rank: int
    raises_total: bool


class RouteLeg(NamedTuple):
    """One body on the route, what it does there, and by which clause."""

    decider: str
    mode: str
    citation: str


class Unrouted(Exception):
    """No authority row says who decides a line; the message names it in Chinese."""


def route(*, kind: str, lines: Sequence[LineFacts], rows: Iterable[RuleRow], filed: bool) -> tuple[RouteLeg, ...]:
    """Return the route of a case: one leg a body, from the office upward; raise Unrouted for a line nobody decides.

    The highest approving body of any line approves the whole, those below it audit. `filed` adds the
    record at the city that a territory asks for even where the district decides.
    """
    if not lines:
        raise Unrouted("尚未填写调整事项，请至少填写一项。")
    rows, legs = tuple(rows), dict[str, RouteLeg]()
    whole = {n for n, row in enumerate(rows) if row.kind == kind and not row.op}
    matched = set(whole)
    for line in lines:
        matching = {n for n, row in enumerate(rows) if n not in whole and covers(row=row, kind=kind, line=line)}
        if not any(rows[n].mode == DecisionMode.APPROVE for n in whole | matching):
            raise Unrouted(f"办事规则没有写明「{ChangeOp(line.op).label}」由谁决定。")
        matched |= matching
    # In the order of the rulebook, so that the order of the lines changes nothing.
    for row in (rows[n] for n in sorted(matched)):
        leg = legs.get(row.decider)
        if leg is None or STRENGTH[row.mode] > STRENGTH[leg.mode]:
            legs[row.decider] = RouteLeg(row.decider, row.mode, row.citation)
    if filed and Decider.CITY not in legs:
        legs[Decider.CITY] = RouteLeg(Decider.CITY, DecisionMode.RECORD, "动议一律上报市委编办（区级规定）")
    return _one_decider([legs[decider] for decider in ORDER if decider in legs])


def _one_decider(legs: list[RouteLeg]) -> tuple[RouteLeg, ...]:
    approving = [leg for leg in legs if leg.mode == DecisionMode.APPROVE]
    if not approving:
        raise Unrouted("办事规则没有写明本事项由谁决定，请在办事规则中补充。")
    last = approving[-1]
    return tuple(leg._replace(mode=DecisionMode.AUDIT) if leg in approving and leg is not last else leg for leg in legs)


def covers(*, row: RuleRow, kind: str, line: LineFacts) -> bool:
    """Return whether every filled condition of an authority row matches the line."""
    return (
        row.kind in ("", kind)
        and row.op in ("", line.op)
        and bool(row.op or row.unit or row.category)
        and row.category in ("", line.category)
        and row.unit in ("", line.unit)
        and row.min_rank <= line.rank <= row.max_rank
        and row.raises_total in (None, line.raises_total)
    )


def filing_mode(legs: Iterable[RouteLeg]) -> str:
    """Return whether the case goes up to be approved, to be recorded, or not at all."""
    at_city = [leg.mode for leg in legs if leg.decider == Decider.CITY]
    if not at_city:
        return FilingMode.NONE
    return FilingMode.RECORD if at_city[0] == DecisionMode.RECORD else FilingMode.APPROVE


_STANDING: PreparedIn[BodyVersion] = PreparedIn(
    lambda values, on: BodyVersion.objects.standing(on=on).filter(body__id__in=values)
)


def facts_of(
    *, lines: Iterable[ChangeLine], on: date, versions: Mapping[int, BodyVersion] | None = None
) -> tuple[LineFacts, ...]:
    """Read what the authority rows look at; one query for the bodies of all lines, unless `versions` are given.

    Posts added without naming who gives them come from above where the territory keeps no total of their type.
    """
    lines = tuple(lines)
    if versions is None:
        ids = [pk for line in lines for pk in (line.body_id, line.counterpart_id) if pk]
        versions = {v.body_id: v for v in _STANDING(ids, on=on)}
    capped = _capped(lines)
    return tuple(
        _facts(line, versions.get(line.body_id or 0), versions.get(line.counterpart_id or 0), capped) for line in lines
    )


def _capped(lines: Iterable[ChangeLine]) -> set[str]:
    unnamed = [line for line in lines if line.op == ChangeOp.QUOTA_ADD and line.says.source is None]
    if not unnamed:
        return set()
    pools = Account.objects.filter(territory=unnamed[0].proposal.territory_id, holder=Holder.POOL)
    return set(pools.filter(unit__in=[line.unit for line in unnamed]).values_list("unit", flat=True))


def _facts(line: ChangeLine, body: BodyVersion | None, other: BodyVersion | None, capped: Container[str]) -> LineFacts:
    category = line.says.category or (body.category if body else "")
    if line.op in INNER:
        category = BodyCategory.INNER
    ranks = [line.rank or Rank.NONE, body.rank if body and line.op != ChangeOp.CREATE_INNER else Rank.NONE]
    if line.op == ChangeOp.MERGE and other:
        ranks.append(other.rank)
    from_city = line.op in FROM_ABOVE or line.says.source == Holder.CITY
    unnamed = line.op in (ChangeOp.QUOTA_ADD, ChangeOp.LEADER_ADD) and line.says.source is None
    granted = unnamed and line.unit not in capped
    return LineFacts(line.op, category, line.unit, max(ranks), from_city or granted)


def of_case(
    *, case: Proposal, on: date, as_of: date | None = None, versions: Mapping[int, BodyVersion] | None = None
) -> tuple[RouteLeg, ...]:
    """Return the route of a case by the law of a day, its bodies read as of another (the same one); raise Unrouted."""
    lines = case.change_lines
    return by(lawbook=Lawbook.of(case=case, on=on), case=case, lines=lines, as_of=as_of, versions=versions)


def by(
    *, lawbook: Lawbook, case: Proposal, lines: Sequence[ChangeLine], as_of: date | None = None,
    versions: Mapping[int, BodyVersion] | None = None,
) -> tuple[RouteLeg, ...]:  # fmt: skip
    """Return the route of a case by a law already read; raise Unrouted."""
    filed = kinds.BY_CODE[case.kind].filed and lawbook.switch("always_filed")
    facts = facts_of(lines=lines, on=as_of or lawbook.on, versions=versions)
    return route(kind=case.kind, lines=facts, rows=lawbook.authority, filed=filed)


def settle(
    *, case: Proposal, on: date, as_of: date | None = None, versions: Mapping[int, BodyVersion] | None = None
) -> list[dict[str, Any]]:
    """Write route, its law's day and filing mode into the case and return the route as primitives; raise Unrouted."""
    legs = of_case(case=case, on=on, as_of=as_of, versions=versions)
    case.routed_on = on
    case.route = [{"decider": str(leg.decider), "mode": str(leg.mode), "citation": leg.citation} for leg in legs]
    case.filing_mode = filing_mode(legs)
    return case.route
