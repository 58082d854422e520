"""What drafting, reviewing and signing an outgoing paper write down (拟稿、核稿、签发)."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from proposals.case.asks import OPINION, PAPER_ASK, REASON, TITLE
from proposals.case.correspondence.manuscripts import OPEN, Manuscript
from proposals.case.models import Proposal
from proposals.case.values import titles
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, day, facts, yes

Stage = Manuscript.Stage


@facts
class DraftPaper:
    """What 「拟稿」 asks."""

    paper: str = asked(PAPER_ASK)
    effective_on: date | None = day("生效日期", required=False, help="下达文件写明的执行日期，不填即为成文日期")
    in_party_name: bool = yes("以区委名义发文", required=False, help="文号由区委办给出")
    title: str = asked(TITLE)


def draft_paper(case: Proposal, act: Act, told: DraftPaper) -> None:
    """Put a paper into words in place of an earlier manuscript; where nobody reviews, it waits to be signed."""
    titles.set_anew(case, act)
    _open(case, act).update(stage=Stage.REPLACED)
    case.manuscripts.create(
        paper=told.paper,
        stage=Stage.DRAFTED if act.facts["reviewed"] else Stage.REVIEWED,
        wording=act.facts["wording"],
        effective_on=told.effective_on,
        in_party_name=bool(told.in_party_name),
        digest=act.facts["digest"],
        drafted_by_id=act.actor.id,
        drafted_on=act.happened_on,
    )


@facts
class ReviewPaper:
    """What 「核稿」 asks."""

    paper: str = asked(PAPER_ASK)
    opinion: str = asked(OPINION)


def review_paper(case: Proposal, act: Act, told: ReviewPaper) -> None:
    """Find the draft in order and lay it before its signer."""
    _open(case, act).update(stage=Stage.REVIEWED, reviewed_by=act.actor.id, reviewed_on=act.happened_on)


@facts
class SignPaper:
    """What 「签发」 asks."""

    paper: str = asked(PAPER_ASK)
    opinion: str = asked(OPINION)


def sign_paper(case: Proposal, act: Act, told: SignPaper) -> None:
    """Sign the paper: its words stand, and the day is its date."""
    _open(case, act).update(
        stage=Stage.SIGNED,
        signed_by=act.actor.id,
        signer=act.on_behalf_of or act.signed,
        signed_on=act.happened_on,
    )


@facts
class ReturnPaper:
    """What 「退回改稿」 asks."""

    paper: str = asked(PAPER_ASK)
    reason: str = asked(REASON)


def return_paper(case: Proposal, act: Act, told: ReturnPaper) -> None:
    """Give the draft back with the reason; nothing of it is lost."""
    _open(case, act).update(stage=Stage.RETURNED, remark=told.reason)


def _open(case: Proposal, act: Act) -> QuerySet[Manuscript]:
    return case.manuscripts.filter(paper=act.facts["paper"], stage__in=OPEN)
