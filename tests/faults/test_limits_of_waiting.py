"""Nobody waits for ever: sessions of PostgreSQL have limits, and the page for a broken site asks no database."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.db import OperationalError, connections
from django.test import RequestFactory

from project import env, serving
from project.web.pages.site import failures


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a PostgreSQL site is configured with."""
    monkeypatch.setenv("DONGYI_DATABASE_URL", "postgresql://dongyi@db/dongyi")
    return env.database(Path())


def test_a_session_ends_by_itself_where_it_would_stop_others(configured: dict[str, Any]) -> None:
    assert configured["CONN_HEALTH_CHECKS"] is True
    options = configured["OPTIONS"]
    assert 0 < options["connect_timeout"] <= 5 and 0 < options["tcp_user_timeout"] <= 15_000
    assert "lock_timeout=20s" in options["options"] and "idle_in_transaction_session_timeout=120s" in options["options"]


def test_who_answers_people_waits_seconds_only(configured: dict[str, Any]) -> None:
    with mock.patch.dict(connections.settings, {"default": copy.deepcopy(configured)}):
        serving.hurry()
        said = connections.settings["default"]["OPTIONS"]["options"]
    assert said == env.limits(lock=3, statement=20, idle=10)


def test_the_page_of_a_broken_site_reads_nothing() -> None:
    """No `db` fixture: whatever asks the database here raises."""
    try:
        raise ValueError("broken")
    except ValueError:
        answer = failures.broken(RequestFactory().get("/"))
    assert answer.status_code == 500 and "<h1" in answer.content.decode()


def test_the_page_of_a_database_that_is_away_reads_nothing() -> None:
    try:
        raise OperationalError("the connection is lost")
    except OperationalError:
        answer = failures.broken(RequestFactory().get("/"))
    assert answer.status_code in (500, 503)
