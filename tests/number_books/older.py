"""What a database of an older release held of numbers, days and posts: `python -m tests.number_books.older`."""

from __future__ import annotations

import json
import uuid
from typing import Any

HEADS = ("海编发〔2026〕1号", "海编发〔2026〕1号", "海党办发〔2026〕5号")


def main() -> None:
    """Commit an office with calendar, three numbered papers and incoming numbers of which two are one, and a ledger."""
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


if __name__ == "__main__":
    main()
