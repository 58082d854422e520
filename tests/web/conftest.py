"""The only place for what tests of pages share: a district with cases in hand, and people at their browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client, override_settings

from proposals.models import Person, Proposal
from tests.builders import Office
from tests.papers_bound import road

Visit = Callable[[str], Client]


@dataclass
class World:
    """An office, a draft of its own, and a proposal that has been sent to it."""

    office: Office
    draft: Proposal
    sent: Proposal


@pytest.fixture(scope="module")
def opened(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Open the register and draft two cases once for the module; everything is undone at its end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        office = road.opened().office
        draft, sent = road.drafted(office, "b"), road.drafted(office, "a")
        office.take(sent, "send_to_office", "bianban1")
        yield World(office=office, draft=road.now(draft), sent=road.now(sent))


@pytest.fixture
def world(opened: World, django_db_blocker) -> Iterator[World]:
    """Lend the district to one test; whatever the test does to it is undone."""
    with django_db_blocker.unblock(), undone():
        yield opened


class undone(transaction.Atomic):
    """A transaction that is rolled back, and in which perform may open the outermost one of its own."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)
        self._from_testcase = True

    def __exit__(self, *raised: object) -> None:
        """Roll back whatever happened."""
        transaction.set_rollback(True)
        super().__exit__(*raised)


@pytest.fixture
def visit() -> Visit:
    """Return a signed-in browser of a person."""

    def signed_in(username: str) -> Client:
        client = Client()
        client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
