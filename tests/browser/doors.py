"""The only place that lets people into the site of a test: by the password that all share, or by an open session."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from proposals.models import Person

PASSWORD = "haibowan-2026-all"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def opened() -> dict[str, str]:
    """Give everybody who works here the password and a session; return the sessions' keys by username."""
    working = Person.objects.filter(is_active=True)
    working.update(password=make_password(PASSWORD))
    keys = {}
    for person in working:
        client = Client()
        client.force_login(person, backend=BACKEND)
        keys[person.username] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return keys


def tell(*words: str) -> None:
    """Open the doors, and print what a test wants to know of the district it copies."""
    print(json.dumps({"words": words, "keys": opened()}))
