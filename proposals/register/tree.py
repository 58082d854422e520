"""What the pages and tables of the register show, as of a day: the tree of bodies, the ledger, the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from proposals.ledger import balances
from proposals.ledger.balances import NOTHING, Standing
from proposals.ledger.models import Movement
from proposals.ledger.origins import UNIT_GROUPS, categories_of, units_of
from proposals.organisation import body_words
from proposals.organisation.bodies import Body, BodyVersion
from proposals.plan import intentions
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel, QuotaType

if TYPE_CHECKING:
    from proposals.organisation.people import Territory


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One body in the tree: how deep it stands and what it has, by code of a group of units."""

    depth: int
    version: BodyVersion
    parent: str
    groups: Mapping[str, Standing] = field(default_factory=dict)


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
    talent: int = 0


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
    # What hangs on nothing that hangs on the top would vanish; it is shown, as a body of its own.
    shown = {row.version.body_id for row in rows}
    rows += [
        TreeRow(0, version, names.get(version.parent_id or 0, ""))
        for version in versions
        if version.body_id not in shown
    ]
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
    wanted = not category or version.category in categories_of(category=category)
    return words in text and wanted and rank in (None, version.rank)


def with_numbers(*, rows: Iterable[TreeRow], numbers: Mapping[tuple[int, str], Standing]) -> list[TreeRow]:
    """Return the rows with what `numbers` (balances.standing) says of their bodies, summed by group."""
    return [TreeRow(row.depth, row.version, row.parent, _grouped(row.version.body_id, numbers)) for row in rows]


def _grouped(body: int, numbers: Mapping[tuple[int, str], Standing]) -> dict[str, Standing]:
    return {
        group: sum((numbers.get((body, unit), NOTHING) for unit in units), NOTHING)
        for group, (_, units) in UNIT_GROUPS.items()
    }


def rows_of(*, body: Body, as_of: date) -> list[UnitRow]:
    """Return the units a body has or had, quota types first, with what other accepted cases would take."""
    numbers = balances.standing(territory=body.territory, as_of=as_of, bodies=[body])
    intents = intentions.intended(territory_id=body.territory_id, on=as_of)
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


def totals(*, territory: Territory, as_of: date) -> list[TotalRow]:
    """Return every unit of the district, quota types, leader posts, then organ places."""
    whole = balances.totals(territory=territory, as_of=as_of)
    sums: dict[str, Standing] = {}
    for (_, unit), numbers in balances.standing(territory=territory, as_of=as_of).items():
        sums[unit] = sums.get(unit, NOTHING) + numbers
    order = [*QuotaType.values, *LeaderLevel.values, *BodyCategory.values]
    kept = balances.reserved(territory=territory, as_of=as_of)
    talent: dict[str, int] = {}
    for unit, _, n in balances.of_talent_pool(territory=territory, as_of=as_of):
        talent[unit] = talent.get(unit, 0) + n
    return [
        TotalRow(
            unit, UNIT_LABELS[unit], whole[unit][0], sums.get(unit, NOTHING), _left(whole[unit][1], kept.get(unit)),
            sums.get(unit, NOTHING).held + kept.get(unit, 0), talent.get(unit, 0),
        )
        for unit in order
        if unit in whole
    ]  # fmt: skip


def _left(pool: int | None, kept: int | None) -> int | None:
    return None if pool is None else pool - (kept or 0)


def movements(
    *, territory: Territory, as_of: date, body: Body | None = None, unit: str = "", kind: str = ""
) -> QuerySet[Movement]:
    """Return the movements of the district up to a day, newest first, with posting and holders."""
    rows = Movement.objects.filter(posting__territory=territory, effective_on__lte=as_of)
    if body is not None:
        rows = rows.filter(Q(source__body=body) | Q(target__body=body))
    if unit:
        rows = rows.filter(unit__in=units_of(unit=unit))
    if kind:
        rows = rows.filter(posting__kind=kind)
    return rows.select_related("posting", "source__body", "target__body").order_by("-id")


def names_on(*, territory: Territory, as_of: date) -> dict[int, str]:
    """Return what the bodies are called by primary key: as of the day, or the last they were; namesakes by place."""
    rows: Any = BodyVersion.objects.filter(body__territory=territory, valid_from__lte=as_of).order_by(
        "valid_from", "id"
    )
    last = {row[0]: body_words.Known(*row) for row in rows.values_list(*body_words.COLUMNS)}
    return body_words.told_apart(last.values())
