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
from project.web.intake import readers
from proposals.committee import counting
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.reading.matters import Matter
from proposals.committee.reading.whole import Reading
from proposals.models import AgendaItem, ChangeLine, Form, Meeting, RollEntry, Slip, SubjectKind
from proposals.plan import trial
from proposals.vocabulary import BallotValue
from workflows.attempt import Ref

# What can be noted by hand without mistaking one for another.
LEGIBLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def ballot(request: Visit, meeting: UUID) -> HttpResponse:
    """Show what the meeting is at and what the member may say; a chosen value is shown again before it counts."""
    read, own = _own(request, meeting)
    matter = _asked(request, read, own)
    value = readers.word(request.GET, "value")
    view = _view(read, own, matter)
    asked = _in_vote(matter) and not _secret(matter) and not view["final"]
    if asked and value in BallotValue.values:
        return render(request, "meeting/review.html", view | {"value": BallotValue(value)})
    return render(request, "meeting/ballot.html", view)


@never_cache
def ballot_review(request: Visit, meeting: UUID) -> HttpResponse:
    """Show a secret choice again before it counts; it comes in a form, because addresses are written into logs."""
    read, own = _own(request, meeting)
    matter, value = read.matter(readers.word(request.POST, "item")), readers.word(request.POST, "value")
    if not _in_vote(matter) or not _secret(matter) or value not in BallotValue.values:
        return redirect("ballot", meeting=meeting)
    return render(request, "meeting/review.html", _view(read, own, matter) | {"value": BallotValue(value)})


def _in_vote(matter: Matter | None) -> bool:
    return matter is not None and matter.item.status == AgendaItem.Status.BALLOT


def _secret(matter: Matter | None) -> bool:
    return matter is not None and matter.last is not None and matter.last.is_secret


def ballot_live(request: Visit, meeting: UUID) -> HttpResponse:
    """Return the member's page anew when the meeting is at something else than the page shows."""
    read, own = _own(request, meeting)
    matter = _asked(request, read, own)
    if readers.word(request.GET, "at") == mark_of(read.meeting, matter.item if matter else None):
        return HttpResponse(status=204)
    return render(request, "meeting/_ballot.html", _view(read, own, matter))


@never_cache
def ballot_cast(request: Visit, meeting: UUID) -> HttpResponse:
    """Cast the ballot, and show the receipt or why it did not count."""
    read, own = _own(request, meeting)
    if request.method != "POST":
        return redirect("ballot", meeting=meeting)
    facts, value = {"item": readers.word(request.POST, "item")}, readers.word(request.POST, "value")
    matter = read.matter(facts["item"])
    secret = _secret(matter)
    sealed = slip(value) if secret else {}
    open_facts = facts if secret else {**facts, "value": value}
    reference = Ref(SubjectKind.MEETING, meeting)
    taken = door.take(request, subject=reference, step=MeetingStep.CAST_BALLOT, facts=open_facts, sealed=sealed)
    if taken.entry is None:
        fresh = Reading(read.meeting)  # what was read before the step was tried may be what it was refused for
        context = _view(fresh, own, fresh.matter(facts["item"])) | {"reasons": taken.reasons}
        return render(request, "meeting/ballot.html", context, status=taken.status)
    if secret and matter is not None:
        # Shown this once and kept nowhere: a form sent twice finds its slip under the first code.
        item = matter.item
        published = {code for code, _ in item.rounds.get(n=item.round).published}
        kept = sealed["code"] in published or Slip.objects.filter(code=sealed["code"]).exists()
        code = sealed["code"] if kept else ""
        return render(request, "meeting/receipt.html", {"meeting": read.meeting, "item": item, "code": code})
    return redirect(f"{reverse('ballot', args=[meeting])}?item={facts['item']}")


def slip(value: str) -> dict[str, str]:
    """Return a secret ballot: what is said, under a code drawn by chance that only the receipt will show."""
    drawn = "".join(secrets.choice(LEGIBLE) for _ in range(12))
    return {"value": value, "code": f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"}


def mark_of(meeting: Meeting, item: AgendaItem | None) -> str:
    """Return what a member's page depends on: the state of the meeting, the item, its progress and its round."""
    return f"{meeting.state}-{item.uuid}-{item.status}-{item.round}" if item else str(meeting.state)


def _own(request: Visit, meeting: UUID) -> tuple[Reading, RollEntry]:
    read = Reading(meeting_room.meeting_of(request, meeting))
    own = meeting_room.seat_of(request, read)
    if own is None:
        raise Http404
    return read, own


def _asked(request: Visit, read: Reading, own: RollEntry) -> Matter | None:
    """Return the item named in the address, else the one the meeting is at, else a circulated one not yet answered."""
    named = next((one for one in read.agenda if str(one.item.uuid) == readers.word(request.GET, "item")), None)
    if not read.meeting.by_circulation:
        return meeting_room.current_of(read) or named
    waiting = [one for one in read.agenda if _in_vote(one)]
    open_ones = [one for one in waiting if str(own.member) in counting.unheard(one)]
    return named or next(iter(open_ones or waiting), None)


def _lines(item: AgendaItem) -> Iterable[ChangeLine]:
    return trial.lines_of(item.proposal) if item.proposal else ()


def _view(read: Reading, own: RollEntry, matter: Matter | None) -> dict[str, Any]:
    meeting, member = read.meeting, str(own.member)
    item = matter.item if matter else None
    others = [one.item for one in read.agenda if one != matter] if matter and meeting.by_circulation else ()
    view: dict[str, Any] = {
        "meeting": meeting, "own": own, "item": item, "mark": mark_of(meeting, item), "values": BallotValue,
        "shown": read.names[member], "there": member in read.there, "others": others,
    }  # fmt: skip
    if matter is None or item is None:
        return view
    cast = matter.voted.get(member)
    view |= {
        "round": matter.last, "cast": cast, "aside": member in matter.aside,
        "in_item": member in item.present,
        "final": counting.chair_has_spoken(matter) and (cast or meeting.form == Form.SITTING),
        "lines": [(line, item.values.get(str(line.uuid))) for line in _lines(item)],
        "files": item.proposal.uploads.usable() if item.proposal else (),
    }  # fmt: skip
    return view


urlpatterns = [
    path("meetings/<uuid:meeting>/ballot/", ballot, name="ballot"),
    path("meetings/<uuid:meeting>/ballot/live/", ballot_live, name="ballot_live"),
    path("meetings/<uuid:meeting>/ballot/review/", ballot_review, name="ballot_review"),
    path("meetings/<uuid:meeting>/ballot/cast/", ballot_cast, name="ballot_cast"),
]
