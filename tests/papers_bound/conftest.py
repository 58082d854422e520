"""The only place for what tests of bound papers share: an archive of their own, and a world built once a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings


@pytest.fixture(autouse=True)
def archive(settings, tmp_path, request):
    """Keep files where the test can look at them, and nowhere else."""
    if "world" not in request.fixturenames:
        settings.ARCHIVE_ROOT = tmp_path / "archive"
    return settings.ARCHIVE_ROOT


@pytest.fixture(scope="module")
def built(request, django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Any]:
    """Build the module's world once, by its function `build`; its transaction is rolled back at the end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        yield request.module.build()


@pytest.fixture
def world(built, django_db_blocker) -> Iterator[Any]:
    """Lend the module's world to one test; whatever the test does to it is undone."""
    with django_db_blocker.unblock(), undone():
        yield built


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is done inside, as Django's own test cases do: perform may be the outermost transaction in it."""
    outer = transaction.atomic()
    outer._from_testcase = True
    with outer:
        yield
        transaction.set_rollback(True)
