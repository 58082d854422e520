"""What a request is once it has passed the policy: somebody known, with duties."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from proposals.models import Person
from workflows.access import Held


class Visit(HttpRequest):
    """A request as a page behind the login sees it."""

    user: Person
    htmx: HtmxDetails
    held: Held
    near: int
