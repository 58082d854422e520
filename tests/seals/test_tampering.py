"""Whatever is done to the sealed rows of a subject with every guard taken off, the audit names the table.

Untouched, they have the same digests on every database.
"""

from __future__ import annotations

import pytest

from proposals.models import Meeting, Proposal, Rulebook, Subject
from proposals.procedure import chronicle
from tests.databases import Database
from tests.papers_bound.road import World
from tests.papers_bound.road import whole_case as build  # noqa: F401
from tests.seals import copied, tampering
from workflows.audit.reading import chains
from workflows.audit.sealed import sealed
from workflows.seals.digests import sealing
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


def test_every_database_tells_the_same_digests(world: World, database: Database) -> None:
    district = world.office.district
    subjects: list[Subject] = [kind.objects.get(territory=district) for kind in (Proposal, Meeting, Rulebook)]
    here = [sealing(one) for one in subjects]
    assert copied.told_by(subjects, database) == here and all(any(one["rows"].values()) for one in here)
