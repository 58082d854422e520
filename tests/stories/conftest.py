"""The only place for what stories share: a town with its own archive and clock, and the audit after every story."""

import copy
from collections.abc import Iterator
from unittest import mock

import pytest
from django.test import override_settings
from django.utils import timezone

from proposals.models import Proposal
from proposals.procedure import chronicle
from proposals.vocabulary import State
from tests.stories.town import Town
from tests.web.conftest import undone
from workflows.audit.reading import chains


@pytest.fixture(scope="module")
def begun(request, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Town | None]:
    """Bring a town once to where the stories of the module part, by its function `begin`; none where it has none."""
    if not hasattr(request.module, "begin"):
        yield None
        return
    archive = override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive"))
    with django_db_blocker.unblock(), archive, undone():
        told = Town()
        with mock.patch.object(timezone, "now", lambda: told.office.now):
            told.begun = request.module.begin(told)
        told.visitors.clear()
        yield told


@pytest.fixture
def town(begun, db, settings, tmp_path, monkeypatch) -> Iterator[Town]:
    """A district, its city and all its people; when the story is told, every chain must give back what is stored."""
    if not begun:
        settings.ARCHIVE_ROOT = tmp_path / "archive"
    told = copy.deepcopy(begun) or Town()
    monkeypatch.setattr(timezone, "now", lambda: told.office.now)
    yield told
    for case in Proposal.objects.all():
        replayed = chronicle.replay(chronicle.chain(case.uuid), initial=State.DRAFT)
        assert (replayed.state, replayed.seq) == (case.state, case.head_seq), case
    assert list(chains.findings()) == []


@pytest.fixture
def case(town: Town) -> Proposal:
    """The case that the town of the module began with."""
    assert town.begun
    return town.begun
