"""What the steps out of the ordinary write down: withdrawal, suspension, urging, lent duties, reissue."""

from __future__ import annotations

from proposals.case.models import Proposal
from proposals.procedure.act import Act


def reissue_paper(case: Proposal, act: Act) -> None:
    """Make a paper anew whose making failed; decided values stay."""


def withdraw(case: Proposal, act: Act) -> None:
    """End the proposal before it was filed: it is withdrawn, not corrected."""
    case.withdrawal = {"reason": act.facts["reason"], "on": act.happened_on.isoformat()}


def request_withdrawal(case: Proposal, act: Act) -> None:
    """Ask the city in a letter to let the filed case be withdrawn."""
    case.withdrawal = {
        "reason": act.facts["reason"],
        "letter": act.facts["letter"],
        "asked_on": act.happened_on.isoformat(),
    }


def consent_withdrawal(case: Proposal, act: Act) -> None:
    """The city consents to the withdrawal."""
    case.withdrawal = {**case.withdrawal, "on": act.happened_on.isoformat()}


def suspend(case: Proposal, act: Act) -> None:
    """Stop the clock with a reason."""


def resume(case: Proposal, act: Act) -> None:
    """Take the case up again, at argument."""


def void(case: Proposal, act: Act) -> None:
    """Declare a draft void; number and traces stay."""


def urge(case: Proposal, act: Act) -> None:
    """Remind whoever has the case."""


def delegate(case: Proposal, act: Act) -> None:
    """Let a colleague do one's duty on this case for a time; both names are shown."""


def end_delegation(case: Proposal, act: Act) -> None:
    """End what was lent before its day, by either side."""
