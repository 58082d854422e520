"""The only place for what tests of bound papers share: an archive of their own, and one finished case for the audit."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests.papers_bound import road
from workflows.worker import drain


@pytest.fixture(autouse=True)
def archive(settings, tmp_path, request):
    """Keep files where the test can look at them, and nowhere else."""
    if "finished" not in request.fixturenames:
        settings.ARCHIVE_ROOT = tmp_path / "archive"
    return settings.ARCHIVE_ROOT


@pytest.fixture(scope="module")
def carried(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[dict]:
    """Carry case A to its archive package once for the module; its transaction is rolled back at the end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")):
        outer = transaction.atomic()
        outer._from_testcase = True  # perform's transaction is the outermost one, but for tests
        with outer:
            chamber = road.opened()
            case = road.whole_way(chamber)
            drain()
            yield {"chamber": chamber, "case": case}
            transaction.set_rollback(True)


@pytest.fixture
def finished(carried, django_db_blocker) -> Iterator[dict]:
    """Lend the finished case to one test; whatever the test does to it is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield carried
        transaction.set_rollback(True)
