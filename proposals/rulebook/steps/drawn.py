"""How a change of the rulebook is drawn up: kept whole, until another person settles it."""

from __future__ import annotations

from typing import Any

from proposals.law.models import RuleChange
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, facts
from proposals.procedure.subjects import Rulebook
from proposals.rulebook.asks import CHANGE, WHY


@facts
class Drawn:
    """What every change asks at its end: why it is made, and the uuid under which it is kept."""

    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def draw(rulebook: Rulebook, act: Act, **more: Any) -> None:
    """Keep what an act says as a change that waits for its second person; `more` is what the system adds to it."""
    RuleChange.objects.create(
        uuid=act.facts["change"],
        territory=rulebook.territory,
        table=act.step,
        content={**{name: act.facts[name] for name in act.facts if name not in ("change", "reason")}, **more},
        reason=act.facts["reason"],
        drawn_by_id=act.actor.id,
        drawn_at=act.at,
    )
