"""The only place for the processes that race each other in the fault tests; see `child`."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from proposals.models import Person
from proposals.procedure.act import Actor
from tests import builders
from workflows.attempt import Ref, Refused
from workflows.perform import perform

# What a child process runs: `python -c CHILD prepare 6`, `python -c CHILD take '{...}'`.
CHILD = "import django; django.setup(); from tests.faults import actors; actors.main()"


def prepare(count: int) -> list[dict[str, str]]:
    """Found an office and draft cases in it; return each case's id and the concern a page would show."""
    office = builders.office_with_law()
    body = builders.add_body(office, "演示街道", category="STREET")
    cases = [builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body.uuid}]) for _ in range(count)]
    return [{"uuid": str(case.uuid), "seen": case.concern} for case in cases]


def take(order: dict[str, Any]) -> list[dict[str, Any]]:
    """Report at the gate, then take the step on every case, each at its moment; return what came of each."""
    actor = Actor.of(Person.objects.get(username=order["who"]))
    start = at_the_gate(Path(order["gate"]))
    return [_one(order, actor, case, start + place * order["pause"]) for place, case in enumerate(order["cases"])]


def at_the_gate(gate: Path) -> float:
    """Say that this process is ready, wait until all are, and return the common moment."""
    (gate / f"ready-{os.getpid()}").touch()
    while not (gate / "go").exists():
        time.sleep(0.01)
    return float((gate / "go").read_text())


def _one(order: dict[str, Any], actor: Actor, case: dict[str, str], moment: float) -> dict[str, Any]:
    while time.time() < moment:
        time.sleep(0.001)
    try:
        entry = perform(
            subject=Ref("case", UUID(case["uuid"])),
            step=order["step"],
            actor=actor,
            at=datetime.fromisoformat(order["at"]),
            key=UUID(case["key"]),
            seen=case["seen"],
            facts=order["facts"],
        )
    except Refused as refused:
        return {"refused": [reason.code for reason in refused.reasons], "said": [r.message for r in refused.reasons]}
    return {"hash": entry.hash}


def main() -> None:
    """Do what the command line says and print the outcome as one line of JSON."""
    verb, argument = sys.argv[1:]
    verbs = {"prepare": lambda: prepare(int(argument)), "take": lambda: take(json.loads(argument))}
    outcome: Any = verbs[verb]()
    print(json.dumps(outcome), flush=True)
