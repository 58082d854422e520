"""Whatever is done to the sealed rows of a subject with every guard taken off, the audit names the table."""

from __future__ import annotations

import pytest

from proposals.models import Meeting, Proposal, Rulebook, Subject
from proposals.procedure import chronicle
from tests.papers_bound.road import whole_case as build  # noqa: F401
from tests.seals import tampering
from workflows.audit.reading import chains
from workflows.audit.sealed import sealed
from workflows.seals.sheets import SHEETS


@pytest.fixture(params=[Proposal, Meeting, Rulebook])
def subject(request, world, unguarded) -> Subject:
    """The case of the world, the meeting that decided it, and the rulebook of their district."""
    return request.param.objects.select_related("territory").get(territory=world.office.district)


def test_nothing_is_named_where_nobody_tampered(subject: Subject) -> None:
    bodies = chronicle.replay(chronicle.chain(subject.uuid), initial=chains.FIRST.get(subject.subject_kind, "")).bodies
    assert list(sealed(subject, bodies)) == []
    assert set(bodies[-1]["frozen"]["rows"]) == {sheet.name for sheet in SHEETS[subject.subject_kind]}


def test_every_tampering_is_named_with_its_table(subject: Subject) -> None:
    tampering.hold(subject)
