"""The steps of the side registers in the browser: problems, pledges and borrowed staff that were found, figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from project.web import door, receiving
from project.web.access import registers
from project.web.access.visit import Visit
from project.web.forms.appearance import StyledForm
from project.web.forms.asked import AskedForm, Offer, Pairs
from project.web.forms.business_day import dated, taken_apart, usual_day
from project.web.intake import readers
from proposals.case.drafts import DraftRefused
from proposals.models import Borrowed, ProblemItem, Register, SubjectKind, Territory
from proposals.organisation.body_words import Bodies
from proposals.procedure.reasons import Reason
from proposals.procedure.table import Row
from proposals.register.lifecycle import SIDE_STEPS, RegisterStep
from workflows import subjects
from workflows.attempt import Ref

OFFERED: Mapping[str, Row] = {
    row.step: row
    for row in SIDE_STEPS
    if not subjects.step_of(kind=SubjectKind.REGISTER, step=row.step).retired
    and row.step != RegisterStep.IMPORT_SIDE_REGISTERS
}
BACK: Mapping[str, str] = {
    RegisterStep.ENTER_PROBLEM: "problems",
    RegisterStep.CLOSE_PROBLEM: "problems",
    RegisterStep.ENTER_FIGURE: "figures",
}


class EvidenceForm(StyledForm, forms.Form):
    """The proof that a matter was settled."""

    proof = forms.FileField(label="佐证材料", help_text="PDF、图片或 Office 文件，不超过 50 MB。")
    clean_file = forms.BooleanField(label="所传文件不含国家秘密")


def side_step(request: Visit, step: str) -> HttpResponse:
    """Show the form of a step of the side registers, or take it; a refusal repeats what was typed."""
    if step not in OFFERED:
        raise Http404
    district = registers.district_of(request)
    register = Register.objects.select_related("territory").get(territory=district)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {"row": readers.word(request.GET, "row"), "happened_on": usual_day(request)}
    offer = Offer(choices=_choices(district, step, registers.day_of(request)))
    form = AskedForm(
        data, asks=dated(subjects.asks_of(kind=SubjectKind.REGISTER, step=step)), offer=offer, initial=initial
    )
    proof = EvidenceForm(data, files) if step == RegisterStep.CLOSE_PROBLEM else None
    reasons: Any = () if data is not None else door.against(request, subject=register, step=step)
    back = f"{reverse(BACK.get(step, 'pledges'))}?district={district.uuid}"
    status = door.status_of(reasons) if reasons else 200
    if data is not None:
        taken = _take(request, register, step, form, proof)
        if taken is not None and taken.entry is not None:
            messages.success(request, f"已办理「{OFFERED[step].label}」。")
            return redirect(back)
        reasons, status = (taken.reasons, taken.status) if taken else ((), 422)
    context = {
        "district": district, "register": register, "row": OFFERED[step], "form": form, "proof": proof,
        "reasons": reasons, "back": back,
    }  # fmt: skip
    return render(request, "side/step.html", context, status=status)


def _take(
    request: Visit, register: Register, step: str, form: AskedForm, proof: EvidenceForm | None
) -> door.Taken | None:
    """Take the step of a valid form; None for one that is not filled in."""
    if not all([form.is_valid(), proof is None or proof.is_valid()]):
        return None
    evidence: tuple[str, ...] = ()
    try:
        if proof is not None:
            evidence = (receiving.usable(request, proof.cleaned_data["proof"]).sha256,)
    except DraftRefused as refused:
        return door.Taken(entry=None, reasons=(Reason("FILE_REFUSED", str(refused)),))
    facts, day = taken_apart(form)
    return door.take(
        request, subject=Ref(SubjectKind.REGISTER, register.uuid), step=step, facts=facts, happened_on=day,
        seen_matters=False, evidence=evidence,
    )  # fmt: skip


def _choices(district: Territory, step: str, as_of: Any) -> Mapping[str, Pairs]:
    """Return what the fields of a step may choose from."""
    if step in (RegisterStep.ENTER_PROBLEM, RegisterStep.ENTER_BORROWED):
        known = Bodies.standing(territory_id=district.pk, on=as_of)
        return {"body": [(body.code, known.words[pk]) for pk, body in known.by_pk.items()]}
    kept: Mapping[str, Any] = {
        RegisterStep.CLOSE_PROBLEM: ProblemItem.objects.filter(territory=district, closed_on=None),
        RegisterStep.RETURN_BORROWED: Borrowed.objects.filter(territory=district, settled_hash=""),
    }
    open_rows = kept.get(step)
    return {} if open_rows is None else {"row": [(str(row.uuid), str(row)) for row in open_rows]}


urlpatterns = [path("side/steps/<slug:step>/", side_step, name="side_step")]
