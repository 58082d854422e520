"""The minutes of a meeting: read, word, compare, check with those present, sign, correct; votes to take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from project.web import door, meeting_room
from project.web.access.visit import Visit
from project.web.forms.sitting import SittingForm, WordingForm
from project.web.intake import readers
from project.web.tables import spreadsheets
from proposals.case import snapshots
from proposals.committee import results
from proposals.committee.lifecycle import MEETING_STEPS, MeetingStep
from proposals.committee.minutes import check as minutes_check
from proposals.committee.minutes import correcting, drawing
from proposals.committee.reading.whole import Reading
from proposals.models import CorrectionDraft, Meeting, Minutes, SubjectKind
from proposals.procedure.table import Row
from workflows.attempt import Ref

STEPS = (
    MeetingStep.EDIT_WORDING,
    MeetingStep.CIRCULATE_MINUTES,
    MeetingStep.COMMENT_MINUTES,
    MeetingStep.REWORK_MINUTES,
    MeetingStep.SIGN_MINUTES,
    MeetingStep.PROPOSE_CORRECTION,
)
# These answer a correction that somebody drew up, and stand beside it.
ANSWERS = (MeetingStep.CORRECT_MINUTES, MeetingStep.DECLINE_CORRECTION)
VERSIONS = range(1, 10_000)
ROWS: Mapping[str, Row] = {row.step: row for row in MEETING_STEPS if row.step in (*STEPS, *ANSWERS)}


def minutes(request: Visit, meeting: UUID) -> HttpResponse:
    """Show the newest version, or another one, or two beside each other."""
    found, newest = _newest(request, meeting)
    shown = found.minutes.filter(version=readers.whole(request.GET, "version", within=VERSIONS) or 0).first() or newest
    return render(request, "meeting/minutes.html", _view(request, found, shown))


def minutes_compare(request: Visit, meeting: UUID) -> HttpResponse:
    """Show what differs between two versions."""
    found, newest = _newest(request, meeting)
    before = found.minutes.filter(
        version=readers.whole(request.GET, "before", within=VERSIONS) or 0
    ).first() or found.minutes.earliest("version")
    after = found.minutes.filter(version=readers.whole(request.GET, "after", within=VERSIONS) or 0).first() or newest
    changes = snapshots.compare(drawing.texts_of(before.sections), drawing.texts_of(after.sections))
    context = {
        "meeting": found,
        "before": before,
        "after": after,
        "changes": changes,
        "versions": found.minutes.all(),
    }
    return render(request, "meeting/minutes_compare.html", context)


def minutes_step(request: Visit, meeting: UUID, step: str) -> HttpResponse:
    """Show the form of a step of the minutes, or take it."""
    if step not in ROWS:
        raise Http404
    found, newest = _newest(request, meeting)
    drafts = _drafts(request, found, step)
    form = _form(request, found, newest, step, drafts)
    seen = "own" if step == MeetingStep.COMMENT_MINUTES else found.concern
    context: dict[str, Any] = {"meeting": found, "row": ROWS[step], "form": form, "seen": seen, "minutes": newest}
    context["drafts"] = correcting.in_context(found, drafts)
    if request.method != "POST":
        return render(request, "meeting/minutes_step.html", context)
    if not form.is_valid():
        return render(request, "meeting/minutes_step.html", context, status=422)
    facts = {"wording": form.wording()} if isinstance(form, WordingForm) else form.facts()
    taken = door.take(request, subject=Ref(SubjectKind.MEETING, found.uuid), step=step, facts=facts)
    if taken.entry is None:
        return render(request, "meeting/minutes_step.html", context | {"reasons": taken.reasons}, status=taken.status)
    messages.success(request, f"已办理「{ROWS[step].label}」。")
    return redirect("minutes", meeting=found.uuid)


def meeting_votes(request: Visit, meeting: UUID, form: str) -> HttpResponse:
    """Hand out votes and attendance as CSV, XLSX or JSON."""
    found = meeting_room.meeting_of(request, meeting)
    return spreadsheets.answer(name=found.title, sheets=results.sheets(found), form=form)


def _newest(request: Visit, meeting: UUID) -> tuple[Meeting, Minutes]:
    found = meeting_room.meeting_of(request, meeting)
    newest = found.minutes.order_by("version").last()
    if newest is None:
        raise Http404
    return found, newest


def _drafts(request: Visit, found: Meeting, step: str) -> list[CorrectionDraft]:
    """Return the correction that is answered: the one named, or all that wait for somebody else's answer."""
    if step not in ANSWERS:
        return []
    named = readers.identity(readers.sent(request), "correction")
    waiting = found.correction_drafts.filter(status=CorrectionDraft.Status.WAITING)
    return list(waiting.filter(uuid=named) if named else waiting.exclude(drawn_by=request.user.pk))


def _form(
    request: Visit, found: Meeting, newest: Minutes, step: str, drafts: list[CorrectionDraft]
) -> SittingForm | WordingForm:
    data = request.POST if request.method == "POST" else None
    if step == MeetingStep.EDIT_WORDING:
        return WordingForm(data, content=newest.sections)
    given = {"correction": str(drafts[0].uuid)} if len(drafts) == 1 else {}
    return SittingForm(data, meeting=found, step=step, given=given)


def _view(request: Visit, found: Meeting, shown: Minutes) -> dict[str, Any]:
    read = Reading(found)
    presses = [one for step in STEPS if (one := meeting_room.offer(request, read, step)) is not None]
    return {
        "meeting": found, "minutes": shown, "content": shown.sections, "versions": found.minutes.all(),
        "comments": found.newest_minutes.comments.select_related("member"), "corrections": found.corrections.all(),
        "presses": presses,
        "drafts": correcting.in_context(found, found.correction_drafts.exclude(status=CorrectionDraft.Status.SIGNED)),
        "answers": [one for step in ANSWERS if (one := meeting_room.offer(request, read, step)) is not None],
        "contradictions": [] if shown.signed_on else minutes_check.contradictions(shown.sections, read),
    }  # fmt: skip


urlpatterns = [
    path("meetings/<uuid:meeting>/minutes/", minutes, name="minutes"),
    path("meetings/<uuid:meeting>/minutes/compare/", minutes_compare, name="minutes_compare"),
    path("meetings/<uuid:meeting>/minutes/steps/<slug:step>/", minutes_step, name="minutes_step"),
    path("meetings/<uuid:meeting>/votes.<slug:form>", meeting_votes, name="meeting_votes"),
]
