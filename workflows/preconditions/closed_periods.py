"""Closed periods of the ledger: what takes no effect in them any more, and what must be out before one is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docs_templates.models import FrozenPaper
from docs_templates.sources.issuer import FOUNDING
from proposals.case.lifecycle import CaseStep
from proposals.ledger import periods
from proposals.models import Proposal, Register
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.register.body_view import ENDED
from workflows.papers import manuscripts, of_steps


def effect_open(case: Proposal, act: Act) -> Iterator[Reason]:
    """A founding paper names a day after the last closed one, when it is numbered and when it is issued."""
    named = of_steps.founding_day(case)
    if act.step in (*of_steps.NUMBERING, CaseStep.DRAFT_PAPER):
        if act.facts.get("paper") not in FOUNDING:
            return
        signed = manuscripts.day_of(case=case, paper=act.facts["paper"]) if act.step in of_steps.NUMBERING else ""
        chosen = act.facts.get("effective_on") or signed or named
    else:  # what is issued takes effect on the day that its paper names
        chosen = named or act.facts.get("effective_on")
    day = date.fromisoformat(chosen) if chosen else act.happened_on
    if said := periods.objection(territory_id=case.territory_id, day=day, what="生效日期"):
        yield Reason("CLOSED", said)


def nothing_left_to_issue(register: Register, act: Act) -> Iterator[Reason]:
    """No founding paper is left whose day would be closed before it is issued: it could take effect no more."""
    through = act.facts.get("through")
    if through is None:
        return
    pending = Proposal.objects.filter(territory=register.territory, effective_on=None).exclude(state__in=ENDED)
    numbered = FrozenPaper.objects.filter(slug__in=FOUNDING).values("subject_uuid")
    for case in pending.filter(uuid__in=numbered):
        day = of_steps.founding_day(case)
        if day and day <= through:
            text = f"「{case.title}」的下达文件{of_steps.founding(case)}自{day}起执行，还没有印发，请先办理印发再封存。"
            yield Reason("PAPER_WAITING", text)
