"""One of two clerks who enter the same number at the same moment: `python -m tests.document_numbers.racer WHAT …`."""

from __future__ import annotations

import json
import sys
import time
import uuid
from typing import Any

ROUNDS = 4


def main() -> None:
    """Set the scene, or enter one number after the other from a given moment on."""
    import django

    django.setup()
    print(json.dumps(prepare() if sys.argv[1] == "prepare" else enter(sys.argv[1], json.loads(sys.argv[2]))))


def prepare() -> dict[str, list[list[str]]]:
    """Commit an office with pairs of cases that wait to be entered, and pairs at the city that wait for its answer."""
    from proposals.models import Proposal
    from tests import builders

    office = builders.office_with_law()
    body = builders.add_body(office, "甲街道", category="STREET").uuid
    told: dict[str, list[list[str]]] = {"incoming": [], "letter": []}
    for kind, pairs in told.items():
        for _ in range(ROUNDS):
            pair = [builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body}]) for _ in range(2)]
            for case in pair:
                office.take(case, "send_to_office", "bianban1")
                if kind == "letter":
                    Proposal.objects.filter(pk=case.pk).update(state="FILED")
            pairs.append([str(case.uuid) for case in pair])
    return told


def enter(kind: str, plan: dict[str, Any]) -> list[str]:
    """Enter the same number for one's own cases, each round at its own moment; tell of each what came of it."""
    from django.utils import timezone

    from proposals.models import Person, Proposal
    from proposals.procedure.act import Actor
    from workflows.attempt import Ref, Refused
    from workflows.perform import perform

    told = []
    for turn, case in enumerate(plan["cases"]):
        time.sleep(max(0.0, plan["start"] + turn * 0.5 - time.time()))
        who, step, facts = {
            "incoming": ("bianban1", "register_incoming", {"incoming_number": f"收〔2026〕{turn + 1}号"}),
            "letter": (
                "zhuren",
                "request_withdrawal",
                {"reason": "另行研究。", "letter": f"海编办函〔2026〕{turn + 1}号"},
            ),
        }[kind]
        actor = Actor.of(Person.objects.get(username=who))
        seen = Proposal.objects.get(uuid=case).concern
        try:
            perform(
                subject=Ref("case", uuid.UUID(case)),
                step=step,
                actor=actor,
                at=timezone.now(),
                key=uuid.uuid4(),
                seen=seen,
                facts=facts,
            )
            told.append("entered")
        except Refused as refused:
            told.append("、".join(sorted(refused.codes)))
    return told


if __name__ == "__main__":
    main()
