"""The security events, for auditors and administrators: who came in, who was turned away, what was handed out."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from project.web.access import growing, lists, policy, security_stream
from project.web.access.visit import Visit
from project.web.intake import readers
from proposals.models import Appointment
from workflows.models import SecurityEvent


def security(request: Visit) -> HttpResponse:
    """Show the events of the people of the auditor's own office, newest first, of one kind or of all."""
    security_stream.note_reading(request, subject="安全审计", detail=request.GET.urlencode())
    kind = readers.choice(request.GET, "kind", SecurityEvent.Kind.values)
    own = Q(pk=None)
    for _, place in policy.held_by(request):
        own |= Q(path__startswith=place)
    people = Appointment.objects.filter(own).values("person")
    rows = SecurityEvent.objects.select_related("person").filter(person__in=people).order_by("-pk")
    if kind:
        rows = rows.filter(kind=kind)
    page = growing.leaf(rows, request.GET, per_page=lists.PAGE)
    tabs = [("", "全部"), *SecurityEvent.Kind.choices]
    return render(request, "site/security.html", {"page": page, "tabs": tabs, "kind": kind})


urlpatterns = [path("security/", security, name="security")]
