"""The page of a paper on its way to its number: what it says, who has it, its words to edit, and how it will look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from docs_templates import freezing
from docs_templates.catalogue import BY_SLUG
from docs_templates.facts.frozen import to_canonical
from docs_templates.facts.parts import PaperFacts
from docs_templates.printing import press, screen_text, spans
from docs_templates.sources import by_paper
from docs_templates.sources.issuer import FOUNDING, UPWARD
from project.web import door
from project.web.access import cases
from project.web.access.visit import Visit
from project.web.forms.manuscript import ManuscriptForm
from proposals.case.lifecycle import CaseStep
from proposals.case.values import titles
from proposals.models import Manuscript, Proposal, SubjectKind
from proposals.procedure.act import Act, Actor
from workflows import subjects
from workflows.attempt import Ref
from workflows.papers import manuscripts

HANDS = (CaseStep.REVIEW_PAPER, CaseStep.SIGN_PAPER, CaseStep.RETURN_PAPER)
NEXT: Mapping[str, str] = {
    Manuscript.Stage.DRAFTED: CaseStep.REVIEW_PAPER,
    Manuscript.Stage.REVIEWED: CaseStep.SIGN_PAPER,
}
ORGANS = (*UPWARD, *FOUNDING)  # papers that go out in the name of whoever decided


def manuscript(request: Visit, case: UUID, paper: str) -> HttpResponse:
    """Show a paper before it is numbered; a POST drafts it in the words of the form."""
    found, standing = _found(request, case, paper)
    facts = _drawn(request, found, paper, standing)
    form = ManuscriptForm(
        request.POST or None, spans=spans.spans(_in_words(facts, standing)), takes_effect=paper in FOUNDING,
        of_organ=paper in ORGANS, asks_title=paper in ORGANS and bool(titles.of_case(found).open),
        initial=_initial(standing),
    )  # fmt: skip
    if request.method != "POST":
        return _page(request, found, paper, standing, form, facts)
    if not form.is_valid():
        return _page(request, found, paper, standing, form, facts, status=422)
    step = {"paper": paper, **form.facts()}
    taken = door.take(request, subject=Ref(SubjectKind.CASE, found.uuid), step=CaseStep.DRAFT_PAPER, facts=step)
    if taken.entry is None:
        return _page(request, found, paper, standing, form, facts, reasons=taken.reasons, status=taken.status)
    messages.success(request, f"《{BY_SLUG[paper].label}》已拟稿，请核稿人核稿、签发人签发。")
    return redirect("manuscript", case=found.uuid, paper=paper)


def preview(request: Visit, case: UUID, paper: str) -> HttpResponse:
    """Show the paper as it would be printed now, with a placeholder for its number."""
    found, standing = _found(request, case, paper)
    facts = _in_words(_drawn(request, found, paper, standing), standing)
    if reasons := freezing.objections(slug=paper, facts=facts):
        context = {"case": found, "label": BY_SLUG[paper].label, "paper": paper, "objections": reasons}
        return render(request, "cases/preview_refused.html", context, status=422)
    drawn = press.print_frozen(slug=paper, canonical=to_canonical(facts), version=1, fonts_root=settings.FONTS_ROOT)
    response = HttpResponse(drawn.pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = "inline; filename=preview.pdf"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _found(request: Visit, case: UUID, paper: str) -> tuple[Proposal, Manuscript | None]:
    found = cases.case_of(request, case)
    standing = manuscripts.open_one(case=found, paper=paper)
    if standing is None and paper not in dict(by_paper.choices(found)):
        raise Http404
    return found, standing


def _act(request: Visit) -> Act:
    now = timezone.now()
    return Act(step=CaseStep.DRAFT_PAPER, actor=Actor.of(request.user), at=now, happened_on=timezone.localdate(now))


def _drawn(request: Visit, case: Proposal, paper: str, standing: Manuscript | None) -> PaperFacts:
    in_party_name = bool(standing and standing.in_party_name)
    return manuscripts.drawn(case=case, paper=paper, act=_act(request), in_party_name=in_party_name)


def _in_words(facts: PaperFacts, standing: Manuscript | None) -> PaperFacts:
    return spans.worded(facts, standing.wording) if standing else facts


def _initial(standing: Manuscript | None) -> dict[str, Any]:
    if standing is None:
        return {}
    return {"effective_on": standing.effective_on, "in_party_name": standing.in_party_name}


def _page(
    request: Visit, case: Proposal, paper: str, standing: Manuscript | None, form: ManuscriptForm, facts: PaperFacts,
    *, reasons: Any = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    drawn = {span.key: span.text for span in spans.spans(facts)}
    told = _in_words(facts, standing)
    edited = [(span, drawn[span.key]) for span in spans.spans(told) if drawn[span.key] != span.text]
    context = {
        "case": case,
        "paper": paper,
        "label": BY_SLUG[paper].label,
        "blocks": screen_text.blocks(slug=paper, facts=told),
        "standing": standing,
        "edited": edited,
        "titled": titles.of_case(case),
        "form": form,
        "reasons": reasons,
        "against": door.against(request, subject=case, step=CaseStep.DRAFT_PAPER),
        "hands": hands(request, case, paper) if standing else [],
        "next": NEXT.get(standing.stage, "") if standing else "",
    }
    return render(request, "cases/manuscript.html", context, status=status)


def hands(request: Visit, case: Proposal, paper: str) -> list[tuple[str, str, Any]]:
    """Return (step, label, reasons against it) of what reviewer and signer may do with the paper."""
    labels = [(step, subjects.row_of(kind=SubjectKind.CASE, step=step).label) for step in HANDS]
    facts = {"paper": paper}
    return [(step, label, door.against(request, subject=case, step=step, facts=facts)) for step, label in labels]


urlpatterns = [
    path("cases/<uuid:case>/papers/<slug:paper>/", manuscript, name="manuscript"),
    path("cases/<uuid:case>/papers/<slug:paper>/preview/", preview, name="manuscript_preview"),
]
