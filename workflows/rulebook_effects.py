"""What follows in cases and registers of numbers when a change of the rulebook takes effect."""

from __future__ import annotations

from docs_templates.numbers import entering
from proposals.models import RuleChange
from proposals.procedure.act import Act
from proposals.rulebook import calendar_notices
from workflows.desks import deadlines


def follow(*, act: Act) -> None:
    """Let what a confirmed change moves outside the rulebook follow it."""
    change = RuleChange.objects.select_related("territory").get(uuid=act.facts["change"])
    if change.table == calendar_notices.STEP:
        deadlines.count_anew()
    elif change.table in (entering.OPEN, entering.ENTER):
        entering.apply(change=change, at=act.at)
