"""The only place for what every test shares: search budgets, and real databases for tests that need processes."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.db import connection
from django.test import override_settings
from hypothesis import HealthCheck, settings

from docs_templates.printing.press import print_frozen
from tests import collector, databases, depth, looked_into, postgres, sqlite_marks, static_files, thin_press
from tests.databases import Database

pytest_plugins = ("tests.costs", "tests.loaded", "tests.nightly", "tests.order")

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("ci", max_examples=25, deadline=None, print_blob=True, suppress_health_check=SLOW_IS_FINE)
settings.register_profile("deep", settings.get_profile("ci"), max_examples=2000)
settings.load_profile(depth.PROFILE)


def pytest_collection_finish() -> None:
    """Put what was imported and collected aside for good."""
    collector.seldom()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of this run's own."""
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that tests copy."""
    return databases.sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def django_db_setup(sqlite_template: Path, django_db_blocker) -> None:
    """The database behind the `db` fixture: the template's copy in memory."""
    with django_db_blocker.unblock():
        databases.load_into_memory(sqlite_template, connection)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated PostgreSQL database that tests copy."""
    return databases.postgres_template(postgres_server, tmp_path_factory.mktemp("template"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker) -> Iterator[Database]:
    """A migrated database of the test's own, on SQLite and again on PostgreSQL, for processes to meet in.

    In the test's own process it is the alias `apart`; do not combine it with the `db` fixture.
    """
    if request.param == "sqlite":
        copy = databases.sqlite_copy(request.getfixturevalue("sqlite_template"), tmp_path)
    else:
        server = request.getfixturevalue("postgres_server")
        copy = databases.postgres_copy(server, request.getfixturevalue("postgres_template"), tmp_path)
    with django_db_blocker.unblock(), databases.opened(copy) as opened:
        yield opened


@pytest.fixture(scope="module", autouse=True)
def press(request: pytest.FixtureRequest) -> Iterator[None]:
    """Print papers that nobody looks at on the thin press; a module marked `full_press` prints as the office does."""
    full = depth.DEEP or request.node.get_closest_marker("full_press")
    with contextlib.nullcontext() if full else thin_press.installed():
        yield


@pytest.fixture(scope="module", autouse=True)
def looked_into_once() -> Iterator[None]:
    """Have a child process look into the same bytes once, where nobody tests what it sees."""
    with contextlib.nullcontext() if depth.DEEP else looked_into.once():
        yield


@pytest.fixture(scope="module", autouse=True)
def examined_at_once() -> Iterator[None]:
    """Examine files when they come in, where no test is about what happens until then (`looked_into.later`)."""
    with looked_into.at_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_once() -> Iterator[None]:
    """List the static files once, however many clients there are."""
    with contextlib.nullcontext() if depth.DEEP else static_files.once():
        yield


@pytest.fixture(scope="session", autouse=True)
def sqlite_marks_once() -> Iterator[None]:
    """Mark each of SQLite's statements once, however often it is asked."""
    with contextlib.nullcontext() if depth.DEEP else sqlite_marks.once():
        yield


@pytest.fixture(scope="session", autouse=True)
def as_often_as_wished() -> Iterator[None]:
    """Let tests and their processes ask as often as they wish; those of the limits set their own."""
    often = 10**9 - 1
    told = {"DONGYI_REQUESTS_A_MINUTE": str(often), "DONGYI_POSTS_A_MINUTE": str(often)}
    with mock.patch.dict(os.environ, told), override_settings(REQUESTS_A_MINUTE=often, POSTS_A_MINUTE=often):
        yield


@pytest.fixture(autouse=True)
def press_of_one(request: pytest.FixtureRequest, press: None) -> Iterator[None]:
    """Print as the office does in a test marked `full_press`."""
    full = request.node.get_closest_marker("full_press")
    with thin_press.installed(print_frozen) if full else contextlib.nullcontext():
        yield
