"""The page of a case: what it asks, what was recorded, and the steps I may take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from project.web import door
from project.web.access import cases, lists, registers
from project.web.access.visit import Visit
from project.web.case import casefile, consents, differences, preview
from project.web.intake import readers
from project.web.pages.drafting.lines import ahead_of
from project.web.tables import plan_tables
from proposals.case import questions
from proposals.case.lifecycle import CaseStep
from proposals.case.values import titles
from proposals.law import law_in_time
from proposals.law.routing import RouteLeg
from proposals.models import AgendaItem, Form, Proposal
from proposals.plan import trial
from proposals.vocabulary import State
from workflows.desks import deadlines, lending, reading
from workflows.papers import manuscripts

ENDED = (State.CLOSED, State.ARCHIVED, State.WITHDRAWN, State.VOID)
TABS = (
    ("plan", "事项与方案"),
    ("argument", "论证"),
    ("evidence", "佐证材料"),
    ("papers", "文书"),
    ("meetings", "会议与表决"),
    ("record", "办理记录"),
    ("rounds", "版本对比"),
)


def case(request: Visit, case: UUID) -> HttpResponse:
    """Show one case; `tab` names the part that is laid open."""
    found = cases.case_of(request, case)
    tab = readers.word(request.GET, "tab") or "plan"
    if tab not in PARTS:
        raise Http404
    entries = casefile.entries_of(found)
    holder = lists.holders([found]).get(found.uuid)
    context = {
        "case": found,
        "tab": tab,
        "tabs": TABS,
        "road": casefile.road(entries),
        "holder": holder,
        "lendings": _rights(found),
        "circulated": found.agenda_items.filter(
            meeting__form=Form.CIRCULATION, status=AgendaItem.Status.CONCLUDED
        ).last(),
        **_road(found),
        "titled": titles.of_case(found),
        "limit": deadlines.standing(case=found, item=holder),
        "choices": casefile.choices(request, found),
        "may_edit": cases.may_edit(request, found),
        "may_file": cases.may_file(request, found),
        "entries": entries,
        "alike": lists.alike(case=found, held=request.held, person_id=request.user.pk) if tab == "plan" else [],
        **PARTS[tab](request, found, entries),
    }
    return render(request, "cases/case.html", context)


def _rights(case: Proposal) -> list[str]:
    """Return who does a lent duty on the case today, and who was let read it."""
    today = timezone.localdate()
    lent = [lending.said(row) for row in lending.on(case=case, day=today)]
    return [*lent, *(reading.said(row) for row in reading.on(case=case, day=today))]


def _road(case: Proposal) -> dict[str, Any]:
    """Return who decides the case, and what the law of today would say where the matter is still under way."""
    legs = law_in_time.in_words([RouteLeg(leg["decider"], leg["mode"], leg["citation"]) for leg in case.route])
    open_still = case.effective_on is None and case.state not in ENDED
    return {"legs": legs, "other_law": law_in_time.other(case=case, on=timezone.localdate()) if open_still else None}


def plan_part(request: Visit, case: Proposal, entries: Any) -> dict[str, Any]:
    """Return the change lines and, while nothing is posted yet, what they would change as of a day."""
    lines, as_of = trial.lines_of(case), registers.day_of(request)
    names = lists.names_of(lines, on=case.effective_on or as_of)
    part: dict[str, Any] = {"lines": plan_tables.lines(lines, names=names), "basis": case.basis.all()}
    if case.effective_on is None and lines and case.state not in (State.WITHDRAWN, State.VOID, State.ARCHIVED):
        part |= ahead_of(request, case, preview.of(case, on=as_of))
    return part


def argument_part(request: Visit, case: Proposal, entries: Any) -> dict[str, Any]:
    """Return every question asked of this kind with its answer, and the opinions of affected bodies."""
    answers = {answer.question: answer for answer in case.answers.all()}
    asked = [(question, answers.get(question.code)) for question in questions.asked(kind=case.kind)]
    return {"asked": asked, "opinions": consents.opinions_of(case), "words": consents.consents_of(case)}


def evidence_part(request: Visit, case: Proposal, entries: Any) -> dict[str, Any]:
    """Return the files that came from outside."""
    return {"evidence": lists.evidence_of(case)}


def papers_part(request: Visit, case: Proposal, entries: Any) -> dict[str, Any]:
    """Return the papers made from frozen facts, with number and signed scan, and the packages."""
    return {
        "papers": lists.papers_of(case),
        "manuscripts": manuscripts.of(case),
        "packages": lists.packages_of([case]),
    }


def meetings_part(request: Visit, case: Proposal, entries: Any) -> dict[str, Any]:
    """Return every time the case was before the committee."""
    return {"items": case.agenda_items.select_related("meeting__territory").order_by("meeting__starts_at")}


def record_part(request: Visit, case: Proposal, entries: Any) -> dict[str, Any]:
    """Return the record in words."""
    tasks = case.tasks.all()
    finishing = bool(tasks) and not door.against(request, subject=case, step=CaseStep.FINISH_TASK)
    return {"record": casefile.record(entries), "tasks": tasks, "finishing": finishing}


def rounds_part(request: Visit, case: Proposal, entries: Any) -> dict[str, Any]:
    """Return what changed from each round to the next."""
    rounds = list(case.rounds.order_by("id"))
    pairs = zip(rounds, rounds[1:], strict=False)
    return {
        "rounds": rounds,
        "compared": [(old, new, differences.compare(old.snapshot, new.snapshot)) for old, new in pairs],
    }


PARTS: Mapping[str, Callable[[Visit, Proposal, Any], dict[str, Any]]] = {
    "plan": plan_part,
    "argument": argument_part,
    "evidence": evidence_part,
    "papers": papers_part,
    "meetings": meetings_part,
    "record": record_part,
    "rounds": rounds_part,
}

urlpatterns = [path("cases/<uuid:case>/", case, name="case")]
