"""The identity of what a form makes: it comes from the key of the page, so that a form sent twice makes one thing."""

from __future__ import annotations

from typing import cast
from uuid import UUID, uuid5

from django.http import HttpRequest

from project.web.intake import readers
from proposals.models import Person

NO_KEY = "页面已失效，没有办理。请刷新页面后重新办理。"


def made_by(request: HttpRequest, *, what: str) -> UUID:
    """Return the identity of what this sending makes; `what` tells apart several things that one form makes.

    It is the person's own: nobody meets a thing of somebody else with a key that he saw. No key is refused.
    """
    key = readers.a_uuid(readers.word(request.POST, "key"))
    if key is None:
        raise readers.Unreadable(NO_KEY)
    return uuid5(key, f"{cast(Person, request.user).uuid} {what}")
