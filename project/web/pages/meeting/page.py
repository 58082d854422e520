"""The meetings of the committee: the list, the page of one, its live part, the projector, the form of each step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone

from project.web import door, meeting_room
from project.web.access import growing, lists, policy
from project.web.access.visit import Visit
from project.web.forms.numbers import with_noughts
from project.web.forms.sitting import PlanForm, SittingForm
from project.web.intake import keys, readers
from project.web.pages.meeting.minutes import ANSWERS
from project.web.pages.meeting.minutes import STEPS as MINUTES_STEPS
from project.web.way_back import way_back
from proposals.committee import counting, planning
from proposals.committee.lifecycle import MEETING_STEPS, MeetingStep
from proposals.committee.reading.whole import Reading
from proposals.committee.steps.system_facts import OWN
from proposals.models import CommitteeTerm, Form, Meeting, SubjectKind, Territory
from proposals.procedure.once import KeyReused
from proposals.procedure.reasons import Reason
from proposals.procedure.table import Row
from proposals.vocabulary import State
from workflows.attempt import Ref

ROWS: Mapping[str, Row] = {row.step: row for row in MEETING_STEPS}
# These have pages of their own.
ELSEWHERE = frozenset(
    {
        MeetingStep.CAST_BALLOT,
        MeetingStep.EDIT_WORDING,
        MeetingStep.RECORD_PAPER_MEETING,
        MeetingStep.COMMENT_MINUTES,
        *MINUTES_STEPS,
        *ANSWERS,
    }
)
GIVEN = ("item", "member", "person", "proposal", "type")


def meetings(request: Visit) -> HttpResponse:
    """Show the meetings, newest first, and what waits for the next one."""
    rows = meeting_room.readable(request).order_by("-starts_at", "-pk")
    cases = lists.readable(held=policy.held_by(request), person_id=request.user.pk)
    waiting = cases.filter(territory__path__in=_seats(request), state=State.SCHEDULED).order_by("proposed_on", "pk")
    context = {
        "page": growing.leaf(rows, request.GET, per_page=lists.PAGE),
        "pool": waiting,
        "may_plan": policy.opens(name="meeting_new", held=policy.held_by(request)),
    }
    return render(request, "meeting/list.html", context)


def meeting_new(request: Visit) -> HttpResponse:
    """Plan a meeting of a district whose meetings the person may call."""
    start = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=7)
    paths = [place for duty, place in policy.held_by(request) if duty in policy.CALLING]
    districts = list(Territory.objects.filter(path__in=paths).order_by("path"))
    if not districts:
        raise Http404
    initial = {"starts_at": start, "form": Form.SITTING}
    form = PlanForm(request.POST or None, initial=initial, districts=districts)
    if request.method == "POST" and form.is_valid():
        try:
            planned = planning.plan_meeting(
                territory=form.district(), starts_at=form.cleaned_data["starts_at"], place=form.cleaned_data["place"],
                planned_by=request.user, at=timezone.now(), form=form.cleaned_data["form"],
                identity=keys.made_by(request, what="meeting"),
            )  # fmt: skip
        except CommitteeTerm.DoesNotExist:
            form.add_error("starts_at", "当日没有在任的编委组成人员，请先在办事规则中登记届次。")
        except KeyReused as reused:
            form.add_error(None, str(reused))
        else:
            return redirect("meeting", meeting=planned.uuid)
    return render(request, "meeting/new.html", {"form": form}, status=422 if form.errors else 200)


def meeting(request: Visit, meeting: UUID) -> HttpResponse:
    """Show one meeting: agenda, members, and what this person may do."""
    return render(request, "meeting/meeting.html", shown(request, meeting_room.meeting_of(request, meeting)))


def meeting_live(request: Visit, meeting: UUID) -> HttpResponse:
    """Return the live part of the page when something has happened since the entry it shows, else nothing to do."""
    found = meeting_room.meeting_of(request, meeting)
    if readers.word(request.GET, "at") == str(found.head_seq):
        return HttpResponse(status=204)
    template = "meeting/_screen.html" if readers.word(request.GET, "screen") else "meeting/_live.html"
    return render(request, template, shown(request, found))


def meeting_screen(request: Visit, meeting: UUID) -> HttpResponse:
    """Show the projector's view: who is there, which item, how far, and the result once the vote is closed."""
    return render(request, "meeting/screen.html", shown(request, meeting_room.meeting_of(request, meeting)))


def shown(request: Visit, found: Meeting) -> dict[str, Any]:
    """Return what the meeting's page, its live part and the projector show."""
    read = Reading(found)
    current = meeting_room.current_of(read)
    seats = meeting_room.seats_of(read, current)
    secretary = any(duty in policy.CALLING and place == found.territory.path for duty, place in policy.held_by(request))
    return {
        "meeting": found, "current": current and current.item, "seats": seats, "secretary": secretary,
        "agenda": meeting_room.agenda_of(request, read), "steps": meeting_room.offered(request, read),
        "counted": current.last if current else None,
        "own": next((seat for seat in seats if seat.entry.person_id == request.user.pk), None),
        "there": sum(seat.there for seat in seats), "voted": sum(seat.voted for seat in seats),
        "asked": sum(seat.voted or seat.waited_for for seat in seats),
        "quorum": counting.quorum_of(current) if current and current.item.decides else None,
        "has_minutes": found.minutes.exists(),
        "may_place": len(read.agenda) > 1 and meeting_room.offer(request, read, MeetingStep.PLACE_ITEM) is not None,
    }  # fmt: skip


def meeting_step(request: Visit, meeting: UUID, step: str) -> HttpResponse:
    """Show the form of a step, or take it; a refusal repeats what was typed and lists every reason."""
    if step not in ROWS or step in ELSEWHERE:
        raise Http404
    found = meeting_room.meeting_of(request, meeting)
    fields = readers.sent(request)
    given = {name: value for name in GIVEN if (value := readers.word(fields, name))}
    form = SittingForm(request.POST if request.method == "POST" else None, meeting=found, step=step, given=given)
    context = {"meeting": found, "row": ROWS[step], "form": form, "item": form.item, "seen": seen_of(found, step)}
    if request.method != "POST":
        return render(request, "meeting/step.html", context)
    if not form.is_valid():
        return render(request, "meeting/step.html", context, status=422)
    taken = door.take(request, subject=Ref(SubjectKind.MEETING, found.uuid), step=step, facts=form.facts())
    if taken.entry is None:
        fresh = meeting_room.meeting_of(request, meeting)
        noughts: list[Reason] = []
        if values := form.facts().get("values"):
            data, noughts = with_noughts(request.POST, form.offer.lines, values, prefix="values")
            context["form"] = SittingForm(data, meeting=fresh, step=step, given=given)
        context |= {"meeting": fresh, "seen": seen_of(fresh, step), "reasons": (*taken.reasons, *noughts)}
        return render(request, "meeting/step.html", context, status=taken.status)
    messages.success(request, f"已办理「{ROWS[step].label}」。")
    return way_back(request, name="back", usual=reverse("meeting", args=[found.uuid]))


def seen_of(found: Meeting, step: str) -> str:
    """Return the version of the concern that a form of this step carries."""
    return "own" if step in OWN and step != MeetingStep.DECLARE_RECUSAL else found.concern


def _seats(request: Visit) -> list[str]:
    return [place for duty, place in policy.held_by(request) if duty in policy.MEETING]


urlpatterns = [
    path("meetings/", meetings, name="meetings"),
    path("meetings/new/", meeting_new, name="meeting_new"),
    path("meetings/<uuid:meeting>/", meeting, name="meeting"),
    path("meetings/<uuid:meeting>/live/", meeting_live, name="meeting_live"),
    path("meetings/<uuid:meeting>/screen/", meeting_screen, name="meeting_screen"),
    path("meetings/<uuid:meeting>/steps/<slug:step>/", meeting_step, name="meeting_step"),
]
