"""The only place that reads from a request where to go afterwards: a path of this site, or the page that is usual."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from project.web.intake import readers


def way_back(request: HttpRequest, *, name: str, usual: str) -> HttpResponseRedirect:
    """Answer with the way to the path that the form names, or to the usual one where it names anything else.

    A name without a leading slash is no address: Django would read it as the name of a page, and fail on most.
    """
    wanted = readers.word(request.POST, name)
    own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(wanted if own else usual)
