"""Where to go after a step: to a path of this site that the form names, or to the page that is usual."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect

from project.web.intake import readers


def way_back(request: HttpRequest, *, name: str, usual: str) -> HttpResponseRedirect:
    """Answer with the way to the path that the form names, or to the usual one where it names anything else."""
    return HttpResponseRedirect(readers.own_path(request.POST, name) or usual)
