"""What the pages and tables of the register show, as of a day: the tree of bodies, one body, the ledger, the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q, QuerySet

from proposals import balances, founded
from proposals.balances import NOTHING, Standing
from proposals.models.change import ChangeLine
from proposals.models.establishment import Body, BodyVersion, Succession
from proposals.models.proposal import Proposal
from proposals.models.quota import UNIT_LABELS, Account, Holder, Movement, Permit
from proposals.states import BodyCategory, LeaderLevel, QuotaType, State

if TYPE_CHECKING:
    from proposals.models import Territory

ENDED = (State.CLOSED, State.ARCHIVED, State.WITHDRAWN, State.VOID)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "行政编制": (QuotaType.ADMIN, QuotaType.JUDICIAL_SPECIAL, QuotaType.SUPPORT_WORKER),
    "事业编制": (QuotaType.PSU_FULL, QuotaType.PSU_PARTIAL, QuotaType.PSU_SELF),
    "科级领导职数": (LeaderLevel.SECTION_CHIEF, LeaderLevel.SECTION_DEPUTY),
}


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One body in the tree: how deep it stands and what it has, by group of units."""

    depth: int
    version: BodyVersion
    parent: str
    groups: tuple[tuple[str, Standing], ...] = ()


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of a body."""

    unit: str
    label: str
    numbers: Standing
    intended: int


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One unit of the district: what there is, what bodies have, what is left to give."""

    unit: str
    label: str
    total: int
    bodies: Standing
    headroom: int | None
    held: int


def tree(
    *, territory: Territory, as_of: date, words: str = "", category: str = "", rank: int | None = None
) -> list[TreeRow]:
    """Return the bodies that stand on the day, each superior before its own; a filter leaves matches without depth."""
    versions = list(
        BodyVersion.objects.standing(on=as_of)
        .filter(body__territory=territory)
        .select_related("body")
        .order_by("body__code", "body_id")
    )
    names = {version.body_id: version.name for version in versions}
    if words or category or rank is not None:
        found = [v for v in versions if _matches(v, words, category, rank)]
        return [TreeRow(0, version, names.get(version.parent_id or 0, "")) for version in found]
    children: dict[int | None, list[BodyVersion]] = {}
    for version in versions:
        children.setdefault(version.parent_id if version.parent_id in names else None, []).append(version)
    rows: list[TreeRow] = []
    _descend(None, 0, children, names, rows)
    return rows


def _descend(
    parent: int | None, depth: int, children: Mapping[int | None, Sequence[BodyVersion]], names: Mapping[int, str],
    rows: list[TreeRow],
) -> None:  # fmt: skip
    for version in children.get(parent, ()):
        rows.append(TreeRow(depth, version, names.get(parent or 0, "")))
        if depth < 12:
            _descend(version.body_id, depth + 1, children, names, rows)


def _matches(version: BodyVersion, words: str, category: str, rank: int | None) -> bool:
    text = " ".join([version.name, version.short_name, version.body.code, version.credit_code, *version.plates])
    return words in text and category in ("", version.category) and rank in (None, version.rank)


def with_numbers(*, rows: Iterable[TreeRow], territory: Territory, as_of: date) -> list[TreeRow]:
    """Return the rows with the numbers of their bodies, summed by group: one query."""
    rows = list(rows)
    bodies = [row.version.body for row in rows]
    numbers = balances.standing(territory=territory, as_of=as_of, bodies=bodies)
    return [
        TreeRow(row.depth, row.version, row.parent, tuple(_grouped(row.version.body_id, numbers).items()))
        for row in rows
    ]


def _grouped(body: int, numbers: Mapping[tuple[int, str], Standing]) -> dict[str, Standing]:
    sums = {}
    for group, units in GROUPS.items():
        total = NOTHING
        for unit in units:
            total = total + numbers.get((body, unit), NOTHING)
        sums[group] = total
    return sums


def units_of(*, body: Body, as_of: date) -> list[UnitRow]:
    """Return the units a body has or had, quota types first, with what other accepted cases would take."""
    numbers = balances.standing(territory=body.territory, as_of=as_of, bodies=[body])
    intents = balances.intended(territory_id=body.territory_id, on=as_of)
    wanted: dict[str, int] = {}
    for place, n in intents.items():
        if place.body == body.uuid:
            wanted[place.unit] = wanted.get(place.unit, 0) + n
    order = [*QuotaType.values, *LeaderLevel.values]
    return [
        UnitRow(unit, UNIT_LABELS[unit], numbers[body.pk, unit], wanted.get(unit, 0))
        for unit in order
        if (body.pk, unit) in numbers
    ]


def open_cases(body: Body) -> QuerySet[Proposal]:
    """Return the cases under way that would change the body."""
    lines = ChangeLine.objects.filter(Q(body=body) | Q(counterpart=body)).values("proposal")
    return Proposal.objects.filter(pk__in=lines).exclude(state__in=ENDED).order_by("-pk")


def history(body: Body) -> list[BodyVersion]:
    """Return every version of a body, newest first."""
    return list(body.versions.select_related("parent").order_by("-valid_from", "-id"))


class Kin(NamedTuple):
    """What a body came from or what came from it, and the paper by which that was corrected, if it was."""

    way: str
    row: Succession
    name: str
    corrected_by: str


def kin(body: Body, *, as_of: date) -> list[Kin]:
    """Return what the body came from and what came from it, with the name of the other body."""
    rows = Succession.objects.filter(Q(predecessor=body) | Q(successor=body), on__lte=as_of).order_by("on")
    found = []
    for row in rows:
        from_it = row.predecessor_id == body.pk
        other = row.successor_id if from_it else row.predecessor_id
        version = BodyVersion.objects.filter(body=other).order_by("-valid_from").first()
        name = version.name if version else ""
        found.append(Kin("去向" if from_it else "来源", row, name, founded.corrected_by(row, on=as_of)))
    return found


def permits_of(body: Body) -> QuerySet[Permit]:
    """Return the permits of a body that are not used up."""
    return Permit.objects.filter(account__body=body, account__balance__gt=0).select_related("account")


def totals(*, territory: Territory, as_of: date) -> list[TotalRow]:
    """Return every unit of the district, quota types, leader posts, then organ places."""
    whole = balances.totals(territory=territory, as_of=as_of)
    sums: dict[str, Standing] = {}
    for (_, unit), numbers in balances.standing(territory=territory, as_of=as_of).items():
        sums[unit] = sums.get(unit, NOTHING) + numbers
    order = [*QuotaType.values, *LeaderLevel.values, *BodyCategory.values]
    pools = Account.objects.filter(territory=territory, holder=Holder.POOL).exclude(case=None)
    kept: dict[str, int] = {}
    for account in pools.filter(balance__gt=0):
        kept[account.unit] = kept.get(account.unit, 0) + account.balance
    return [
        TotalRow(
            unit, UNIT_LABELS[unit], whole[unit][0], sums.get(unit, NOTHING), _left(whole[unit][1], kept.get(unit)),
            sums.get(unit, NOTHING).held + kept.get(unit, 0),
        )
        for unit in order
        if unit in whole
    ]  # fmt: skip


def _left(pool: int | None, kept: int | None) -> int | None:
    return None if pool is None else pool - (kept or 0)


def approved_over_time(*, body: Body, as_of: date) -> list[tuple[str, int]]:
    """Return how many approved posts a body had after each day on which the number changed, up to a day: one query."""
    quotas = Movement.objects.filter(unit__in=QuotaType.values, effective_on__lte=as_of)
    crossing = quotas.filter(Q(source__body=body) | Q(target__body=body)).exclude(source__body=body, target__body=body)
    changes: dict[date, int] = {}
    for day, taker, n in crossing.order_by("effective_on").values_list("effective_on", "target__body", "n"):
        changes[day] = changes.get(day, 0) + (n if taker == body.pk else -n)
    points, total = [], 0
    for day, change in changes.items():
        total += change
        if change:
            points.append((f"{day:%Y-%m-%d}", total))
    return points


def movements(
    *, territory: Territory, as_of: date, body: Body | None = None, unit: str = "", kind: str = ""
) -> QuerySet[Movement]:
    """Return the movements of the district up to a day, newest first, with posting and holders."""
    rows = Movement.objects.filter(posting__territory=territory, effective_on__lte=as_of)
    if body is not None:
        rows = rows.filter(Q(source__body=body) | Q(target__body=body))
    if unit:
        rows = rows.filter(unit=unit)
    if kind:
        rows = rows.filter(posting__kind=kind)
    return rows.select_related("posting", "source__body", "target__body").order_by("-id")


def names_on(*, territory: Territory, as_of: date) -> dict[int, str]:
    """Return the names of the bodies by primary key: as of the day, or the last they bore."""
    rows: Any = BodyVersion.objects.filter(body__territory=territory, valid_from__lte=as_of).order_by(
        "valid_from", "id"
    )
    return dict(rows.values_list("body_id", "name"))
