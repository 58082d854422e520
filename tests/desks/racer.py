"""One of two who give, or end, the same reading at the same moment: `python -m tests.desks.racer WHAT …`."""

from __future__ import annotations

import json
import sys
import time
import uuid
from typing import Any

ROUNDS = 4


def main() -> None:
    """Set the scene, take one step after the other from a given moment on, or tell what stands."""
    import django

    django.setup()
    acts = {"prepare": prepare, "stands": stands}
    print(json.dumps(acts[sys.argv[1]]() if sys.argv[1] in acts else race(sys.argv[1], json.loads(sys.argv[2]))))


def prepare() -> list[str]:
    """Commit an office of two directors with cases that lie in it; return them."""
    from proposals.models import Appointment
    from tests import builders

    office = builders.office_with_law()
    body = builders.add_body(office, "甲街道", category="STREET").uuid
    Appointment.objects.create(
        person=office.people["hegao"], duty="OFFICE_DIRECTOR", path=office.district.path, since=office.now.date()
    )
    cases = [builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body}]) for _ in range(ROUNDS)]
    for case in cases:
        office.take(case, "send_to_office", "bianban1")
    return [str(case.uuid) for case in cases]


def race(step: str, plan: dict[str, Any]) -> list[str]:
    """Take the step on every case, each at its own moment; tell of each what came of it."""
    from django.utils import timezone

    from proposals.models import Person
    from proposals.procedure.act import Actor
    from workflows.attempt import Ref, Refused
    from workflows.grants import CaseGrant
    from workflows.perform import perform

    told, reader = [], Person.objects.get(username="bianwei4")
    actor = Actor.of(Person.objects.get(username=plan["who"]))
    for turn, case in enumerate(plan["cases"]):
        facts = {
            "person": str(reader.uuid), "purpose": "BORROWED", "until": timezone.localdate().isoformat(),
            "reason": "核对旧案",
        }  # fmt: skip
        if step == "end_reading":
            facts = {"grant": str(CaseGrant.objects.get(content_object__uuid=case).uuid)}
        time.sleep(max(0.0, plan["start"] + turn * 0.5 - time.time()))
        try:
            perform(
                subject=Ref("case", uuid.UUID(case)), step=step, actor=actor, at=timezone.now(), key=uuid.uuid4(),
                seen=None, facts=facts,
            )  # fmt: skip
            told.append("done")
        except Refused as refused:
            told.append("、".join(sorted(refused.codes)))
    return told


def stands() -> dict[str, Any]:
    """Tell how many rights stand open and were ended, and how many entries and events tell of them."""
    from proposals.models import Entry
    from workflows.audit.reading import chains
    from workflows.grants import CaseGrant
    from workflows.models import SecurityEvent

    return {
        "open": CaseGrant.objects.filter(ended_at=None).count(),
        "ended": CaseGrant.objects.exclude(ended_by=None).count(),
        "entries": Entry.objects.filter(step__in=("grant_reading", "end_reading")).count(),
        "events": SecurityEvent.objects.filter(kind__in=("GRANTED", "ENDED")).count(),
        "faults": [fault for fault in chains.findings() if "查阅" in fault],
    }


if __name__ == "__main__":
    main()
