"""The city's reply on paper: one number, one scan, and what it says of each case it answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from project.web import door
from project.web.access.visit import Visit
from project.web.case import choices
from project.web.forms.numbers import with_noughts
from project.web.forms.paper import PaperForm, ReplyForm
from project.web.pages.case.lists import AWAITING_CITY, reachable
from project.web.pages.on_paper.records import record
from proposals.case.drafts import DraftRefused
from proposals.case.values import placed_lines
from proposals.models import Proposal
from proposals.plan import trial
from proposals.procedure.reasons import Reason


def city_reply_on_paper(request: Visit) -> HttpResponse:
    """Enter one reply for the cases it answers; it takes effect when a second person confirms it."""
    cases = list(reachable(request).filter(state__in=AWAITING_CITY).select_related("territory__parent"))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    city = cases[0].territory.parent if cases else None
    paper = PaperForm(
        data, files, files=choices.scans(cases), initial={"on_behalf_of": city.office_name if city else ""}
    )
    paper.fields["number"].required = True
    today = timezone.localdate()
    lines = {case.pk: placed_lines.placed(trial.lines_of(case), on=today) for case in cases}
    replies = [ReplyForm(data, case=case, lines=lines[case.pk], prefix=str(case.uuid)) for case in cases]
    reasons: tuple[Reason, ...] = ()
    if data is not None and paper.is_valid() and all([reply.is_valid() for reply in replies]):
        answered = [(reply.case, act) for reply in replies if (act := reply.act(number=paper.cleaned_data["number"]))]
        taken_reasons = _enter(request, paper, answered)
        if not taken_reasons:
            return redirect("paper_records")
        replies, noughts = _proposed(request.POST, replies)
        reasons = (*taken_reasons, *noughts)
    status = 200 if data is None else door.status_of(reasons) if reasons else 422
    context = {"paper": paper, "replies": replies, "reasons": reasons}
    return render(request, "paper/city_reply.html", context, status=status)


def _proposed(data: QueryDict, replies: list[ReplyForm]) -> tuple[list[ReplyForm], list[Reason]]:
    """Return the forms with nought for what leans on a line of its case that the city does not grant."""
    noughts: list[Reason] = []
    for reply in replies:
        data, said = with_noughts(data, reply.lines, reply.granted(), prefix=f"{reply.prefix}-granted")
        noughts += [Reason(one.code, f"《{reply.case.title}》{one.message}") for one in said]
    again = [ReplyForm(data, case=one.case, lines=one.lines, prefix=one.prefix) for one in replies]
    return again, noughts


def _enter(request: Visit, paper: PaperForm, answered: list[tuple[Proposal, dict[str, Any]]]) -> tuple[Reason, ...]:
    if not answered:
        return (Reason("NOTHING_RECORDED", "请至少为一个事项选择市级批复的结果。"),)
    number = paper.cleaned_data["number"]
    cases, acts = [case for case, _ in answered], [act for _, act in answered]
    try:
        return record(request, paper=paper, cases=cases, acts=acts, title=f"市级批复 {number}").reasons
    except DraftRefused as refused:
        return (Reason("FILE_REFUSED", str(refused)),)


urlpatterns = [path("paper-records/city-reply/", city_reply_on_paper, name="city_reply_on_paper")]
