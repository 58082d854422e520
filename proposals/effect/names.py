"""The last look at a name before a body bears it: whoever takes effect first has it, the other is told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from proposals.ledger.postings import LedgerRefused
from proposals.organisation.bodies import BodyVersion
from proposals.organisation.people import Territory
from proposals.procedure import locks
from proposals.text import alike
from proposals.vocabulary import BodyCategory


def claim(*, territory_id: int, facts: Mapping[UUID, Mapping[str, Any]], changing: Collection[UUID], on: date) -> None:
    """Refuse a name that another body bears from that day on; `facts` are those of bodies that come by a new name.

    Locks the territory as the trigger of the tree does, so that two papers of one moment are asked one after the
    other. Bodies that are `changing` in the same act may pass a name on. Raises LedgerRefused.
    """
    if not facts:
        return
    locks.hold(Territory.objects.filter(pk=territory_id))
    keys = {alike.key(given["name"]) for given in facts.values()}
    others = BodyVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), body__territory=territory_id)
    others = others.filter(name_key__in=keys).exclude(body__uuid__in=changing).select_related("parent")
    borne = {(one.name_key, _place(one.category, one.parent.uuid if one.parent else None)) for one in others}
    for given in facts.values():
        if (alike.key(given["name"]), _place(given["category"], given.get("parent"))) in borne:
            raise LedgerRefused(f"名称「{given['name']}」已由现有机构使用，先生效者得名，请更改名称后重新办理。")


def _place(category: str, parent: UUID | None) -> UUID | None:
    """Return within what a name must be its own: an inner body's within its superior, every other's everywhere."""
    return parent if category == BodyCategory.INNER else None
