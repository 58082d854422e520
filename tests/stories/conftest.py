"""The only place for what stories share: a town with its own archive and clock, and the audit after every story."""

from collections.abc import Iterator

import pytest
from django.utils import timezone

from proposals.models import Proposal
from proposals.procedure import chronicle
from proposals.vocabulary import State
from tests.stories.town import Town
from workflows.audit.reading import chains


@pytest.fixture
def town(db, settings, tmp_path, monkeypatch) -> Iterator[Town]:
    """A district, its city and all its people; when the story is told, every chain must give back what is stored."""
    settings.ARCHIVE_ROOT = tmp_path / "archive"
    told = Town()
    monkeypatch.setattr(timezone, "now", lambda: told.office.now)
    yield told
    for case in Proposal.objects.all():
        replayed = chronicle.replay(chronicle.chain(case.uuid), initial=State.DRAFT)
        assert (replayed.state, replayed.seq) == (case.state, case.head_seq), case
    assert list(chains.findings()) == []
