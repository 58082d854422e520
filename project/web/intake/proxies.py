"""Whom a request comes from: what it says of itself in X-Forwarded-… counts only where a named proxy brought it."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)


class ProxyMiddleware:
    """Put the address and the scheme that a named proxy tells in place of the proxy's own, and drop all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read what the proxy says, and take it away: nobody behind this may read it again."""
        said = {name: request.META.pop(name, "") for name in FORWARDED}
        if _named(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = _furthest(said["HTTP_X_FORWARDED_FOR"]) or request.META.get("REMOTE_ADDR", "")
            if said["HTTP_X_FORWARDED_PROTO"] == "https":
                request.META["wsgi.url_scheme"] = "https"
        return self.get_response(request)


def _furthest(chain: str) -> str:
    """Return the last address that no proxy of ours added: what stands before it anybody may have written."""
    for word in reversed(chain.split(",")):
        address = word.strip()
        if not _is_address(address):
            return ""
        if not _named(address):
            return address
    return ""


def _is_address(word: str) -> bool:
    try:
        ip_address(word)
    except ValueError:
        return False
    return True


def _named(address: str) -> bool:
    """Return whether the address is a proxy's; a socket has none, and is named by the word unix."""
    if not address:
        return "unix" in settings.TRUSTED_PROXIES
    if not _is_address(address):
        return False
    networks = (ip_network(one, strict=False) for one in settings.TRUSTED_PROXIES if one != "unix")
    return any(ip_address(address) in network for network in networks)
