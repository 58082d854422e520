"""Law that stands without two people: rows that were laid down before changes were drawn up and confirmed.

Nothing proves afterwards who laid them down. Two people can look at every one of them and answer for it from now on.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from proposals.committee.models import MeetingRule
from proposals.law.changes import RulebookStep
from proposals.law.models import AuthorityRule, Cap, Provision, RuleChange, Setting
from proposals.procedure import chronicle

if TYPE_CHECKING:
    from proposals.organisation.people import Territory

TABLES: Mapping[str, type[Provision]] = MappingProxyType(
    {
        RulebookStep.CHANGE_RULE: AuthorityRule,
        RulebookStep.CHANGE_CAP: Cap,
        RulebookStep.CHANGE_SETTING: Setting,
        RulebookStep.CHANGE_MEETING_RULE: MeetingRule,
    }
)
Rows = Mapping[str, list[dict[str, Any]]]
NOT_SAID = ("id", "territory", "change")  # a row's place, not what it says


def rows(territory: Territory) -> Rows:
    """Return every row of the territory's law that no change made, by table and in order, as primitives."""
    found = {
        step: [_said(row) for row in table.objects.filter(territory=territory, change=None).order_by("pk")]
        for step, table in TABLES.items()
    }
    return {step: own for step, own in found.items() if own}


def digest(content: Rows) -> str:
    """Return the digest of such rows: what the rulebook's chain holds of them."""
    return chronicle.digest(content)


def provisions(territory: Territory, content: Rows) -> list[Provision]:
    """Return the rows that a change took over, as they were when it was drawn up; they are not saved."""
    return [_read(TABLES[step](territory=territory), row) for step, own in content.items() for row in own]


def take_over(change: RuleChange) -> None:
    """Let the rows that two people looked at stand on their change; what a row says stays."""
    for step, own in change.content["rows"].items():
        standing = TABLES[step].objects.filter(territory=change.territory, change=None)
        standing.filter(uuid__in=[row["uuid"] for row in own]).update(change=change)


def _said(row: Model) -> dict[str, Any]:
    fields = (field for field in row._meta.concrete_fields if field.name not in NOT_SAID)
    return {field.attname: chronicle.primitive(getattr(row, field.attname)) for field in fields}


def _read(row: Provision, said: Mapping[str, Any]) -> Provision:
    for field in row._meta.concrete_fields:
        if field.attname in said:
            setattr(row, field.attname, field.to_python(said[field.attname]))
    return row
