"""What the audit names of values and holds: each fault is planted in the rows, past every door."""

from __future__ import annotations

import pytest
from django.db.models import F

from proposals.ledger.models import Compartment
from proposals.models import Account, Body, Proposal
from proposals.vocabulary import State
from tests.case.conftest import FULL, Desk
from tests.case.test_lines_hold import PLATE, POSTS
from tests.papers_bound import road
from workflows.audit import bodies as audit_bodies


def begin(desk: Desk) -> Proposal:
    """A case that founds a body with posts and a plate, granted in full and not yet issued."""
    found = desk.at_city(desk.agreed(desk.founding(POSTS, PLATE)))
    desk.office.take(found, "city_approve", "shishenhe", number="乌编办〔2026〕9号")
    return road.now(found)


@pytest.fixture
def case(desk: Desk) -> Proposal:
    """The case that the module began with."""
    assert desk.begun
    return road.now(desk.begun)


def test_nothing_is_said_of_what_holds(case: Proposal) -> None:
    assert [*audit_bodies.holds(case), *audit_bodies.accepted(case), *audit_bodies.bodies()] == []


def test_posts_granted_to_a_body_that_was_not_are_named(case: Proposal) -> None:
    case.lines.filter(position=1).update(granted=0)
    said = list(audit_bodies.accepted(road.now(case)))
    assert len(said) == 2 and all("以第1项「设立机构 丙中心」为前提" in one for one in said)


def test_a_grant_that_cannot_be_carried_out_is_named(case: Proposal) -> None:
    case.lines.filter(position=2).update(granted=400, decided=400, requested=400)
    assert any("400" in one for one in audit_bodies.accepted(road.now(case)))


def test_posts_that_an_ended_case_still_holds_are_named(case: Proposal) -> None:
    assert Account.objects.filter(case=case.uuid, compartment=Compartment.HELD, balance__gt=0).exists()
    Proposal.objects.filter(pk=case.pk).update(state=State.WITHDRAWN)
    assert list(audit_bodies.holds(road.now(case))) == ["没有生效的决定，仍占用编制（职数），应予释放"]


def test_a_closed_body_with_posts_is_named(desk: Desk) -> None:
    Body.objects.filter(code="Z02").update(closed_on=F("opened_on"))
    assert Account.objects.filter(body__code="Z02", unit=FULL, balance__gt=0).exists()
    assert any("乙中心" in one and "台账上仍有编制" in one for one in audit_bodies.bodies())
