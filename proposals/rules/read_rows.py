"""What the clauses read of bodies and of other cases, each by one compiled query."""

from __future__ import annotations

from django.db.models import Q

from proposals.case.lines import ChangeLine
from proposals.organisation.bodies import BodyVersion
from proposals.prepared import PreparedIn
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
