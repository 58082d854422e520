"""Opening a case and changing what it says: facts, answers, policy basis and files; lines have their own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from project.web import receiving
from project.web.access import cases, lists, policy
from project.web.access.visit import Visit
from project.web.forms.drafts import AnswersForm, BasisForm, FactsForm, NewCaseForm, UploadForm
from project.web.intake import keys, readers
from proposals.case import drafts, questions
from proposals.case.drafts import DraftRefused
from proposals.models import Proposal, Territory
from proposals.organisation.body_words import Bodies
from proposals.organisation.duty_places import territory_path
from proposals.procedure.reasons import Reason
from workflows.desks import opening

BasisSet = formset_factory(
    BasisForm, extra=0, can_delete=True, max_num=readers.MOST_ROWS, absolute_max=readers.MOST_ROWS
)


def case_new(request: Visit) -> HttpResponse:
    """Open a draft on the path of the person's own drafting duty; who has several says on which."""
    places = _places(request)
    proposer = _unit_of(request, places[0][0]) if len(places) == 1 else ""
    asked = {"kind": readers.word(request.GET, "kind"), "proposer": proposer}
    form = NewCaseForm(request.POST or None, initial=asked, places=places)
    if form.is_valid():
        path = form.place()
        territory = Territory.objects.get(path=territory_path(path))
    if form.is_valid() and proposing(form, territory):
        fields = form.cleaned_data
        try:
            made = opening.open_case(
                territory=territory, drafter=request.user, at=timezone.now(), path=path,
                identity=keys.made_by(request, what="case"), **fields,
            )  # fmt: skip
        except DraftRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已建立草稿，请继续填写。")
            return redirect("case_facts", case=made.uuid)
    return render(request, "cases/new.html", {"form": form}, status=422 if form.is_bound else 200)


def proposing(form: forms.BaseForm, territory: Territory) -> bool:
    """Add the body that the proposer names to a valid form; a name that several bear is asked back."""
    word = form.cleaned_data["proposer"]
    found = Bodies.standing(territory_id=territory.pk, on=timezone.localdate()).read(word)
    form.cleaned_data["proposer_body"] = found.body
    if found.candidates:
        form.add_error("proposer", found.asked_back(word))
    return not found.candidates


def _places(request: Visit) -> list[tuple[str, str]]:
    """Return the paths on which the person may draft, each once, with the unit's name as the person's duty has it."""
    paths = dict.fromkeys(path for duty, path in policy.held_by(request) if duty in policy.DRAFTING)
    offices = {one.path: one for one in Territory.objects.filter(path__in={territory_path(path) for path in paths})}
    named = {path: _unit_of(request, path) or offices[territory_path(path)].office_name for path in paths}
    alike = [path for path in paths if list(named.values()).count(named[path]) > 1]
    return [(path, f"{named[path]}（{offices[territory_path(path)]}，{path}）" if path in alike else named[path])
            for path in paths]  # fmt: skip


def _unit_of(request: Visit, path: str) -> str:
    own = request.user.appointments.filter(path=path).exclude(unit="").first()
    return own.unit if own else ""


def draft_of(request: Visit, case: UUID) -> Proposal:
    """Return the case when the person may change it now."""
    found = cases.case_of(request, case)
    if not cases.may_edit(request, found):
        raise PermissionDenied
    return found


def edited(request: Visit, case: Proposal, form: Any, save: Callable[[], Proposal], **more: Any) -> HttpResponse:
    """Save a valid form and go to the case; a refusal shows the form again with everything that was typed."""
    reasons: tuple[Reason, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            save()
        except DraftRefused as refused:
            reasons = (Reason("DRAFT_REFUSED", str(refused)),)
            case = cases.case_of(request, case.uuid)
        else:
            messages.success(request, "已保存草稿。")
            return redirect("case", case=case.uuid)
    status = 409 if reasons else 422 if form.is_bound else 200
    context = {"case": case, "form": form, "reasons": reasons, **more}
    return render(request, "cases/edit.html", context, status=status)


def case_facts(request: Visit, case: UUID) -> HttpResponse:
    """Change the case's own fields."""
    found = draft_of(request, case)
    form = FactsForm(request.POST or None, instance=Proposal.objects.get(pk=found.pk))
    seen = readers.word(request.POST, "seen")
    if form.is_valid():
        proposing(form, found.territory)
    return edited(
        request,
        found,
        form,
        lambda: opening.save_fields(case=found.uuid, seen=seen, fields=form.cleaned_data),
        heading="基本情况",
    )


def case_answers(request: Visit, case: UUID) -> HttpResponse:
    """Answer the questions of the argument."""
    found = draft_of(request, case)
    asked = questions.asked(kind=found.kind)
    form = AnswersForm(request.POST or None, asked=asked, answers=found.answers.all())
    seen = readers.word(request.POST, "seen")
    return edited(
        request,
        found,
        form,
        lambda: drafts.save_answers(case=found.uuid, seen=seen, answers=form.answers()),
        heading="论证",
        answers=True,
    )


def case_basis(request: Visit, case: UUID) -> HttpResponse:
    """Name the documents the proposal relies on; rows are added and removed with and without JavaScript."""
    found = draft_of(request, case)
    data = request.POST.copy() if request.method == "POST" else None
    adding = False
    if data is not None and (count := readers.rows(data)) is not None and readers.word(data, "do") == "add":
        adding, data["form-TOTAL_FORMS"] = True, str(min(count + 1, readers.MOST_ROWS))
    rows = list(found.basis.values("level", "title", "number", "clause"))
    formset = BasisSet(data, initial=rows or [{}])
    if adding or data is None:
        return _basis_page(request, found, formset, status=200)
    if not formset.is_valid():
        return _basis_page(request, found, formset, status=422)
    try:
        drafts.save_basis(case=found.uuid, seen=readers.word(request.POST, "seen"), documents=_kept(formset))
    except DraftRefused as refused:
        return _basis_page(request, cases.case_of(request, case), formset, 409, Reason("DRAFT_REFUSED", str(refused)))
    messages.success(request, "已保存草稿。")
    return redirect("case", case=found.uuid)


def _kept(formset: BaseFormSet) -> list[dict[str, Any]]:
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    return [{name: row[name] for name in ("level", "title", "number", "clause")} for row in rows]


def _basis_page(request: Visit, case: Proposal, formset: BaseFormSet, status: int, *reasons: Reason) -> HttpResponse:
    for form in formset.forms:
        form.fields["DELETE"].label = "移除本行"
        form.fields["DELETE"].widget = forms.CheckboxInput(attrs={"class": "form-check-input"})
    context = {"case": case, "formset": formset, "reasons": reasons}
    return render(request, "cases/basis.html", context, status=status)


def case_uploads(request: Visit, case: UUID) -> HttpResponse:
    """Add a file to the case, or declare one void while the case may be changed."""
    found = cases.case_of(request, case)
    if not cases.may_file(request, found):
        raise PermissionDenied
    dropping = readers.identity(request.POST, "drop")
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" and not dropping else ()))
    reasons: tuple[Reason, ...] = ()
    try:
        if dropping:
            drafts.drop_upload(case=found.uuid, seen=readers.word(request.POST, "seen"), upload=dropping)
        elif form.is_bound and form.is_valid():
            data = form.cleaned_data
            receiving.receive(request, file=data["file"], case=found, purpose=data["purpose"])
        if dropping or (form.is_bound and form.is_valid()):
            messages.success(request, "材料已作废。" if dropping else "材料已上传，检查结果见下表。")
            return redirect("case_uploads", case=found.uuid)
    except DraftRefused as refused:
        reasons = (Reason("FILE_REFUSED", str(refused)),)
    context = {
        "case": found,
        "form": form,
        "reasons": reasons,
        "evidence": lists.evidence_of(found),
        "may_edit": cases.may_edit(request, found),
    }
    return render(request, "cases/uploads.html", context, status=422 if form.is_bound or reasons else 200)


urlpatterns = [
    path("cases/new/", case_new, name="case_new"),
    path("cases/<uuid:case>/facts/", case_facts, name="case_facts"),
    path("cases/<uuid:case>/answers/", case_answers, name="case_answers"),
    path("cases/<uuid:case>/basis/", case_basis, name="case_basis"),
    path("cases/<uuid:case>/uploads/", case_uploads, name="case_uploads"),
]
