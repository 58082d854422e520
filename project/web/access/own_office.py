"""The office in which the signed-in person works: its territory, and how early its pages speak of a last day."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils import timezone

from project.web.access import waiting
from project.web.access.visit import Visit
from proposals.law.lawbook import SWITCHES, Lawbook
from proposals.models import Territory

NEAR = "near_limit_days"


def of(request: HttpRequest) -> Territory | None:
    """Return the territory in which the person's first duty stands, read once a request."""
    return waiting.of(request).office


def near_days(request: HttpRequest) -> int:
    """Return how many days before a last day the pages begin to say so: a dated switch of the person's own office."""
    visit = cast(Visit, request)
    if not hasattr(visit, "near"):
        own = of(request)
        law = Lawbook.standing(territory=own, on=timezone.localdate()) if own else None
        visit.near = int(law.switch(NEAR) if law else SWITCHES[NEAR].default)
    return visit.near
