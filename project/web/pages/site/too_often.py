"""What is said to a person, or to a stranger's address, that asks too often: 429, with everything typed and its key."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from project.web.access.pace import Pace
from project.web.pages.site import busy

Who = tuple[str, object]
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class TooOftenMiddleware:
    """Stand before every page, behind the static files: whoever is signed in is counted wherever he sits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.pace = Pace()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or say how long to wait; nothing was done then."""
        if seconds := self._wait(request):
            return busy.again(
                request, status=429, after=seconds, heading="操作过于频繁",
                why="一分钟内的操作过于频繁", wait=f"等待{seconds}秒",
            )  # fmt: skip
        return self.get_response(request)

    def _wait(self, request: HttpRequest) -> int:
        known = request.user.is_authenticated
        who: Who = ("person", request.user.pk) if known else ("address", request.META.get("REMOTE_ADDR", ""))
        wait = self.pace.wait(who, most=settings.REQUESTS_A_MINUTE)
        if request.method in READING:
            return wait
        return max(wait, self.pace.wait((*who, "posts"), most=settings.POSTS_A_MINUTE))
