"""The only place that says which members' own units a matter concerns: the units that its lines affect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from proposals.case.lines import ChangeLine
from proposals.organisation.bodies import BodyVersion
from proposals.text import alike
from proposals.vocabulary import BodyCategory

if TYPE_CHECKING:
    from proposals.case.models import Proposal


Names = Mapping[int, set[str]]


def members(case: Proposal | None, *, roll: Iterable[tuple[str, str]], on: date) -> list[str]:
    """Return the members (identity, unit) whose own unit a line of the case affects; proposing it is no concern."""
    return among(case, roll=roll, names=units([case], on=on)) if case else []


def among(case: Proposal | None, *, roll: Iterable[tuple[str, str]], names: Names) -> list[str]:
    """Return the members (identity, unit) whose own unit is one of those that the case affects."""
    affected = names.get(case.pk, set()) if case else set()
    return [member for member, unit in roll if unit and alike.key(unit) in affected]


def units(cases: Iterable[Proposal], *, on: date) -> Names:
    """Return the units that each case affects, by its key, as their names read in full and in short.

    An inner body belongs to the unit it stands in.
    """
    bodies: dict[int, set[int]] = defaultdict(set)
    lines = ChangeLine.objects.filter(proposal__in=[case.pk for case in cases])
    for case, *pair in lines.order_by().values_list("proposal", "body", "counterpart"):
        bodies[case].update(body for body in pair if body)
    if not any(bodies.values()):
        return {}
    found = _standing(set().union(*bodies.values()), on)
    around = {parent for versions in found.values() for one in versions if (parent := _around(one))}
    found |= _standing(around - set(found), on) if around - set(found) else {}
    return {case: _named(touched, found) for case, touched in bodies.items()}


def _standing(bodies: set[int], on: date) -> dict[int, list[BodyVersion]]:
    found: dict[int, list[BodyVersion]] = defaultdict(list)
    for one in BodyVersion.objects.standing(on=on).filter(body__in=bodies):
        found[one.body_id].append(one)
    return found


def _around(version: BodyVersion) -> int | None:
    """Return the body that an inner body stands in."""
    return version.parent_id if version.category == BodyCategory.INNER else None


def _named(bodies: set[int], versions: Mapping[int, list[BodyVersion]]) -> set[str]:
    own = [one for body in bodies for one in versions.get(body, ())]
    around = {parent for one in own if (parent := _around(one))}
    found = [*own, *(one for body in around - bodies for one in versions.get(body, ()))]
    return {alike.key(name) for one in found for name in (one.name, one.short_name) if name}
