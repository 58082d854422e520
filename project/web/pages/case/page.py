"""The page of a case: what it asks, what was recorded, and the steps I may take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
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
from project.web.case.page_reading import PageReading
from project.web.intake import readers
from project.web.pages.drafting.lines import ahead_of
from project.web.tables import plan_tables
from proposals.case import questions
from proposals.case.lifecycle import CaseStep
from proposals.case.values import titles
from proposals.law import law_in_time
from proposals.law.routing import RouteLeg
from proposals.models import AgendaItem, Form
from proposals.organisation import body_words
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
    read = PageReading(found, timezone.localdate(), who=request.user.pk, plans=tab == "plan")
    part = PARTS[tab](request, read)  # first: the plan reads its bodies with their accounts, the law asks of them too
    context = {
        "case": found,
        "tab": tab,
        "tabs": TABS,
        "road": casefile.road(read.entries),
        "holder": read.holder,
        "lendings": [*map(lending.said, read.lent), *map(reading.said, read.readings)],
        "circulated": _circulated(read),
        **_road(read),
        "titled": titles.of_case(found, titles.held(found, read.rounds) if found.agreed is not False else None),
        "limit": deadlines.standing(case=found, item=read.holder),
        "choices": casefile.choices(request, read),
        "may_edit": cases.may_edit(request, found, lent=read.lent),
        "may_file": cases.may_file(request, found, lent=read.lent),
        "entries": read.entries,
        "alike": lists.alike(case=found, held=request.held, person_id=request.user.pk) if tab == "plan" else [],
        **part,
    }
    return render(request, "cases/case.html", context)


def _circulated(read: PageReading) -> AgendaItem | None:
    """Return the item on which members last agreed by letter; what was never sent round costs no query."""
    if all(entry.step != CaseStep.CIRCULATE for entry in read.entries):
        return None
    return read.case.agenda_items.filter(meeting__form=Form.CIRCULATION, status=AgendaItem.Status.CONCLUDED).last()


def _road(read: PageReading) -> dict[str, Any]:
    """Return who decides the case, and what the law of today would say where the matter is still under way."""
    case = read.case
    legs = law_in_time.in_words([RouteLeg(leg["decider"], leg["mode"], leg["citation"]) for leg in case.route])
    open_still = case.effective_on is None and case.state not in ENDED
    other = law_in_time.other(case=case, on=read.on, reading=read) if open_still else None
    return {"legs": legs, "other_law": other}


def plan_part(request: Visit, read: PageReading) -> dict[str, Any]:
    """Return the change lines and, while nothing is posted yet, what they would change as of a day."""
    case, as_of = read.case, registers.day_of(request)
    part: dict[str, Any] = {"basis": read.basis}
    lines, named_on = trial.lines_of(case), case.effective_on or as_of
    if case.effective_on is None and lines and case.state not in (State.WITHDRAWN, State.VOID, State.ARCHIVED):
        part |= ahead_of(request, case, preview.of(case, on=as_of, reading=read))
    names = body_words.named(read.standing(named_on).values(), on=named_on)
    return part | {"lines": plan_tables.lines(lines, names=names)}


def argument_part(request: Visit, read: PageReading) -> dict[str, Any]:
    """Return every question asked of this kind with its answer, and the opinions of affected bodies."""
    case, answers = read.case, {answer.question: answer for answer in read.answers}
    asked = [(question, answers.get(question.code)) for question in questions.asked(kind=case.kind)]
    return {"asked": asked, "opinions": consents.opinions_of(case), "words": consents.consents_of(case)}


def evidence_part(request: Visit, read: PageReading) -> dict[str, Any]:
    """Return the files that came from outside."""
    return {"evidence": lists.evidence_of(read.case)}


def papers_part(request: Visit, read: PageReading) -> dict[str, Any]:
    """Return the papers made from frozen facts, with number and signed scan, and the packages."""
    return {
        "papers": lists.papers_of(read.case),
        "manuscripts": manuscripts.of(read.case),
        "packages": lists.packages_of([read.case]),
    }


def meetings_part(request: Visit, read: PageReading) -> dict[str, Any]:
    """Return every time the case was before the committee."""
    return {"items": read.case.agenda_items.select_related("meeting__territory").order_by("meeting__starts_at")}


def record_part(request: Visit, read: PageReading) -> dict[str, Any]:
    """Return the record in words."""
    tasks = read.case.tasks.all()
    finishing = bool(tasks) and not door.against(
        request, subject=read.case, step=CaseStep.FINISH_TASK, read=read.again(), lent=read.lent
    )
    return {"record": casefile.record(read.entries), "tasks": tasks, "finishing": finishing}


def rounds_part(request: Visit, read: PageReading) -> dict[str, Any]:
    """Return what changed from each round to the next."""
    rounds = sorted(read.rounds, key=lambda one: one.pk)
    changes = differences.compare((old.snapshot, new.snapshot) for old, new in pairwise(rounds))
    return {"rounds": rounds, "compared": list(zip(rounds, rounds[1:], changes, strict=False))}


PARTS: Mapping[str, Callable[[Visit, PageReading], dict[str, Any]]] = {
    "plan": plan_part,
    "argument": argument_part,
    "evidence": evidence_part,
    "papers": papers_part,
    "meetings": meetings_part,
    "record": record_part,
    "rounds": rounds_part,
}

urlpatterns = [path("cases/<uuid:case>/", case, name="case")]
