"""What the steps of a rulebook write: law and appointments change by two people, one draws up, one confirms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from proposals.committee import terms
from proposals.committee.models import MeetingRule, Role
from proposals.law.models import AuthorityRule, Cap, Provision, RuleChange, Setting
from proposals.organisation.people import Appointment, Person
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, choice, count, facts, line, text
from proposals.procedure.subjects import Rulebook
from proposals.procedure.table import Row
from proposals.rulebook import calendar_notices, profiles
from proposals.rulebook.asks import CHANGE, CITATION, ROLES, SINCE, UNTIL, USES, WHY, WORD, YEAR
from proposals.vocabulary import Duty as D

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


@facts
class AdoptProfile:
    """What 「拟定启用办事规则」 asks."""

    profile: str = line("办事规则")
    digest: str = line("内容校验值")
    since: date | None = asked(SINCE)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def adopt_profile(rulebook: Rulebook, act: Act, told: AdoptProfile) -> None:
    """Draw up the founding law: every row of a ready profile, whose digest the facts name."""
    _draw(rulebook, act, rows=profiles.rows(told.profile))


@facts
class ChangeRule:
    """What 「拟定权限规则」 asks."""

    decider: str = line("决定机关")
    mode: str = line("方式")
    citation: str = asked(CITATION)
    since: date | None = asked(SINCE)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def change_rule(rulebook: Rulebook, act: Act, told: ChangeRule) -> None:
    """Draw up a new authority row; it follows the row named in `row`, if one is named."""
    _draw(rulebook, act)


@facts
class ChangeCap:
    """What 「拟定限额」 asks."""

    counted: str = line("对象")
    paper: str = line("批准文件")
    citation: str = asked(CITATION)
    since: date | None = asked(SINCE)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def change_cap(rulebook: Rulebook, act: Act, told: ChangeCap) -> None:
    """Draw up a new cap on the paper that gives it."""
    _draw(rulebook, act)


@facts
class ChangeSetting:
    """What 「拟定办事设置」 asks."""

    topic: str = line("类别")
    item: str = line("项目")
    citation: str = asked(CITATION)
    since: date | None = asked(SINCE)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def change_setting(rulebook: Rulebook, act: Act, told: ChangeSetting) -> None:
    """Draw up a new value of a setting."""
    _draw(rulebook, act)


@facts
class ChangeMeetingRule:
    """What 「拟定议事规则」 asks."""

    citation: str = asked(CITATION)
    since: date | None = asked(SINCE)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def change_meeting_rule(rulebook: Rulebook, act: Act, told: ChangeMeetingRule) -> None:
    """Draw up a new rule of meeting; meetings already called keep the one frozen for them."""
    _draw(rulebook, act)


@facts
class ChangeCalendar:
    """What 「拟定节假日安排」 asks."""

    year: int = count("年份")
    citation: str = line("通知名称、文号")
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def change_calendar(rulebook: Rulebook, act: Act, told: ChangeCalendar) -> None:
    """Draw up the holidays and swapped working days of a year, as the yearly notice names them."""
    _draw(rulebook, act)


@facts
class OpenSeries:
    """What 「拟定启用发文字号」 asks."""

    role: str = choice("用于", ROLES)
    word: str = asked(WORD)
    year: int = asked(YEAR)
    first: int = count("起始号", help="系统从这个号开始编；此前的号视为线下已用")
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def open_series(rulebook: Rulebook, act: Act, told: OpenSeries) -> None:
    """Draw up the series of a year: for which papers, under which word, from which number on."""
    _draw(rulebook, act)


@facts
class EnterNumbers:
    """What 「拟定登记线下（作废）文号」 asks."""

    word: str = asked(WORD)
    year: int = asked(YEAR)
    first: int = count("起号")
    last: int = count("止号")
    use: str = choice("情形", USES)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def enter_numbers(rulebook: Rulebook, act: Act, told: EnterNumbers) -> None:
    """Draw up a run of numbers that were used on paper, or are left out."""
    _draw(rulebook, act)


@facts
class OpenTerm:
    """What 「拟定编委换届」 asks."""

    name: str = line("届次")
    since: date | None = asked(SINCE)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def open_term(rulebook: Rulebook, act: Act, told: OpenTerm) -> None:
    """Draw up a new term of the committee with its members (换届)."""
    _draw(rulebook, act)


@facts
class SeatMember:
    """What 「拟定编委组成人员」 asks."""

    person: str = line("人员")
    role: str = choice("身份", tuple(Role.choices))
    order: int = count("职务排序")
    since: date | None = asked(SINCE)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def seat_member(rulebook: Rulebook, act: Act, told: SeatMember) -> None:
    """Draw up a seat in the committee's present term."""
    _draw(rulebook, act)


@facts
class EndSeat:
    """What 「拟定编委人员免职」 asks."""

    seat: str = line("原职务")
    until: date | None = asked(UNTIL)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def end_seat(rulebook: Rulebook, act: Act, told: EndSeat) -> None:
    """Draw up the last day of a seat."""
    _draw(rulebook, act)


@facts
class EndProvision:
    """What 「拟定废止」 asks."""

    table: str = line("对象")
    row: str = line("原条目")
    until: date | None = asked(UNTIL)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def end_provision(rulebook: Rulebook, act: Act, told: EndProvision) -> None:
    """Draw up the end of a row without a successor."""
    _draw(rulebook, act)


@facts
class Appoint:
    """What 「拟定任职」 asks."""

    person: str = line("人员")
    duty: str = line("职责")
    since: date | None = asked(SINCE)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def appoint(rulebook: Rulebook, act: Act, told: Appoint) -> None:
    """Draw up the appointment of a person to a duty."""
    _draw(rulebook, act)


@facts
class EndAppointment:
    """What 「拟定免职」 asks."""

    appointment: str = line("原任职")
    until: date | None = asked(UNTIL)
    reason: str = asked(WHY)
    change: str = asked(CHANGE)


def end_appointment(rulebook: Rulebook, act: Act, told: EndAppointment) -> None:
    """Draw up the last day of an appointment."""
    _draw(rulebook, act)


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
