"""What several steps of a case write down alike: a round that is kept, a decision, a paper that has its number."""

from __future__ import annotations

from proposals.case import snapshots
from proposals.case.consents import consents
from proposals.case.correspondence.manuscripts import Manuscript
from proposals.case.models import Proposal
from proposals.procedure.act import Act


def keep_round(case: Proposal, act: Act) -> None:
    """Keep what the case says now as its round, and bind the files of the round to it."""
    consents.bind_files(case)
    snapshot = snapshots.take(case, act.reading)
    case.kept_round = snapshots.digest_of(snapshot)
    case.rounds.create(n=case.round, sent_at=act.at, snapshot=snapshot, digest=case.kept_round)


def decide(case: Proposal, act: Act, body: str, *, agreed: bool) -> None:
    """Write down who decided what, when, and the digest of the lines that were agreed to."""
    case.decided_by, case.decided_on, case.agreed = body, act.happened_on, agreed
    case.decided_digest = snapshots.lines_digest(snapshots.lines_of(case)) if agreed else ""


def numbered(case: Proposal, paper: str) -> None:
    """A signed manuscript serves one paper; the next filing is drafted and signed anew."""
    case.manuscripts.filter(paper=paper, stage=Manuscript.Stage.SIGNED).update(stage=Manuscript.Stage.NUMBERED)
