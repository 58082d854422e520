"""What bodies are called on paper: an inner body with its superior, and where it belongs where two bear one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from proposals.models import BodyVersion
from proposals.plan.trial import Plan
from proposals.prepared import PreparedIn
from proposals.read_together import read_together
from proposals.text import alike
from proposals.vocabulary import BodyCategory


def printed(*, plan: Plan, territory_id: int, lines: Iterable[Any], on: date) -> dict[UUID, str]:
    """Return the printed name of every body that the plan knows or a line founds."""
    facts = dict(plan.facts) | {
        change.body: change.values for done in plan.lines for change in done.changes if change.how == "OPEN"
    }
    named = {body: str(known["name"]) for body, known in facts.items() if known.get("name")}
    named |= {line.uuid: line.says.name or line.body_name for line in lines if line.target == line.uuid}
    if not named:
        return {}
    placed = {parent for known in facts.values() if (parent := known.get("parent")) and parent not in named}
    times = Counter(map(alike.key, named.values()))
    bearing = _BEARING.ask(times, territory=territory_id, on=on)
    others, *called = read_together(bearing, *([_CALLED.ask(placed, on=on)] if placed else []))
    parents = {**named, **dict(chain.from_iterable(called))}
    shared = _shared(times, (key for key, body in others if body not in named))
    return {body: _name(name, facts.get(body, {}), parents, shared) for body, name in named.items()}


_CALLED: PreparedIn[tuple[UUID, str]] = PreparedIn(
    lambda values, on: (
        BodyVersion.objects.standing(on=on).filter(body__uuid__in=values).values_list("body__uuid", "name")
    )
)
_BEARING: PreparedIn[tuple[str, UUID]] = PreparedIn(
    lambda values, territory, on: (
        BodyVersion.objects.standing(on=on)
        .filter(body__territory=territory, name_key__in=values)
        .values_list("name_key", "body__uuid")
    )
)


def _shared(named: Mapping[str, int], others: Iterable[str]) -> frozenset[str]:
    """Return the keys of names that more than one body bears: of those told of, and of the others of the territory."""
    return frozenset(key for key, n in (Counter(named) + Counter(others)).items() if n > 1)


def _name(name: str, known: Mapping[str, Any], parents: Mapping[Any, str], shared: frozenset[str]) -> str:
    parent = parents.get(known.get("parent"), "")
    if not parent or alike.key(name).startswith(alike.key(parent)):
        return name
    if known.get("category") == BodyCategory.INNER:
        return f"{parent}{name}"
    return f"{name}（{parent}所属）" if alike.key(name) in shared else name
