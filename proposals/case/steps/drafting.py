"""What the steps of drafting write down; a body never refuses and never returns early: everything was judged before."""

from __future__ import annotations

from datetime import date

from proposals.case.asks import CHECKS, REASON
from proposals.case.models import Proposal
from proposals.case.steps.writes import keep_round
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, day, facts, line, yes
from proposals.procedure.traits import Trait, having
from proposals.text import document_numbers


def open_collective(case: Proposal, act: Act) -> None:
    """Lay the draft before the unit's Party group (Regulation: a proposal is decided collectively first)."""


@facts
class BackToDraft:
    """What 「退回起草」 asks."""

    reason: str = asked(REASON)


def back_to_draft(case: Proposal, act: Act, told: BackToDraft) -> None:
    """Take the draft back for more work."""


@having(Trait.KEEPS_ROUND)
def send_to_office(case: Proposal, act: Act) -> None:
    """Send the proposal with its attachments to the staffing office; keeps what was sent."""
    keep_round(case, act)


@having(Trait.KEEPS_ROUND)
def send_small(case: Proposal, act: Act) -> None:
    """Send a small matter straight to the office's review."""
    keep_round(case, act)


def take_back(case: Proposal, act: Act) -> None:
    """Take back what was sent and not yet taken up, to correct it; what was sent stays as a round."""
    case.routed_on = None


@facts
class RegisterIncoming:
    """What 「收文登记」 asks."""

    incoming_number: str = line("收文登记号", required=False, help="系统给出下一个号，可按纸质登记簿修改")
    paper_number: str = line("来文字号", required=False, help="来文没有字号的不填")
    paper_dated: date | None = day("来文日期", required=False, help="来文落款的日期")


def register_incoming(case: Proposal, act: Act, told: RegisterIncoming) -> None:
    """Enter the paper in the incoming register; entered again, it keeps its first number."""
    case.number = told.incoming_number
    case.number_key = document_numbers.key(case.number)
    case.paper_number = document_numbers.normal(told.paper_number or case.paper_number)
    case.paper_dated = told.paper_dated or case.paper_dated


@facts
class Accept:
    """What 「受理」 asks."""

    checks_passed: bool = yes("六项审查均符合", help="内容、依据、程序、材料、公文、要件")


def accept(case: Proposal, act: Act, told: Accept) -> None:
    """Accept the case after the six intake checks; the route is frozen as of this day."""
    case.accepted_on = act.happened_on


@facts
class ReturnForCorrection:
    """What 「退回补正」 asks."""

    checks: list[str] = asked(CHECKS)
    reason: str = asked(REASON)


@having(Trait.RELEASE, Trait.GRAVE)
def return_for_correction(case: Proposal, act: Act, told: ReturnForCorrection) -> None:
    """Return the case with reasons; the next round opens when it is sent again."""


@having(Trait.KEEPS_ROUND)
def resend(case: Proposal, act: Act) -> None:
    """Send the corrected proposal again as the next round."""
    case.round += 1
    keep_round(case, act)
