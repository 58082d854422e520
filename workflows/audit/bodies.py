"""What must hold of bodies and of cases under way: no circle, nothing left behind, what was accepted can be done."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from proposals.case.phases import HOLDING
from proposals.ledger.models import Compartment
from proposals.models import Account, Body, BodyVersion, Proposal, Territory
from proposals.organisation import kinship
from proposals.plan import holding
from proposals.vocabulary import State

# Accepted by the city, or by whoever decides last: from here it is only carried out.
ACCEPTED = (State.CITY_APPROVED, State.CITY_RECORDED, State.DISPATCHING_DOWN)


def bodies() -> Iterator[str]:
    """Name every body that comes under itself, and every closed one that still has posts."""
    names = dict(BodyVersion.objects.order_by("valid_from", "id").values_list("body__uuid", "name"))
    for territory in Territory.objects.order_by("pk"):
        for day, body in kinship.circles(territory_id=territory.pk):
            yield f"机构{names[body]}：自{day}起隶属于自身的下属机构，登记簿上找不到它的上级。"
    closed = Body.objects.filter(closed_on__lte=timezone.localdate(), accounts__balance__gt=0).distinct()
    for one in closed.order_by("pk"):
        yield f"机构{names.get(one.uuid, one.code)}：已于{one.closed_on}撤销，台账上仍有编制（职数）。"


def holds(case: Proposal) -> Iterator[str]:
    """Name what a case still reserves although no decision of it stands."""
    rest = Account.objects.filter(case=case.uuid, compartment__in=(Compartment.HELD, Compartment.PLEDGED))
    if case.state not in HOLDING and rest.exclude(balance=0).exists():
        yield "没有生效的决定，仍占用编制（职数），应予释放"


def accepted(case: Proposal) -> Iterator[str]:
    """Name what is granted while what it leans on is not, and whatever of an accepted plan cannot be done."""
    lines = case.change_lines
    decided = case.state in HOLDING or case.effective
    torn = [holding.said_of(lean) for lean in holding.torn(lines)] if decided else []
    yield from dict.fromkeys(torn)
    if not torn and case.state in ACCEPTED and case.agreed and not case.effective:
        yield from holding.objections(case=case, on=timezone.localdate())
