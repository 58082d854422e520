"""Somebody else holds the database: the page says so within seconds, keeps what was typed, and takes it afterwards."""

from __future__ import annotations

import time

import pytest
from django.db.utils import InterfaceError, OperationalError
from django.test import RequestFactory

from project.web.pages.site import busy, failures
from tests.databases import Database
from tests.faults.busy import TEXT
from tests.ledger.test_races import printed


def test_a_held_draft_is_a_503_within_five_seconds_and_saved_by_pressing_again(database: Database) -> None:
    (case,) = printed(database, ("tests.faults.busy", "prepare"))
    start = time.time() + 8
    _, clerk = printed(
        database, ("tests.faults.busy", "hold", case, start), ("tests.faults.busy", "press", case, start)
    )
    *refused, (status, _, _) = clerk["told"]
    assert refused and status == 302, clerk
    assert all(code == 503 and seconds < 5 and after for code, seconds, after in refused), clerk
    assert clerk["reason"].split() == TEXT.split() and "还没写完" not in clerk["summary"]


def failed(kind: type[Exception], **cause: object) -> Exception:
    raised = kind("…")
    raised.__cause__ = type("Cause", (Exception,), cause)()
    return raised


@pytest.mark.parametrize(
    ("raised", "is_busy"),
    [
        (failed(OperationalError, sqlite_errorcode=5), True),
        (failed(OperationalError, sqlite_errorcode=517), True),  # SQLITE_BUSY_SNAPSHOT
        (failed(OperationalError, sqlite_errorcode=13), False),  # the disk is full
        (failed(OperationalError, sqlstate="55P03"), True),
        (failed(OperationalError, sqlstate="57P01"), True),
        (failed(OperationalError, sqlstate=None), True),
        (failed(OperationalError, sqlstate="08006"), True),
        (failed(OperationalError, sqlstate="53100"), False),  # the disk is full
        (failed(InterfaceError, sqlstate=None), True),
        (failed(ValueError, sqlite_errorcode=5), False),
        (ValueError(), False),
    ],
)
def test_only_what_passes_by_itself_is_called_busy(raised: Exception, is_busy: bool) -> None:
    assert busy.is_busy(raised) is is_busy


def test_what_fails_outside_of_a_page_is_busy_too_and_neither_page_reads_the_database() -> None:
    """Without the mark of pytest-django a statement would fail here."""
    request = RequestFactory().post("/cases/new/", {"title": "<甲>", "key": "k", "password": "secret"})
    try:
        raise failed(OperationalError, sqlite_errorcode=5)
    except OperationalError:
        answer = failures.broken(request)
    assert answer.status_code == 503 and answer["Retry-After"] and "secret" not in answer.content.decode()
    broken = failures.broken(RequestFactory().get("/"))
    assert broken.status_code == 500 and "系统出现故障" in broken.content.decode()


def test_a_page_that_finds_it_busy_repeats_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory().post("/cases/new/?a=1", {"title": "<甲>\n", "key": "k"})
    answer = busy.BusyMiddleware(lambda _: None).process_exception(  # type: ignore[arg-type, return-value]
        request, failed(OperationalError, sqlite_errorcode=5)
    )
    shown = answer.content.decode() if answer else ""
    assert 'action="/cases/new/?a=1"' in shown and "&lt;甲&gt;" in shown and 'name="key"' in shown
