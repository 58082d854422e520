"""The only place that says which members' own units a matter concerns: the units that its lines affect."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from proposals.organisation.bodies import BodyVersion
from proposals.text import alike
from proposals.vocabulary import BodyCategory

if TYPE_CHECKING:
    from proposals.case.models import Proposal


def members(case: Proposal | None, *, roll: Iterable[tuple[str, str]], on: date) -> list[str]:
    """Return the members (identity, unit) whose own unit a line of the case affects; proposing it is no concern.

    Names of units are compared as they read, in full and in short; an inner body belongs to the unit it stands in.
    """
    if case is None:
        return []
    names = {alike.key(name) for name in _names(case, on)}
    return [member for member, unit in roll if unit and alike.key(unit) in names]


def _names(case: Proposal, on: date) -> set[str]:
    bodies = {body for pair in case.lines.values_list("body", "counterpart") for body in pair if body}
    found = list(BodyVersion.objects.standing(on=on).filter(body__in=bodies))
    around = {one.parent_id for one in found if one.category == BodyCategory.INNER and one.parent_id}
    found += BodyVersion.objects.standing(on=on).filter(body__in=around - bodies)
    return {name for one in found for name in (one.name, one.short_name) if name}
