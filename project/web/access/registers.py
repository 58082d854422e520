"""Which districts' registers a person reaches, which bodies in them, and the day a page is asked for."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from project.web.access import policy
from project.web.access.visit import Visit
from project.web.intake import readers
from proposals.models import Appointment, Body, Territory
from proposals.organisation.unit_bodies import bodies_of
from proposals.vocabulary import TerritoryLevel


def districts(request: Visit) -> list[Territory]:
    """Return the districts whose register the person may read: the own one, for the city all below it."""
    paths = [path for _, path in policy.held_by(request)]
    return [
        district
        for district in Territory.objects.filter(level=TerritoryLevel.DISTRICT).order_by("path")
        if any(path.startswith(district.path) or district.path.startswith(path) for path in paths)
    ]


def district_of(request: Visit) -> Territory:
    """Return the district the address names, else the first within reach; raise Http404 beyond it."""
    within = districts(request)
    wanted = readers.identity(request.GET, "district")
    found = [district for district in within if wanted in (None, district.uuid)]
    if not found:
        raise Http404
    return found[0]


def frame(request: Visit, *, district: Territory, as_of: date) -> dict[str, Any]:
    """Return what every page of a register shows around its own: the district of those within reach, and the day."""
    return {"district": district, "districts": districts(request), "as_of": as_of}


def own_bodies(request: Visit, *, district: Territory, as_of: date) -> frozenset[int] | None:
    """Return the keys of the bodies whose rows the person may read in a register; None for all of them.

    A unit reads its own bodies and what stands below them, whoever has another duty in the district the whole.
    """
    held = policy.held_by(request)
    if any(duty not in policy.UNIT and district.path.startswith(path) for duty, path in held):
        return None
    paths = [path for duty, path in held if duty in policy.UNIT and path.startswith(district.path)]
    rows = Appointment.objects.filter(person=request.user.pk, duty__in=policy.UNIT, path__in=paths)
    return bodies_of(territory=district, places=rows.values_list("path", "unit"), on=as_of)


def body_of(request: Visit, body: UUID) -> Body:
    """Return a body of a register within reach, or raise Http404."""
    found = Body.objects.select_related("territory").filter(uuid=body, territory__in=districts(request)).first()
    if found is None:
        raise Http404
    own = own_bodies(request, district=found.territory, as_of=day_of(request))
    if own is not None and found.pk not in own:
        raise Http404
    return found


def day_of(request: Visit) -> date:
    """Return the day the page is asked for, today unless the address or the form on it says otherwise."""
    return readers.day(request.POST, "as_of") or readers.day(request.GET, "as_of") or timezone.localdate()
