"""The security stream: refused steps, closed doors, sign-ins and downloads, each kept the moment it happens."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from workflows.models import SecurityEvent

Kind = SecurityEvent.Kind


def note(request: HttpRequest, kind: str, *, subject: str, detail: str = "") -> None:
    """Keep an event in a transaction of its own: what was refused has rolled everything else back."""
    person = request.user if request.user.is_authenticated else None
    SecurityEvent.objects.create(at=timezone.now(), kind=kind, person=person, subject=subject[:120], detail=detail)
