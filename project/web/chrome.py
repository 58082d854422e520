"""What the frame of every page shows: who is signed in, for which office."""

from django.http import HttpRequest


def chrome(request: HttpRequest) -> dict:
    """Return the frame's values for the signed-in person."""
    return {}
