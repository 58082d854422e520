"""What the steps out of the ordinary write down: withdrawal, suspension, urging, lent duties, readings, reissue."""

from __future__ import annotations

from datetime import date

from proposals.case.asks import OPINION, PAPER_ASK, REASON, GrantKind
from proposals.case.models import Proposal
from proposals.organisation.duty_places import LENDABLE
from proposals.procedure.act import Act
from proposals.procedure.asks import PERSON
from proposals.procedure.facts import asked, choice, day, facts, line, one_of, text, told
from proposals.procedure.traits import Trait, having


@facts
class ReissuePaper:
    """What 「重新制作文书」 asks."""

    paper: str = asked(PAPER_ASK)
    reason: str = asked(REASON)


@having(Trait.ASIDE)
def reissue_paper(case: Proposal, act: Act, told: ReissuePaper) -> None:
    """Make a paper anew whose making failed; decided values stay."""


@facts
class Withdraw:
    """What 「撤销动议」 asks."""

    reason: str = asked(REASON)


@having(Trait.RELEASE, Trait.GRAVE)
def withdraw(case: Proposal, act: Act, told: Withdraw) -> None:
    """End the proposal before it was filed: it is withdrawn, not corrected."""
    case.withdrawal = {"reason": told.reason, "on": act.happened_on.isoformat()}


@facts
class RequestWithdrawal:
    """What 「发函申请撤回」 asks."""

    reason: str = asked(REASON)
    letter: str = line("函的文号")


def request_withdrawal(case: Proposal, act: Act, told: RequestWithdrawal) -> None:
    """Ask the city in a letter to let the filed case be withdrawn."""
    case.withdrawal = {
        "reason": told.reason,
        "letter": told.letter,
        "asked_on": act.happened_on.isoformat(),
    }


@having(Trait.RELEASE, Trait.GRAVE)
def consent_withdrawal(case: Proposal, act: Act) -> None:
    """The city consents to the withdrawal."""
    case.withdrawal = {**case.withdrawal, "on": act.happened_on.isoformat()}


@facts
class Suspend:
    """What 「中止」 asks."""

    reason: str = asked(REASON)


@having(Trait.GRAVE)
def suspend(case: Proposal, act: Act, told: Suspend) -> None:
    """Stop the clock with a reason."""


@facts
class Resume:
    """What 「恢复办理」 asks."""

    opinion: str = asked(OPINION)


def resume(case: Proposal, act: Act, told: Resume) -> None:
    """Take the case up again, at argument."""


@facts
class Void:
    """What 「作废」 asks."""

    reason: str = asked(REASON)


@having(Trait.GRAVE)
def void(case: Proposal, act: Act, told: Void) -> None:
    """Declare a draft void; number and traces stay."""


@facts
class Urge:
    """What 「催办」 asks."""

    note: str = line("催办内容", required=False)


@having(Trait.QUIET, Trait.ASIDE)
def urge(case: Proposal, act: Act, told: Urge) -> None:
    """Remind whoever has the case."""


@facts
class Delegate:
    """What 「委托代办」 asks."""

    person: str = one_of(PERSON, "受托人")
    duty: str = choice(
        "委托的职责",
        tuple((duty.value, duty.label) for duty in LENDABLE),
        required=False,
        help="不选即为本环节所需的职责",
    )
    until: date | None = day("委托至", help="不超过办事规则规定的天数")
    reason: str = text("理由")
    person_name: str = told("受托人")


@having(Trait.ASIDE)
def delegate(case: Proposal, act: Act, told: Delegate) -> None:
    """Let a colleague do one's duty on this case for a time; both names are shown."""


@facts
class EndDelegation:
    """What 「收回委托」 asks."""

    delegation: str = one_of(PERSON, "收回的委托")
    note: str = line("说明", required=False)
    delegation_name: str = told("收回的委托")


@having(Trait.ASIDE)
def end_delegation(case: Proposal, act: Act, told: EndDelegation) -> None:
    """End what was lent before its day, by either side."""


@facts
class GrantReading:
    """What 「准予查阅」 asks."""

    person: str = one_of(PERSON, "查阅人")
    purpose: str = choice("查阅事由", tuple((kind.value, kind.label) for kind in GrantKind if kind != GrantKind.LENT))
    until: date | None = day("查阅至", help="不超过办事规则规定的天数")
    reason: str = text("理由")
    person_name: str = told("查阅人")


@having(Trait.ASIDE)
def grant_reading(case: Proposal, act: Act, told: GrantReading) -> None:
    """Let somebody read this case until a day who would not reach it by a duty."""


@facts
class EndReading:
    """What 「结束查阅」 asks."""

    grant: str = one_of(PERSON, "结束的查阅")
    note: str = line("说明", required=False)
    grant_name: str = told("结束的查阅")


@having(Trait.ASIDE)
def end_reading(case: Proposal, act: Act, told: EndReading) -> None:
    """End a reading before its day, by the office or by the reader."""
