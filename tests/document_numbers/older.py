"""An older release with numbers, days, posts, lent duties: `python -m tests.document_numbers.older`."""

from __future__ import annotations

import json
import uuid
from typing import Any

HEADS = ("海编发〔2026〕1号", "海编发〔2026〕1号", "海党办发〔2026〕5号")
UNTIL = "2026-03-20"
LENT = (
    ("bianban1", "hegao", "OFFICE_CLERK", UNTIL),
    ("bianban1", "zhuren", "OFFICE_CLERK", "2099-12-31"),
    ("zhuren", "bianban2", "OFFICE_DIRECTOR", "2026-03-25"),
)


def main() -> None:
    """Commit an office with calendar, numbered papers, incoming numbers of which two are one, a ledger, lent duties."""
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from docs_templates.models import FrozenPaper
    from proposals.models import Proposal
    from tests import builders
    from tests.ledger.books import found

    office = builders.found_office()
    with transaction.atomic():
        found()
        for place, head in enumerate(HEADS):
            common: dict[str, Any] = {"territory": office.district, "path": office.district.path, "kind": "OTHER"}
            case = Proposal.objects.create(
                **common, title=f"事项{place}", proposer="甲局", drafter=office.people["bianban1"], created_at=office.now,
                number=("收[2026]1号", "收〔2026〕1号", "")[place],
            )  # fmt: skip
            facts = json.dumps({"head": {"number": head}}, ensure_ascii=False)
            FrozenPaper.objects.create(
                subject_kind="case", subject_uuid=case.uuid, slug="beian", facts=facts, digest=uuid.uuid4().hex,
                frozen_by="allot_number", frozen_at=timezone.now(),
            )  # fmt: skip
        lend(office, case)


def lend(office: Any, case: Any) -> None:
    """Lend three duties on a case: one with its entry, one for years, and one whose permission the test takes away."""
    from proposals.models import Entry
    from workflows import access
    from workflows.grants import CaseGrant

    for lender, to, duty, until in LENT:
        row = CaseGrant(
            content_object=case, duty=duty, lender=office.people[lender], user=office.people[to], reason="出差",
            path=office.district.path, since="2026-03-10", until=until,
        )  # fmt: skip
        access.give(grant=row)
        if until == UNTIL:
            facts = {"person": str(row.user.uuid), "until": until, "duty": duty, "reason": "出差"}
            actor = {"id": str(row.lender.uuid), "name": row.lender.name, "post": row.lender.post}
            body = {"seq": 1, "step": "delegate", "actor": actor, "on_behalf_of": "", "facts": facts, "frozen": {}}
            Entry.objects.create(
                subject_kind="case", subject_id=case.uuid, seq=1, step="delegate", actor=row.lender, at=office.now,
                happened_on=office.now.date(), key=uuid.uuid4(), body=json.dumps(body), request_digest="0" * 64,
                prev_hash="0" * 64, hash=uuid.uuid4().hex,
            )  # fmt: skip


if __name__ == "__main__":
    main()
