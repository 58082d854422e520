"""What the steps of a rulebook write: law and appointments change by two people, one draws up, one confirms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from proposals.committee import terms
from proposals.committee.models import MeetingRule
from proposals.law.models import AuthorityRule, Cap, Provision, RuleChange, Setting
from proposals.organisation.people import Appointment, Person
from proposals.procedure.act import Act
from proposals.procedure.table import Row
from proposals.rulebook import calendar_notices, profiles
from proposals.vocabulary import Duty as D

if TYPE_CHECKING:
    from proposals.procedure.subjects import Rulebook

LAW = (D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR)
PEOPLE = (D.SYSADMIN, D.OFFICE_DIRECTOR, D.OFFICE_CLERK)
SETTLING = (D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR, D.SECADMIN)

RULEBOOK_STEPS: tuple[Row, ...] = (
    Row("adopt_profile", "拟定启用办事规则", ("",), None, LAW),
    Row("change_rule", "拟定权限规则", ("",), None, LAW),
    Row("change_cap", "拟定限额", ("",), None, LAW),
    Row("change_setting", "拟定办事设置", ("",), None, LAW),
    Row("change_meeting_rule", "拟定议事规则", ("",), None, LAW),
    Row("change_calendar", "拟定节假日安排", ("",), None, LAW),
    Row("open_series", "拟定启用发文字号", ("",), None, LAW),
    Row("enter_numbers", "拟定登记线下（作废）文号", ("",), None, LAW),
    Row("end_provision", "拟定废止", ("",), None, LAW),
    Row("open_term", "拟定编委换届", ("",), None, PEOPLE),
    Row("seat_member", "拟定编委组成人员", ("",), None, PEOPLE),
    Row("end_seat", "拟定编委人员免职", ("",), None, PEOPLE),
    Row("appoint", "拟定任职", ("",), None, PEOPLE),
    Row("end_appointment", "拟定免职", ("",), None, PEOPLE),
    Row("confirm_change", "复核生效", ("",), None, SETTLING),
    Row("decline_change", "复核不通过", ("",), None, SETTLING),
)

TABLES: Mapping[str, type[Provision]] = {
    "change_rule": AuthorityRule,
    "change_cap": Cap,
    "change_setting": Setting,
    "change_meeting_rule": MeetingRule,
}


def adopt_profile(rulebook: Rulebook, act: Act) -> None:
    """Draw up the founding law: every row of a ready profile, whose digest the facts name."""
    _draw(rulebook, act, rows=profiles.rows(act.facts["profile"]))


def change_rule(rulebook: Rulebook, act: Act) -> None:
    """Draw up a new authority row; it follows the row named in `row`, if one is named."""
    _draw(rulebook, act)


def change_cap(rulebook: Rulebook, act: Act) -> None:
    """Draw up a new cap on the paper that gives it."""
    _draw(rulebook, act)


def change_setting(rulebook: Rulebook, act: Act) -> None:
    """Draw up a new value of a setting."""
    _draw(rulebook, act)


def change_meeting_rule(rulebook: Rulebook, act: Act) -> None:
    """Draw up a new rule of meeting; meetings already called keep the one frozen for them."""
    _draw(rulebook, act)


def change_calendar(rulebook: Rulebook, act: Act) -> None:
    """Draw up the holidays and swapped working days of a year, as the yearly notice names them."""
    _draw(rulebook, act)


def open_series(rulebook: Rulebook, act: Act) -> None:
    """Draw up the series of a year: for which papers, under which word, from which number on."""
    _draw(rulebook, act)


def enter_numbers(rulebook: Rulebook, act: Act) -> None:
    """Draw up a run of numbers that were used on paper, or are left out."""
    _draw(rulebook, act)


def open_term(rulebook: Rulebook, act: Act) -> None:
    """Draw up a new term of the committee with its members (换届)."""
    _draw(rulebook, act)


def seat_member(rulebook: Rulebook, act: Act) -> None:
    """Draw up a seat in the committee's present term."""
    _draw(rulebook, act)


def end_seat(rulebook: Rulebook, act: Act) -> None:
    """Draw up the last day of a seat."""
    _draw(rulebook, act)


def end_provision(rulebook: Rulebook, act: Act) -> None:
    """Draw up the end of a row without a successor."""
    _draw(rulebook, act)


def appoint(rulebook: Rulebook, act: Act) -> None:
    """Draw up the appointment of a person to a duty."""
    _draw(rulebook, act)


def end_appointment(rulebook: Rulebook, act: Act) -> None:
    """Draw up the last day of an appointment."""
    _draw(rulebook, act)


def confirm_change(rulebook: Rulebook, act: Act) -> None:
    """Let a change drawn up by somebody else take effect from its day."""
    change = RuleChange.objects.get(uuid=act.facts["change"])
    APPLY[change.table](change)
    _settle(act, RuleChange.Status.CONFIRMED)


def decline_change(rulebook: Rulebook, act: Act) -> None:
    """Decline a change with the reason."""
    _settle(act, RuleChange.Status.DECLINED)


def _draw(rulebook: Rulebook, act: Act, **more: Any) -> None:
    RuleChange.objects.create(
        uuid=act.facts["change"],
        territory=rulebook.territory,
        table=act.step,
        content={**{name: act.facts[name] for name in act.facts if name not in ("change", "reason")}, **more},
        reason=act.facts["reason"],
        drawn_by_id=act.actor.id,
        drawn_at=act.at,
    )


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
    "adopt_profile": profiles.lay_down,
    **dict.fromkeys(TABLES, _add),
    "end_provision": _end,
    "change_calendar": calendar_notices.apply,
    **dict.fromkeys(("open_series", "enter_numbers"), _beside_the_law),
    "appoint": _appoint,
    "end_appointment": _end_appointment,
    "open_term": terms.open_term,
    "seat_member": terms.seat,
    "end_seat": terms.end_seat,
}
