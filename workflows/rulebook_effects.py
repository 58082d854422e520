"""What follows in cases and registers of numbers when a change of the rulebook takes effect."""

from __future__ import annotations

from docs_templates import reserving
from proposals import calendar_notices
from proposals.act import Act
from proposals.models import RuleChange
from workflows import deadlines


def follow(*, act: Act) -> None:
    """Let what a confirmed change moves outside the rulebook follow it."""
    change = RuleChange.objects.select_related("territory").get(uuid=act.facts["change"])
    if change.table == calendar_notices.STEP:
        deadlines.count_anew()
    elif change.table in (reserving.OPEN, reserving.ENTER):
        reserving.apply(change=change, at=act.at)
