"""Who a paper goes down to: the bodies it concerns with their superiors, and who gets a copy of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from docs_templates.sources.lines import body_names
from proposals.law.lawbook import Lawbook
from proposals.models import BodyVersion
from proposals.text import alike
from proposals.vocabulary import BodyCategory, Origin

if TYPE_CHECKING:
    from docs_templates.sources.dossier import Dossier

ALL_CONCERNED = "各有关单位"
MOST = 5  # so many are addressed by name
FOUNDING = frozenset({"OPEN", "CLOSE"})


def concerned(dossier: Dossier) -> tuple[str, ...]:
    """Return every body concerned, in the order of the lines: an inner body is reached through its superior.

    What is founded or ended is told to the body and to its superior.
    """
    names = list(dict.fromkeys(name for name in _named(dossier) if name))
    return tuple(names or [dossier.case.proposer])


def _named(dossier: Dossier) -> Iterator[str]:
    plan, case = dossier.adjustments.plan, dossier.case
    lines, on = case.change_lines, dossier.act.happened_on
    names = body_names.printed(plan=plan, territory_id=case.territory_id, lines=lines, on=on)
    standing = {version.body.uuid: version for version in dossier.bodies}
    changes = {change.body: change for done in plan.lines for change in done.changes if change.how in FOUNDING}
    for line in lines:
        for body in (line.target, line.other):
            if body is None:
                continue
            superior, inner = _superior(body, dossier, standing, changes)
            if not inner:
                yield names.get(body, "")
            if inner or body in changes:
                yield superior


def _superior(body: UUID, dossier: Dossier, standing: dict[UUID, BodyVersion], changes: dict) -> tuple[str, bool]:
    """Return the name of the body's superior, and whether the body is an inner one."""
    version = standing.get(body)
    if version is not None:
        return dossier.parents.get(version.parent_id or 0, ""), version.category == BodyCategory.INNER
    opened = changes.get(body)
    values = opened.values if opened else {}
    parent = values.get("parent")
    row = BodyVersion.objects.standing(on=dossier.act.happened_on).filter(body__uuid=parent).first() if parent else None
    return row.name if row else "", values.get("category") == BodyCategory.INNER


def addressed(names: tuple[str, ...]) -> str:
    """Return the names as a paper addresses them; many of them together."""
    return "，".join(names) if len(names) <= MOST else ALL_CONCERNED


def copies(dossier: Dossier, *, told: tuple[str, ...], to: str) -> str:
    """Return who gets a copy: bodies concerned that are not addressed, who asked and was asked, who always gets one.

    Names that read alike are one recipient, however they were typed.
    """
    case = dossier.case
    addressees = set(map(alike.key, told if to == ALL_CONCERNED else to.split("，")))
    asked = [one.unit for one in case.opinions.all()]
    always = Lawbook.of(case=case, on=dossier.act.happened_on).copies()
    proposer = [case.proposer] if case.origin == Origin.UNIT else []
    found: dict[str, str] = {}
    for name in (*told, *proposer, *asked, *always):
        if (key := alike.key(name)) and key not in addressees:
            found.setdefault(key, name)
    return "，".join(found.values())
