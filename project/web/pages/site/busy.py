"""What is said while the database is busy or gone: 503, with everything typed and its key, to press again."""

from __future__ import annotations

from collections.abc import Callable

from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from project.web.intake import readers

# SQLite's primary codes for a lock that somebody else holds.
SQLITE_BUSY, SQLITE_LOCKED = 5, 6
# PostgreSQL: a lock, a statement or an idle transaction took too long; a deadlock; no connection can be had; shut down.
POSTGRES_BUSY = frozenset({"55P03", "57014", "25P03", "25P04", "40P01", "40001", "53300", "57P01", "57P02", "57P03"})
CONNECTING = "08"
AGAIN_AFTER = 5  # seconds


def is_busy(raised: BaseException | None) -> bool:
    """Return whether something failed only because the database was held, or could not be reached just now."""
    if not isinstance(raised, OperationalError | InterfaceError):
        return False
    cause = raised.__cause__
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return code & 0xFF in (SQLITE_BUSY, SQLITE_LOCKED)
    state = getattr(cause, "sqlstate", None)
    return state is None or state in POSTGRES_BUSY or state.startswith(CONNECTING)


def busy(request: HttpRequest) -> HttpResponse:
    """Say that nothing was done because the database is held or gone; nothing here reads it."""
    return again(request, status=503, after=AGAIN_AFTER, heading="系统繁忙", why="系统正忙", wait="稍等几秒")


def again(request: HttpRequest, *, status: int, after: int, heading: str, why: str, wait: str) -> HttpResponse:
    """Say that nothing was done and why, and offer the same form again with the same key, `after` so many seconds."""
    context = {
        "heading": heading,
        "why": why,
        "wait": wait,
        "code": status,
        "address": request.get_full_path(),
        "fields": readers.typed(request, but=readers.SECRET),
        "files": [name for name in request.FILES],
        "repeats": request.method == "POST" and not readers.given(request.POST, "password"),
        "token": get_token(request),
    }
    response = HttpResponse(render_to_string("site/busy.html", context), status=status)
    response.headers["Retry-After"] = str(after)
    response.headers["Cache-Control"] = "no-store"
    return response


class BusyMiddleware:
    """Answer a page that found the database busy; what fails outside of pages comes to `failures.broken`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for the page."""
        return busy(request) if is_busy(exception) else None
