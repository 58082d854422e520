"""What the clauses read of bodies and of other cases, each by one compiled query."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from proposals.case.lines import ChangeLine
from proposals.organisation.bodies import BodyVersion
from proposals.prepared import PreparedIn
from proposals.side_registers.models import ProblemItem
from proposals.vocabulary import State

UNDONE = (State.DRAFT, State.WITHDRAWN, State.VOID, State.REJECTED, State.CITY_REJECTED)

STANDING: PreparedIn[BodyVersion] = PreparedIn(
    lambda values, on: BodyVersion.objects.standing(on=on).filter(body__id__in=values).select_related("body", "parent")
)
EARLIER: PreparedIn[ChangeLine] = PreparedIn(
    lambda values, territory, case: (
        ChangeLine.objects.filter(Q(body__id__in=values) | Q(counterpart__id__in=values), proposal__territory=territory)
        .exclude(proposal=case)
        .exclude(proposal__state__in=UNDONE)
        .select_related("proposal", "body", "counterpart")
    )
)


def problems(which: Q, *, territory: Any, on: Any) -> QuerySet[ProblemItem]:
    """Return the problems of a territory that are open on a day, in the order of their numbers."""
    rows = ProblemItem.objects.filter(territory=territory, since__lte=on)
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gt=on)).filter(which).distinct()
    return rows.select_related("body").prefetch_related("parts")


PROBLEMS: PreparedIn[ProblemItem] = PreparedIn(
    lambda values, territory, on: problems(Q(body__uuid__in=values), territory=territory, on=on)
)
