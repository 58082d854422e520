"""What waits for me, what I have done, what I started."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from docs_templates.catalogue import BY_SLUG
from project.web.access import growing, lists, own_office, policy, queue, waiting
from project.web.access.visit import Visit
from project.web.intake import readers
from proposals.models import Entry, SubjectKind
from proposals.register.last_days import LastDay, by
from proposals.vocabulary import Duty, MeetingState, State
from workflows import subjects
from workflows.year_ahead import Missing, missing


def worklist(request: Visit) -> HttpResponse:
    """Show what waits for the person: urgent first, then what came last; twenty a page, by key."""
    mine, key = waiting.of(request), readers.word(request.GET, "after")
    page, after = mine.page(key)
    context = {
        "items": page,
        "lenders": mine.lenders(page),
        "after": after,
        "total": mine.total,
        "beyond": mine.tally.total >= growing.MOST,
        "texts": [] if key else [(one, BY_SLUG[one.paper].label) for one in mine.texts],
        "seats": [] if key else mine.seats,
        "last_days": [] if key else last_days(request),
        "year_ahead": [] if key else year_ahead(request),
        "complaint": "" if key else complaint(request),
        "urgent": mine.tally.urgent,
        "stages": dict(State.choices) | dict(MeetingState.choices),
    }
    return render(request, "work/worklist.html", context)


def year_ahead(request: Visit) -> list[tuple[Missing, str]]:
    """Return what the own office lacks for this year and the next, and where it is entered, for those who keep it."""
    own, today = own_office.of(request), timezone.localdate()
    if own is None or not any(duty in policy.KEEPING and path == own.path for duty, path in policy.held_by(request)):
        return []
    found = missing(territory=own, today=today)
    return [
        (one, f"{reverse('rulebook_step', args=[one.step])}?{urlencode({'district': own.uuid, **one.asked})}")
        for one in found
    ]


def complaint(request: Visit) -> str:
    """Return what the office and its administrators should know of the work behind the pages, or nothing."""
    told = policy.OFFICE | {Duty.SYSADMIN}
    if not any(duty in told for duty, _ in policy.held_by(request)):
        return ""
    return queue.complaint(request, at=timezone.now())


def last_days(request: Visit) -> list[LastDay]:
    """Return what ends soon or has ended in the register of the own office, for those who keep it."""
    own, today = own_office.of(request), timezone.localdate()
    if own is None or not any(duty in policy.KEEPING and path == own.path for duty, path in policy.held_by(request)):
        return []
    until = today + timedelta(days=own_office.near_days(request))
    return by(territory=own, today=today, until=until)


def done(request: Visit) -> HttpResponse:
    """Show what the person has done, from the record itself."""
    page = growing.leaf(lists.done(person_id=request.user.pk), request.GET, per_page=lists.PAGE)
    return render(
        request, "work/done.html", {"page": page, "acts": [_act(entry) for entry in page], **titles(request, page)}
    )


def _act(entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "label": subjects.row_of(kind=entry.subject_kind, step=entry.step).label}


def titles(request: Visit, entries: Any) -> dict[str, Any]:
    """Return the titles of the cases that the entries belong to and the person may still read; one query."""
    wanted = [entry.subject_id for entry in entries if entry.subject_kind == SubjectKind.CASE]
    return {"cases": lists.titles(wanted, held=policy.held_by(request), person_id=request.user.pk)}


def mine(request: Visit) -> HttpResponse:
    """Show the cases that the person started and may still read, wherever they stand now."""
    within = lists.readable(held=policy.held_by(request), person_id=request.user.pk)
    rows = within.filter(drafter=request.user).order_by("-pk")
    page = growing.leaf(rows, request.GET, per_page=lists.PAGE)
    return render(request, "work/mine.html", {"page": page, "holders": lists.holders(page)})


urlpatterns = [
    path("", worklist, name="worklist"),
    path("done/", done, name="done"),
    path("mine/", mine, name="mine"),
]
