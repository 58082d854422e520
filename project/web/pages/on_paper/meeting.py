"""A meeting held on paper: entered with its scan by one person, in effect when another confirms it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from project.web import door, meeting_room, receiving
from project.web.access.visit import Visit
from project.web.forms.numbers import with_noughts
from project.web.forms.paper_meeting import PaperMeetingForm, lines_of
from project.web.intake import keys
from proposals.case.drafts import DraftRefused
from proposals.committee import planning
from proposals.committee.lifecycle import MeetingStep
from proposals.models import Meeting, Register, SubjectKind
from proposals.procedure.act import Actor
from proposals.procedure.paper_records import PaperRecordStep
from proposals.procedure.reasons import Reason
from workflows.attempt import Ref


def meeting_paper(request: Visit, meeting: UUID) -> HttpResponse:
    """Enter what the paper record of a meeting says."""
    found = meeting_room.meeting_of(request, meeting)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PaperMeetingForm(data, files, meeting=found, on=timezone.localdate(found.starts_at))
    context: dict[str, Any] = {"meeting": found, "form": form}
    if data is None:
        return render(request, "meeting/paper.html", context)
    if not form.is_valid():
        return render(request, "meeting/paper.html", context, status=422)
    reasons = _enter(request, found, form)
    if reasons:
        status = door.status_of(reasons)
        again, noughts = _proposed(request, found, form)
        context |= {"form": again, "reasons": (*reasons, *noughts)}
        return render(request, "meeting/paper.html", context, status=status)
    messages.success(request, "已补录，待另一人复核确认后生效。")
    return redirect("paper_records")


def _proposed(request: Visit, found: Meeting, form: PaperMeetingForm) -> tuple[PaperMeetingForm, list[Reason]]:
    """Return the form with nought for what leans on a line that the committee left out."""
    data, noughts = request.POST.copy(), list[Reason]()
    for item, answer in zip(found.standing_items, form.facts()["results"], strict=True):
        data, said = with_noughts(data, lines_of(item), answer.get("values") or {}, prefix="line")
        noughts += [Reason(one.code, f"议题{item.position}：{one.message}") for one in said]
    again = PaperMeetingForm(data, request.FILES, meeting=found, on=timezone.localdate(found.starts_at))
    return again, noughts


def _enter(request: Visit, found: Meeting, form: PaperMeetingForm) -> tuple[Reason, ...]:
    file = form.cleaned_data["scan"]
    try:
        received = receiving.usable(request, file)
    except DraftRefused as refused:
        return (Reason("FILE_REFUSED", str(refused)),)
    planning.keep_scan(
        territory=found.territory, actor=Actor.of(request.user), at=timezone.now(), stored=received.as_stored(),
        name=(file.name or "会议记录扫描件")[-200:], identity=keys.made_by(request, what="scan"),
    )  # fmt: skip
    act = {
        "kind": SubjectKind.MEETING, "subject": str(found.uuid), "step": MeetingStep.RECORD_PAPER_MEETING,
            "facts": form.facts(),
    }  # fmt: skip
    number = form.cleaned_data["number"]
    return door.take(
        request,
        subject=Ref(SubjectKind.REGISTER, Register.objects.get(territory=found.territory).uuid),
        step=PaperRecordStep.RECORD_ON_BEHALF,
        facts={
            "record": str(keys.made_by(request, what="record")),
            "title": f"补录会议：{found.title}",
            "number": number,
            "acts": [act],
        },
        seen_matters=False,
        on_behalf_of=found.territory.committee_name,
        happened_on=form.cleaned_data["held_on"],
        evidence=(received.sha256,),
    ).reasons


urlpatterns = [path("meetings/<uuid:meeting>/paper/", meeting_paper, name="meeting_paper")]
