"""The way of cases: the desks of the flow as a picture, the way of one case through them, and BPMN to take away."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.safestring import mark_safe

from project.web.access import cases
from project.web.access.visit import Visit
from workflows.desks import charts


def flow(request: Visit) -> HttpResponse:
    """Show which desks there are, whose they are, and who hands to whom."""
    # Drawn from titles in the code; nothing that anybody typed is in it.
    picture = mark_safe(charts.svg())  # noqa: S308
    return render(request, "cases/flow.html", {"picture": picture, "places": charts.places()})


def flow_bpmn(request: Visit) -> HttpResponse:
    """Hand out the flow in BPMN 2.0."""
    answer = HttpResponse(charts.bpmn(), content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="dongyi.bpmn"'
    return answer


def case_flow(request: Visit, case: UUID) -> HttpResponse:
    """Show the way of one case: the desks at which it was and the one at which it lies, as its tasks have it."""
    found = cases.case_of(request, case)
    stays = charts.history(case=found, now=timezone.now())
    picture = mark_safe(charts.svg(stays=stays))  # noqa: S308
    return render(request, "cases/flow.html", {"picture": picture, "case": found, "stays": stays})


urlpatterns = [
    path("flow/", flow, name="flow"),
    path("flow/dongyi.bpmn", flow_bpmn, name="flow_bpmn"),
    path("cases/<uuid:case>/flow/", case_flow, name="case_flow"),
]
