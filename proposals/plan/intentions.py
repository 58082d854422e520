"""What cases accepted and undecided would take (拟用): it warns and never blocks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from proposals.case import history
from proposals.case.lines import ChangeLine
from proposals.ledger.places import Place
from proposals.plan import trial
from proposals.plan.loading import load
from proposals.plan.sheet import Sheet, drawdowns
from proposals.vocabulary import State

# Accepted and not yet decided: what these cases would take is 拟用.
INTENDING = (
    State.ARGUING, State.COMPLIANCE_REVIEW, State.OFFICE_REVIEW, State.PRE_COMM, State.AGENDA_APPROVAL, State.SCHEDULED,
    State.IN_DELIBERATION, State.IN_CIRCULATION, State.DEFERRED, State.SUSPENDED,
)  # fmt: skip


def intended(*, territory_id: int, on: date, exclude: UUID | None = None) -> dict[Place, int]:
    """Return what cases accepted and undecided on a day would take from each place (拟用): it warns, it does not block.

    Two queries and a fixed few, whatever the number of cases.
    """
    # What has not moved since the day is judged by its state alone, so only open cases and those moved since are read.
    candidates = Q(state__in=INTENDING) | Q(moved_at__gte=history.ends(on))
    cases_then = history.as_of(day=on).filter(candidates, territory=territory_id, accepted_on__lte=on)
    lines = list(
        ChangeLine.objects.filter(proposal__in=cases_then.filter(state_then__in=INTENDING).values("pk"))
        .exclude(proposal__uuid__in=[exclude] if exclude else [])
        .order_by("proposal_id", "position", "id")
        .select_related("body", "counterpart", "proposal")
    )
    cases: dict[UUID, list[ChangeLine]] = {}
    for line in lines:
        cases.setdefault(line.proposal.uuid, []).append(line)
    shared = load(territory_id=territory_id, lines=lines, as_of=on)
    wanted: dict[Place, int] = {}
    for case, own in cases.items():
        sheet = Sheet(
            posts=dict(shared.posts),
            facts=dict(shared.facts),
            case=case,
            children=dict(shared.children),
            trees=shared.trees,
            gone=dict(shared.gone),
        )
        trial.try_out(sheet=sheet, lines=own)
        for place, n in drawdowns(before=shared.posts, moves=sheet.moves).items():
            wanted[place] = wanted.get(place, 0) + n
    return wanted
