"""How a change of the rulebook is settled by a second person, and what takes effect then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from proposals.committee import terms
from proposals.law.changes import RulebookStep
from proposals.law.models import Provision, RuleChange
from proposals.organisation.people import Appointment, Person
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, facts, text
from proposals.procedure.subjects import Rulebook
from proposals.rulebook import calendar_notices, profiles, standing_law
from proposals.rulebook.asks import CHANGE
from proposals.rulebook.standing_law import TABLES


@facts
class ConfirmChange:
    """What 「复核生效」 asks."""

    change: str = asked(CHANGE)


def confirm_change(rulebook: Rulebook, act: Act, told: ConfirmChange) -> None:
    """Let a change drawn up by somebody else take effect from its day."""
    change = RuleChange.objects.get(uuid=told.change)
    APPLY[change.table](change)
    _settle(act, RuleChange.Status.CONFIRMED)


@facts
class DeclineChange:
    """What 「复核不通过」 asks."""

    change: str = asked(CHANGE)
    remark: str = text("理由")


def decline_change(rulebook: Rulebook, act: Act, told: DeclineChange) -> None:
    """Decline a change with the reason."""
    _settle(act, RuleChange.Status.DECLINED)


def _settle(act: Act, status: str) -> None:
    RuleChange.objects.filter(uuid=act.facts["change"]).update(
        status=status, settled_by=act.actor.id, settled_at=act.at, remark=act.facts.get("remark", "")
    )


def provision(change: RuleChange) -> Provision:
    """Build the row that a change describes, without saving it."""
    content = dict(change.content)
    content.pop("row", None)
    for day in ("since", "until"):
        if content.get(day):
            content[day] = date.fromisoformat(content[day])
    # Facts cannot bear the names that perform itself uses.
    for fact, field in (("item", "key"), ("counted", "subject")):
        if fact in content:
            content[field] = content.pop(fact)
    return TABLES[change.table](territory=change.territory, change=change, **content)


def _add(change: RuleChange) -> None:
    row = provision(change)
    if replaced := change.content.get("row"):
        TABLES[change.table].objects.filter(uuid=replaced).update(until=row.since - timedelta(days=1))
    row.save(force_insert=True)


def _end(change: RuleChange) -> None:
    rows = TABLES[change.content["table"]].objects.filter(uuid=change.content["row"])
    rows.update(until=date.fromisoformat(change.content["until"]))


def _appoint(change: RuleChange) -> None:
    content = change.content
    Appointment.objects.create(
        person=Person.objects.get(uuid=content["person"]),
        duty=content["duty"],
        path=content.get("path") or change.territory.path,
        unit=content.get("unit", ""),
        since=date.fromisoformat(content["since"]),
        until=date.fromisoformat(content["until"]) if content.get("until") else None,
    )


def _end_appointment(change: RuleChange) -> None:
    rows = Appointment.objects.filter(pk=int(change.content["appointment"]))
    rows.update(until=date.fromisoformat(change.content["until"]))


def _beside_the_law(change: RuleChange) -> None:
    """Write nothing here: the register of numbers stands with the papers and follows the confirmation."""


APPLY: Mapping[str, Callable[[RuleChange], None]] = {
    RulebookStep.ADOPT_PROFILE: profiles.lay_down,
    RulebookStep.TAKE_OVER_LAW: standing_law.take_over,
    **dict.fromkeys(TABLES, _add),
    RulebookStep.END_PROVISION: _end,
    RulebookStep.CHANGE_CALENDAR: calendar_notices.apply,
    **dict.fromkeys((RulebookStep.OPEN_SERIES, RulebookStep.ENTER_NUMBERS), _beside_the_law),
    RulebookStep.APPOINT: _appoint,
    RulebookStep.END_APPOINTMENT: _end_appointment,
    RulebookStep.OPEN_TERM: terms.open_term,
    RulebookStep.SEAT_MEMBER: terms.seat,
    RulebookStep.END_SEAT: terms.end_seat,
}
