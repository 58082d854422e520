"""What the steps of drafting write down; a body never refuses and never returns early: everything was judged before."""

from __future__ import annotations

from proposals.case.models import Proposal
from proposals.case.steps.writes import day, keep_round
from proposals.procedure.act import Act
from proposals.text import document_numbers


def open_collective(case: Proposal, act: Act) -> None:
    """Lay the draft before the unit's Party group (Regulation: a proposal is decided collectively first)."""


def back_to_draft(case: Proposal, act: Act) -> None:
    """Take the draft back for more work."""


def send_to_office(case: Proposal, act: Act) -> None:
    """Send the proposal with its attachments to the staffing office; keeps what was sent."""
    keep_round(case, act)


def send_small(case: Proposal, act: Act) -> None:
    """Send a small matter straight to the office's review."""
    keep_round(case, act)


def take_back(case: Proposal, act: Act) -> None:
    """Take back what was sent and not yet taken up, to correct it; what was sent stays as a round."""
    case.routed_on = None


def register_incoming(case: Proposal, act: Act) -> None:
    """Enter the paper in the incoming register; entered again, it keeps its first number."""
    case.number = act.facts["incoming_number"]
    case.number_key = document_numbers.key(case.number)
    case.paper_number = document_numbers.normal(act.facts.get("paper_number") or case.paper_number)
    case.paper_dated = day(act.facts.get("paper_dated")) or case.paper_dated


def accept(case: Proposal, act: Act) -> None:
    """Accept the case after the six intake checks; the route is frozen as of this day."""
    case.accepted_on = act.happened_on


def return_for_correction(case: Proposal, act: Act) -> None:
    """Return the case with reasons; the next round opens when it is sent again."""


def resend(case: Proposal, act: Act) -> None:
    """Send the corrected proposal again as the next round."""
    case.round += 1
    keep_round(case, act)
