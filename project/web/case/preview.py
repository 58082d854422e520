"""What a case would change and what the law says of it, while it is being drafted: tried out, never kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from docs_templates.facts.parts import ChangeLine
from docs_templates.sources.lines import body_changes, body_names
from proposals.case import drafts
from proposals.case.snapshots import CaseReading
from proposals.models import Proposal
from proposals.plan import trial
from proposals.plan.trial import Plan
from proposals.rules import law
from proposals.rules.base import Finding
from proposals.rules.view import CaseView


@dataclass(frozen=True, slots=True)
class Preview:
    """The plan with its findings beside the lines, what becomes of bodies, and what concerns the case as a whole."""

    plan: Plan
    facts: tuple[ChangeLine, ...]
    findings: tuple[Finding, ...]


def of(case: Proposal, *, on: date, reading: CaseReading | None = None) -> Preview:
    """Return what the saved lines would change as of a day, and everything the law of that day has to say of the case.

    A day gone by is only looked at: it shows what stood then. `reading` is what the page read of the case already.
    """
    view = CaseView(case=case, step="", on=on, reading=reading)
    found = law.seen(view)
    past = on < timezone.localdate()
    plan = trial.of_case(case=case, as_of=on, past=True, standing=view.read.standing(on)) if past else view.plan
    drawn = law.beside(plan=trial.intended(plan, view.intents), found=found)
    short = {line.line for line in drawn.lines if line.shortfalls}
    lines = trial.lines_of(case)
    names = body_names.printed(plan=drawn, territory_id=case.territory_id, lines=lines, on=on)
    told = body_changes.told(lines, drawn, names)
    return Preview(
        plan=drawn,
        facts=tuple(one for line, one in told if line not in short),
        findings=tuple(finding for finding in found if finding.line is None),
    )


def tried(*, case: UUID, seen: str, lines: Sequence[Mapping[str, Any]], on: date) -> Preview:
    """Return what the typed lines would change: saved, read and rolled back, so that a preview can never differ.

    Raises DraftRefused like saving itself.
    """
    with transaction.atomic():
        saved = drafts.save_lines(case=case, seen=seen, lines=lines)
        seen_ahead = of(saved, on=on)
        transaction.set_rollback(True)
    return seen_ahead
