"""What follows in cases, registers of numbers and the security record when a change of the rulebook takes effect."""

from __future__ import annotations

from docs_templates.numbers import entering
from proposals.law.changes import RulebookStep
from proposals.models import Appointment, Person, RuleChange
from proposals.procedure.act import Act
from proposals.rulebook import calendar_notices
from proposals.vocabulary import Duty
from workflows import security_record
from workflows.desks import deadlines
from workflows.models import SecurityEvent


def follow(*, act: Act) -> None:
    """Let what a confirmed change moves outside the rulebook follow it."""
    change = RuleChange.objects.select_related("territory").get(uuid=act.facts["change"])
    if change.table == calendar_notices.STEP:
        deadlines.count_anew()
    elif change.table in (entering.OPEN, entering.ENTER):
        entering.apply(change=change, at=act.at)
    elif change.table in (RulebookStep.APPOINT, RulebookStep.END_APPOINTMENT):
        _note(change, act)


def _note(change: RuleChange, act: Act) -> None:
    """Keep who holds a duty from when, or until when, in the security record."""
    content = change.content
    if change.table == RulebookStep.APPOINT:
        who, duty, path = Person.objects.get(uuid=content["person"]), content["duty"], content.get("path")
        detail = f"任命：{who}，{Duty(duty).label}，{path or change.territory.path}，自{content['since']}起"
    else:
        row = Appointment.objects.select_related("person").get(pk=int(content["appointment"]))
        detail = f"免职：{row.person}，{Duty(row.duty).label}，{row.path}，至{content['until']}止"
    security_record.note(
        kind=SecurityEvent.Kind.APPOINTED, at=act.at, person=Person.objects.get(pk=act.actor.id),
        subject=f"change {change.uuid}", detail=detail,
    )  # fmt: skip
