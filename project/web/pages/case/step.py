"""The page of one step of a case: what it asks, and what stands against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from project.web import door, receiving
from project.web.access import cases
from project.web.access.visit import Visit
from project.web.case import casefile, choices
from project.web.forms.asked import AskedForm
from project.web.forms.numbers import with_noughts
from project.web.intake import readers
from proposals.case.drafts import DraftRefused
from proposals.case.lifecycle import CASE_STEPS, CaseStep
from proposals.case.steps.book import STEPS
from proposals.models import Proposal, SubjectKind, Upload
from proposals.procedure.asks import UPLOAD, VALUES
from proposals.procedure.reasons import Reason
from proposals.procedure.table import Row
from proposals.procedure.traits import Trait
from workflows.attempt import Ref
from workflows.papers import manuscripts

OFFERED: Mapping[str, Row] = {row.step: row for row in CASE_STEPS if casefile.offered(row)}
PURPOSES: Mapping[str, str] = {CaseStep.ATTACH_SIGNED_SCAN: Upload.Purpose.SIGNED_SCAN}


def case_step(request: Visit, case: UUID, step: str) -> HttpResponse:
    """Show the form of a step, or take it; a refusal repeats what was typed and lists every reason."""
    if step not in OFFERED:
        raise Http404
    found = cases.case_of(request, case)
    form = AskedForm(
        request.POST or None,
        request.FILES or None,
        asks=choices.asks(case=found, step=step, sent=request.POST),
        offer=choices.of(case=found, step=step, who=request.user),
        initial=choices.initial(case=found, step=step, named=readers.word(request.GET, "task")),
    )
    if request.method != "POST":
        return _page(request, found, step, form, door.against(request, subject=found, step=step))
    if not form.is_valid():
        return _page(request, found, step, form, (), status=422)
    try:
        facts = receiving.with_files(request, form=form, case=found, purpose=PURPOSES.get(step, Upload.Purpose.OTHER))
    except DraftRefused as refused:
        return _page(request, found, step, form, (Reason("FILE_REFUSED", str(refused)),), status=422)
    if step == CaseStep.ATTACH_SIGNED_SCAN:
        receiving.with_codes(case=found, upload=facts["upload"])
    taken = door.take(request, subject=Ref(SubjectKind.CASE, found.uuid), step=step, facts=facts)
    if taken.entry is None:
        form, noughts = kept(request, form, facts, choices.of(case=found, step=step, who=request.user))
        reasons = (*taken.reasons, *noughts)
        return _page(request, cases.case_of(request, case), step, form, reasons, status=taken.status)
    messages.success(request, f"已办理「{OFFERED[step].label}」。")
    return redirect("case", case=found.uuid)


def kept(
    request: Visit, form: AskedForm, facts: dict[str, Any], offer: choices.Offer
) -> tuple[AskedForm, list[Reason]]:
    """Return the form with what was typed, nought for what leans on nought, and a stored file chosen from the list."""
    data, noughts = request.POST.copy(), list[Reason]()
    for ask in form.asks:
        if ask.kind == UPLOAD and facts.get(ask.name):
            data[ask.name] = facts[ask.name]
        if ask.kind == VALUES:
            data, noughts = with_noughts(data, offer.lines, facts.get(ask.name, {}), prefix=ask.name)
    return AskedForm(data, asks=form.asks, offer=offer), noughts


def _page(
    request: Visit, case: Proposal, step: str, form: AskedForm, reasons: Any, status: int | None = None
) -> HttpResponse:
    context = {
        "case": case,
        "row": OFFERED[step],
        "form": form,
        "reasons": reasons,
        "closed": status is None and bool(reasons),
        "grave": Trait.GRAVE in STEPS[step].traits,
        "manuscripts": manuscripts.choices(case=case, step=step) if step in manuscripts.WRITING else (),
        "needs_files": any(ask.kind == "upload" for ask in form.asks),
    }
    return render(request, "cases/step.html", context, status=status or (door.status_of(reasons) if reasons else 200))


urlpatterns = [path("cases/<uuid:case>/steps/<slug:step>/", case_step, name="case_step")]
