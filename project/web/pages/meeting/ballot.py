"""A member's own page in a meeting: one column for phone, tablet or desk; read, choose, look again, receipt."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from project.web import door, meeting_room
from project.web.access.visit import Visit
from proposals.committee import counting
from proposals.committee.lifecycle import MeetingStep
from proposals.models import AgendaItem, Ballot, ChangeLine, Form, Meeting, RollEntry, Slip, SubjectKind
from proposals.plan import trial
from proposals.vocabulary import BallotValue
from workflows.attempt import Ref

# What can be noted by hand without mistaking one for another.
LEGIBLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def ballot(request: Visit, meeting: UUID) -> HttpResponse:
    """Show what the meeting is at and what the member may say; a chosen value is shown again before it counts."""
    found, own = _own(request, meeting)
    item = _asked(request, found)
    value = request.GET.get("value", "")
    view = _view(found, own, item)
    asked = item is not None and item.status == AgendaItem.Status.BALLOT and not _secret(item) and not view["final"]
    if asked and value in BallotValue.values:
        return render(request, "meeting/review.html", view | {"value": BallotValue(value)})
    return render(request, "meeting/ballot.html", view)


@never_cache
def ballot_review(request: Visit, meeting: UUID) -> HttpResponse:
    """Show a secret choice again before it counts; it comes in a form, because addresses are written into logs."""
    found, own = _own(request, meeting)
    item, value = found.item_named(request.POST.get("item")), request.POST.get("value", "")
    if item is None or item.status != AgendaItem.Status.BALLOT or not _secret(item) or value not in BallotValue.values:
        return redirect("ballot", meeting=found.uuid)
    return render(request, "meeting/review.html", _view(found, own, item) | {"value": BallotValue(value)})


def _secret(item: AgendaItem) -> bool:
    return item.last_round is not None and item.last_round.is_secret


def ballot_live(request: Visit, meeting: UUID) -> HttpResponse:
    """Return the member's page anew when the meeting is at something else than the page shows."""
    found, own = _own(request, meeting)
    item = _asked(request, found)
    if request.GET.get("at") == mark_of(found, item):
        return HttpResponse(status=204)
    return render(request, "meeting/_ballot.html", _view(found, own, item))


@never_cache
def ballot_cast(request: Visit, meeting: UUID) -> HttpResponse:
    """Cast the ballot, and show the receipt or why it did not count."""
    found, own = _own(request, meeting)
    if request.method != "POST":
        return redirect("ballot", meeting=found.uuid)
    facts, value = {"item": request.POST.get("item", "")}, request.POST.get("value", "")
    item = found.item_named(facts["item"])
    secret = item is not None and _secret(item)
    sealed = slip(value) if secret else {}
    open_facts = facts if secret else {**facts, "value": value}
    reference = Ref(SubjectKind.MEETING, found.uuid)
    taken = door.take(request, subject=reference, step=MeetingStep.CAST_BALLOT, facts=open_facts, sealed=sealed)
    if taken.entry is None:
        context = _view(found, own, found.item_named(facts["item"])) | {"reasons": taken.reasons}
        return render(request, "meeting/ballot.html", context, status=taken.status)
    if secret and item is not None:
        # Shown this once and kept nowhere: a form sent twice finds its slip under the first code.
        published = {code for code, _ in item.rounds.get(n=item.round).published}
        kept = sealed["code"] in published or Slip.objects.filter(code=sealed["code"]).exists()
        code = sealed["code"] if kept else ""
        return render(request, "meeting/receipt.html", {"meeting": found, "item": item, "code": code})
    return redirect(f"{reverse('ballot', args=[found.uuid])}?item={facts['item']}")


def slip(value: str) -> dict[str, str]:
    """Return a secret ballot: what is said, under a code drawn by chance that only the receipt will show."""
    drawn = "".join(secrets.choice(LEGIBLE) for _ in range(12))
    return {"value": value, "code": f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"}


def mark_of(meeting: Meeting, item: AgendaItem | None) -> str:
    """Return what a member's page depends on: the state of the meeting, the item, its progress and its round."""
    return f"{meeting.state}-{item.uuid}-{item.status}-{item.round}" if item else str(meeting.state)


def _own(request: Visit, meeting: UUID) -> tuple[Meeting, RollEntry]:
    found = meeting_room.meeting_of(request, meeting)
    own = meeting_room.seat_of(request, found)
    if own is None:
        raise Http404
    return found, own


def _asked(request: Visit, meeting: Meeting) -> AgendaItem | None:
    """Return the item named in the address, else the one the meeting is at, else a circulated one not yet answered."""
    items = meeting_room.items_of(meeting)
    named = next((item for item in items if str(item.uuid) == request.GET.get("item")), None)
    if meeting.form != Form.CIRCULATION:
        return meeting_room.current_of(items) or named
    waiting = [item for item in items if item.status == AgendaItem.Status.BALLOT]
    seat = str(meeting.roll.get(person_id=request.user.pk).member)
    open_ones = [item for item in waiting if seat in counting.unheard(item)]
    return named or next(iter(open_ones or waiting), None)


def _lines(item: AgendaItem) -> Iterable[ChangeLine]:
    return trial.lines_of(item.proposal) if item.proposal else ()


def _view(meeting: Meeting, own: RollEntry, item: AgendaItem | None) -> dict[str, Any]:
    member = str(own.member)
    view: dict[str, Any] = {
        "meeting": meeting, "own": own, "item": item, "mark": mark_of(meeting, item), "values": BallotValue,
        "there": own.stays.filter(left_at=None).exists(),
        "others": meeting.items.exclude(pk=item.pk) if item and meeting.form == Form.CIRCULATION else (),
    }  # fmt: skip
    if item is None:
        return view
    current = item.last_round
    cast = Ballot.objects.filter(round=current, member=own).last() if current else None
    view |= {
        "round": current, "cast": cast, "aside": member in counting.recused(item),
        "in_item": member in item.present,
        "final": counting.chair_has_spoken(item) and (cast or meeting.form == Form.SITTING),
        "lines": [(line, item.values.get(str(line.uuid))) for line in _lines(item)],
        "files": item.proposal.uploads.filter(dropped=False) if item.proposal else (),
    }  # fmt: skip
    return view


urlpatterns = [
    path("meetings/<uuid:meeting>/ballot/", ballot, name="ballot"),
    path("meetings/<uuid:meeting>/ballot/live/", ballot_live, name="ballot_live"),
    path("meetings/<uuid:meeting>/ballot/review/", ballot_review, name="ballot_review"),
    path("meetings/<uuid:meeting>/ballot/cast/", ballot_cast, name="ballot_cast"),
]
