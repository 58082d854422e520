"""One of two who take the same step with the same key, the second while the first holds the lock."""

from __future__ import annotations

import json
import sys
import time
from typing import Any
from uuid import UUID

HELD = 1.5  # seconds for which the first keeps its lock


def main() -> None:
    """Set the scene, take the step slowly, or open the case a little later; print what came of it as JSON."""
    import django

    django.setup()
    verb, *words = sys.argv[1:]
    acts = {"prepare": prepare, "hold": hold, "open": look}
    print(json.dumps(acts[verb](*words)))


def prepare() -> str:
    """Commit an office with a draft and return which."""
    from tests import builders

    office = builders.office_with_law()
    body = builders.add_body(office, "演示街道", category="STREET")
    return str(builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body.uuid}]).uuid)


def hold(case: str, key: str, start: str) -> int:
    """Send the case to the office at that moment, thinking long before the first write; return the entry."""
    from django.db import connection

    from proposals.models import Person, Proposal
    from proposals.procedure.act import Actor
    from tests.builders import NOON
    from workflows.attempt import Ref
    from workflows.perform import perform

    seen = Proposal.objects.get(uuid=case).concern
    actor = Actor.of(Person.objects.get(username="bianban1"))
    time.sleep(max(0.0, float(start) - time.time()))
    with connection.execute_wrapper(Slowly()):
        entry = perform(
            subject=Ref("case", UUID(case)), step="send_to_office", actor=actor, at=NOON, key=UUID(key), seen=seen
        )
    return entry.pk


class Slowly:
    """Waits before the first write, while the lock is held."""

    def __init__(self) -> None:
        self.done = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.done and sql.startswith(("INSERT", "UPDATE")):
            self.done = True
            time.sleep(HELD)
        return execute(sql, params, many, context)


def look(case: str, key: str, start: str) -> dict[str, Any]:
    """Open the case half a second after the other began; tell how long that took and what was seen."""
    from django.db import connection, transaction

    from workflows import subjects
    from workflows.attempt import Ref

    connection.ensure_connection()
    time.sleep(max(0.0, float(start) + 0.5 - time.time()))
    began = time.monotonic()
    with transaction.atomic(durable=True):
        subject, known, _ = subjects.opened(Ref("case", UUID(case)), UUID(key))
        return {"waited": time.monotonic() - began, "known": known, "seq": subject.head_seq, "state": subject.state}


if __name__ == "__main__":
    main()
