"""The rulebook in the browser: the law as of a day, changes that wait for a second person, and drawing one up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone

from project.web import door
from project.web.access import policy, registers
from project.web.access.visit import Visit
from project.web.forms.rulebook import calendar as calendar_form
from project.web.forms.rulebook import number_series as number_forms
from project.web.forms.rulebook import rules as forms_of
from project.web.forms.rulebook.meeting_rule import MeetingRuleForm, SeatForm, TermForm, told
from project.web.intake import readers
from proposals.law.changes import RulebookStep
from proposals.law.lawbook import Lawbook
from proposals.law.routing import ORDER
from proposals.models import (
    AuthorityRule,
    CalendarNotice,
    Cap,
    ChangeOp,
    MeetingRule,
    Membership,
    Rulebook,
    RuleChange,
    Setting,
    SubjectKind,
    Territory,
)
from proposals.procedure.act import uuid_in
from proposals.rulebook import appointing, profiles, standing_law
from proposals.rulebook.lifecycle import RULEBOOK_STEPS
from proposals.rulebook.standing_law import TABLES
from proposals.rules import law
from proposals.vocabulary import Decider, Severity
from workflows.attempt import Ref

LABELS: Mapping[str, str] = {row.step: row.label for row in RULEBOOK_STEPS}
FORMS: Mapping[str, type[Any]] = {
    RulebookStep.CHANGE_RULE: forms_of.RuleForm,
    RulebookStep.CHANGE_CAP: forms_of.CapForm,
    RulebookStep.CHANGE_SETTING: forms_of.SettingForm,
    RulebookStep.CHANGE_MEETING_RULE: MeetingRuleForm,
    RulebookStep.CHANGE_CALENDAR: calendar_form.CalendarForm,
    RulebookStep.OPEN_SERIES: number_forms.SeriesForm,
    RulebookStep.ENTER_NUMBERS: number_forms.RunForm,
}


def rulebook(request: Visit) -> HttpResponse:
    """Show authority, caps, settings and clauses as of a day, and what waits for confirmation."""
    district, as_of = registers.district_of(request), registers.day_of(request)
    lawbook = Lawbook.standing(territory=district, on=as_of)
    settings = Setting.objects.in_force(territory=district, on=as_of)
    context = {
        **registers.frame(request, district=district, as_of=as_of),
        "rulebook": Rulebook.objects.get(territory=district),
        "may": policy.opens(name="rulebook_step", held=policy.held_by(request)),
        "waiting": RuleChange.objects.filter(territory=district, status=RuleChange.Status.WAITING).select_related(
            "drawn_by"
        ),
        "settled": RuleChange.objects.filter(territory=district).exclude(status=RuleChange.Status.WAITING)[:20],
        "labels": LABELS,
        "stands": profiles.law_stands(district),
        "unproven": sum(len(own) for own in standing_law.rows(district).values()),
        "authority": routes(AuthorityRule.objects.in_force(territory=district, on=as_of)),
        "caps": Cap.objects.in_force(territory=district, on=as_of),
        "settings": [(row, forms_of.name_of(row), forms_of.shown(row)) for row in settings],
        "meeting_rules": [(row, told(row.rule)) for row in MeetingRule.objects.in_force(territory=district, on=as_of)],
        "members": Membership.objects.filter(term__territory=district, until=None).select_related("person", "term"),
        "terms": district.committee_terms.order_by("-since"),
        "calendars": [
            (one, calendar_form.initial_of(one)["text"].splitlines())
            for one in CalendarNotice.objects.filter(stands=True).order_by("-year")[:3]
        ],
        "clauses": [
            (rule, Severity(lawbook.severity(rule.code) or rule.severity), rule.in_force(on=as_of))
            for rule in law.RULES
        ],
        "appointments": appointing.own(district).filter(until=None).select_related("person"),
    }
    return render(request, "rulebook/rulebook.html", context)


def routes(rows: Iterable[AuthorityRule]) -> list[tuple[AuthorityRule, str, list[AuthorityRule]]]:
    """Return the authority rows as one line a route: what they have in common, the lines it holds for, and its legs.

    Rows with the same conditions and citation are one route; change lines with the same route share a line.
    """
    legs: dict[tuple[Any, ...], list[AuthorityRule]] = {}
    for row in rows:
        own = (row.category, row.unit, row.min_rank, row.max_rank, row.raises_total, row.citation, row.since)
        legs.setdefault((row.kind, row.op, *own), []).append(row)
    shared: dict[tuple[Any, ...], list[AuthorityRule]] = {}
    for (kind, _, *conditions), found in legs.items():
        route = tuple(sorted((height(row), row.mode) for row in found))
        shared.setdefault((kind, *conditions, route), []).extend(found)
    return [
        (group[0], ops_of(group), sorted(group, key=lambda row: (row.op, height(row)))) for group in shared.values()
    ]


def height(row: AuthorityRule) -> int:
    """Return how far up the deciding body stands."""
    return ORDER.index(Decider(row.decider))


def ops_of(group: Iterable[AuthorityRule]) -> str:
    """Return the change lines that share a route."""
    return "、".join(dict.fromkeys(str(ChangeOp(row.op).label) for row in group if row.op))


def rulebook_step(request: Visit, step: str) -> HttpResponse:
    """Show the form that draws up a change, or draw it up; confirmation belongs to another person."""
    if step not in LABELS or step in (
        RulebookStep.ADOPT_PROFILE,
        RulebookStep.TAKE_OVER_LAW,
        RulebookStep.CONFIRM_CHANGE,
        RulebookStep.DECLINE_CHANGE,
    ):
        raise Http404
    district = registers.district_of(request)
    book = Rulebook.objects.select_related("territory").get(territory=district)
    fixed, initial = _from_row(request, district, step)
    form = _form(request, district, step, initial)
    reasons: Any = () if request.method == "POST" else door.against(request, subject=book, step=step)
    status = door.status_of(reasons) if reasons else 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            facts = {**form.facts(), **fixed, "change": change_of(request, book)}
            taken = _take(request, book, step, facts)
            if taken.entry is not None:
                messages.success(request, f"已{LABELS[step]}，待另一人复核后生效。")
                return redirect(f"{reverse('rulebook')}?district={district.uuid}")
            reasons, status = taken.reasons, taken.status
    context = {"district": district, "rulebook": book, "label": LABELS[step], "form": form, "reasons": reasons}
    return render(request, "rulebook/step.html", context, status=status)


def change_of(request: Visit, book: Rulebook) -> str:
    """Return the identity of the change that a form draws up: sent twice, it still names one."""
    return str(uuid5(book.uuid, readers.word(request.POST, "key")))


def _form(request: Visit, district: Territory, step: str, initial: dict[str, Any]) -> Any:
    data = request.POST if request.method == "POST" else None
    if step == RulebookStep.APPOINT:
        return forms_of.AppointForm(data, territory=district, on=timezone.localdate())
    if step in (RulebookStep.SEAT_MEMBER, RulebookStep.OPEN_TERM):
        return (SeatForm if step == RulebookStep.SEAT_MEMBER else TermForm)(data, territory=district)
    if isinstance(initial.get("value"), dict):
        initial = {**initial, **MeetingRuleForm.initial_of(initial["value"])}
    return FORMS.get(step, forms_of.EndForm)(data, initial=initial)


def _from_row(request: Visit, district: Territory, step: str) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the facts that the address fixes (which row follows or ends) and what the form begins with."""
    named = readers.word(request.GET, "row")
    if step == RulebookStep.END_APPOINTMENT:
        return {"appointment": named}, {}
    if step == RulebookStep.END_SEAT:
        return {"seat": named}, {}
    if step in (RulebookStep.OPEN_SERIES, RulebookStep.ENTER_NUMBERS):
        return {}, number_forms.initial_of(request.GET)
    if step == RulebookStep.CHANGE_CALENDAR and named:
        notice = get_object_or_404(CalendarNotice, uuid=uuid_in(named), stands=True)
        return {"replaces": named}, calendar_form.initial_of(notice)
    table = readers.word(request.GET, "table") or step if step == RulebookStep.END_PROVISION else step
    if not named:
        return {}, {}
    try:
        row = TABLES[table].objects.filter(uuid=UUID(named), territory=district).first()
    except (KeyError, ValueError):
        row = None
    if row is None:
        raise Http404
    fixed = {"row": named, "table": table} if step == RulebookStep.END_PROVISION else {"row": named}
    return fixed, forms_of.initial_of(row)


def rule_change(request: Visit, change: UUID) -> HttpResponse:
    """Confirm or decline a change that somebody else drew up."""
    district = registers.district_of(request)
    found = RuleChange.objects.filter(uuid=change, territory__in=registers.districts(request)).first()
    if found is None or request.method != "POST":
        raise Http404
    book = Rulebook.objects.select_related("territory").get(territory=found.territory)
    step = RulebookStep.DECLINE_CHANGE if readers.word(request.POST, "do") == "decline" else RulebookStep.CONFIRM_CHANGE
    facts = {"change": str(change), "remark": readers.word(request.POST, "remark")}
    taken = _take(request, book, step, {name: value for name, value in facts.items() if value})
    back = f"{reverse('rulebook')}?district={district.uuid}"
    if taken.entry is None:
        return door.refusal(request, taken=taken, back=back)
    messages.success(request, f"已{LABELS[step]}。")
    return redirect(back)


def _take(request: Visit, book: Rulebook, step: str, facts: dict[str, Any]) -> door.Taken:
    return door.take(request, subject=Ref(SubjectKind.RULEBOOK, book.uuid), step=step, facts=facts, seen_matters=False)


urlpatterns = [
    path("rulebook/", rulebook, name="rulebook"),
    path("rulebook/steps/<slug:step>/", rulebook_step, name="rulebook_step"),
    path("rulebook/changes/<uuid:change>/", rule_change, name="rule_change"),
]
