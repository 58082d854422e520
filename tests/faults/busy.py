"""A clerk who saves a draft while somebody else holds the database, and the one who holds it."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

HELD = 9.0  # seconds: longer than anybody at a page should wait
TEXT = "写了一上午的缘由，\n不能丢。"


def main() -> None:
    """Set the scene, hold it, or press; print what came of it as JSON."""
    import django

    django.setup()
    verb, *words = sys.argv[1:]
    print(json.dumps({"prepare": prepare, "hold": hold, "press": press}[verb](*words)))


def prepare() -> str:
    """Commit an office with a draft and return which."""
    from tests.faults.waiting import prepare as office

    return office()


def hold(case: str, start: str) -> bool:
    """Hold the draft at that moment, as a transaction that got stuck does."""
    from django.db import connection, transaction

    from proposals.models import Proposal

    connection.ensure_connection()
    time.sleep(max(0.0, float(start) - time.time()))
    with transaction.atomic():
        Proposal.objects.filter(uuid=case).update(summary="还没写完")
        time.sleep(HELD)
        transaction.set_rollback(True)
    return True


def press(case: str, start: str) -> dict[str, Any]:
    """Save the draft a second after it is held, then press again what the page offers until it is saved."""
    from django.conf import settings
    from django.test import Client
    from lxml import html

    from project import serving
    from proposals.models import Entry, Person, Proposal

    serving.hurry()
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(username="bianban1"), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/cases/{case}/facts/"
    form = html.fromstring(client.get(address).content).xpath("//form[.//textarea]")[0]
    fields = {name: value for name, value in form.fields.items() if isinstance(value, str)} | {
        "reason": TEXT,
        "urgency": "NORMAL",
    }
    time.sleep(max(0.0, float(start) + 1 - time.time()))
    told = []
    while len(told) < 6:
        began = time.monotonic()
        answer = client.post(address, fields)
        told.append([answer.status_code, time.monotonic() - began, answer.get("Retry-After", "")])
        if answer.status_code != 503:
            break
        again = html.fromstring(answer.content).xpath("//form")[0]
        fields = {name: value for name, value in again.fields.items()}
        time.sleep(1)
    kept = Proposal.objects.get(uuid=case)
    return {"told": told, "reason": kept.reason, "summary": kept.summary, "entries": Entry.objects.count()}


if __name__ == "__main__":
    main()
