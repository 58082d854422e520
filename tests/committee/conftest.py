"""The only place that builds a meeting once a module, by its function `build`, and lends it to each of its tests."""

import copy
from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.committee.chamber import Chamber
from tests.web.conftest import undone


@pytest.fixture(scope="module")
def built(request, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Chamber]:
    """Build the module's meeting; everything is undone at the module's end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        yield request.module.build()


@pytest.fixture
def room(built: Chamber, django_db_blocker) -> Iterator[Chamber]:
    """Lend the module's meeting to one test; whatever the test does to it is undone."""
    with django_db_blocker.unblock(), undone():
        yield copy.deepcopy(built)
