"""What drafting, reviewing and signing an outgoing paper write down (拟稿、核稿、签发)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from proposals.case.manuscripts import OPEN, Manuscript
from proposals.case.models import Proposal
from proposals.case.values import titles
from proposals.procedure.act import Act

Stage = Manuscript.Stage


def draft_paper(case: Proposal, act: Act) -> None:
    """Put a paper into words in place of an earlier manuscript; where nobody reviews, it waits to be signed."""
    titles.set_anew(case, act)
    _open(case, act).update(stage=Stage.REPLACED)
    named = act.facts.get("effective_on")
    case.manuscripts.create(
        paper=act.facts["paper"],
        stage=Stage.DRAFTED if act.facts["reviewed"] else Stage.REVIEWED,
        wording=act.facts["wording"],
        effective_on=date.fromisoformat(named) if named else None,
        in_party_name=bool(act.facts.get("in_party_name")),
        digest=act.facts["digest"],
        drafted_by_id=act.actor.id,
        drafted_on=act.happened_on,
    )


def review_paper(case: Proposal, act: Act) -> None:
    """Find the draft in order and lay it before its signer."""
    _open(case, act).update(stage=Stage.REVIEWED, reviewed_by=act.actor.id, reviewed_on=act.happened_on)


def sign_paper(case: Proposal, act: Act) -> None:
    """Sign the paper: its words stand, and the day is its date."""
    _open(case, act).update(
        stage=Stage.SIGNED,
        signed_by=act.actor.id,
        signer=act.on_behalf_of or act.signed,
        signed_on=act.happened_on,
    )


def return_paper(case: Proposal, act: Act) -> None:
    """Give the draft back with the reason; nothing of it is lost."""
    _open(case, act).update(stage=Stage.RETURNED, remark=act.facts["reason"])


def _open(case: Proposal, act: Act) -> QuerySet[Manuscript]:
    return case.manuscripts.filter(paper=act.facts["paper"], stage__in=OPEN)
