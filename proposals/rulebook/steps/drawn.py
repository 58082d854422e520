"""How a change of the rulebook is drawn up: kept whole, until another person settles it."""

from __future__ import annotations

from typing import Any

from proposals.law.models import RuleChange
from proposals.procedure.act import Act
from proposals.procedure.subjects import Rulebook


def draw(rulebook: Rulebook, act: Act, **more: Any) -> None:
    RuleChange.objects.create(
        uuid=act.facts["change"],
        territory=rulebook.territory,
        table=act.step,
        content={**{name: act.facts[name] for name in act.facts if name not in ("change", "reason")}, **more},
        reason=act.facts["reason"],
        drawn_by_id=act.actor.id,
        drawn_at=act.at,
    )
