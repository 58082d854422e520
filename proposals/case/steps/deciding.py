"""What the steps of deciding write down: the committee (carried by its meeting) and the Party committee."""

from __future__ import annotations

from proposals.case import snapshots
from proposals.case.asks import OPINION, PARTY_MEETING, REASON
from proposals.case.consents import consents
from proposals.case.models import Proposal
from proposals.case.steps.writes import decide, keep_round
from proposals.procedure.act import Act
from proposals.procedure.asks import VALUES
from proposals.procedure.facts import asked, facts, one_of
from proposals.procedure.traits import Trait, having
from proposals.vocabulary import Decider


def approve_item(case: Proposal, act: Act) -> None:
    """Approve the matter for a meeting: one pen (一支笔)."""
    consents.enter(case, act, consents.Kind.CHAIR, consents.Result.AGREE)


@facts
class DeclineItem:
    """What 「不同意上会」 asks."""

    reason: str = asked(REASON)


@having(Trait.GRAVE)
def decline_item(case: Proposal, act: Act, told: DeclineItem) -> None:
    """Send the matter back to the office with the reason."""
    consents.enter(case, act, consents.Kind.CHAIR, consents.Result.OBJECT, text=told.reason)


def begin_deliberation(case: Proposal, act: Act) -> None:
    """Open the matter in the meeting."""


def put_over(case: Proposal, act: Act) -> None:
    """Put the matter over to the next meeting."""


def circulate(case: Proposal, act: Act) -> None:
    """Decide the matter by circulation where the rule allows it."""


def fall_back(case: Proposal, act: Act) -> None:
    """Take a circulation that was not completed to the next meeting."""


@having(Trait.HOLD)
def resolve_approved(case: Proposal, act: Act) -> None:
    """The committee agrees to the plan as proposed."""
    _resolve(case, act)


@having(Trait.KEEPS_ROUND, Trait.HOLD)
def resolve_amended(case: Proposal, act: Act) -> None:
    """The committee agrees to a changed plan; the changed plan is a round of its own."""
    case.round += 1
    _resolve(case, act)
    keep_round(case, act)


@having(Trait.RELEASE)
def resolve_deferred(case: Proposal, act: Act) -> None:
    """The committee defers the matter."""


@having(Trait.RELEASE)
def resolve_returned(case: Proposal, act: Act) -> None:
    """The committee returns the matter for further argument."""


def resolve_rejected(case: Proposal, act: Act) -> None:
    """The committee does not agree."""
    decide(case, act, Decider.COMMITTEE, agreed=False)


@having(Trait.AT_ONCE)
def draft_minutes(case: Proposal, act: Act) -> None:
    """The minutes of the meeting are being drafted."""


@having(Trait.AT_ONCE)
def sign_minutes(case: Proposal, act: Act) -> None:
    """The minutes are signed; from now on votes, roll and wording stand."""


@facts
class ReferToPartyCommittee:
    """What 「报区委审定」 asks."""

    opinion: str = asked(OPINION)


def refer_to_party_committee(case: Proposal, act: Act, told: ReferToPartyCommittee) -> None:
    """Lay the committee's decision before the district Party committee."""


@facts
class RecordPartyCommittee:
    """What 「登记常委会意见（同意）」 asks."""

    meeting: str = asked(PARTY_MEETING)
    values: dict[str, int] = one_of(VALUES, "调整后的数额", required=False)


@having(Trait.KEEPS_ROUND, Trait.ADJUST)
def record_party_committee(case: Proposal, act: Act, told: RecordPartyCommittee) -> None:
    """Enter the Party committee's consent, with values per line where it changed them."""
    _enter_party_committee(case, act, "同意" if not told.values else "修改后同意")
    decide(case, act, Decider.PARTY_COMMITTEE, agreed=True)
    if told.values:
        case.round += 1
        snapshots.change_decided(case, told.values)
        keep_round(case, act)


@facts
class RecordPartyDeferral:
    """What 「登记常委会意见（暂缓）」 asks."""

    meeting: str = asked(PARTY_MEETING)
    reason: str = asked(REASON)


@having(Trait.RELEASE)
def record_party_deferral(case: Proposal, act: Act, told: RecordPartyDeferral) -> None:
    """Enter that the Party committee deferred the matter; the committee decides it anew."""
    _enter_party_committee(case, act, "暂缓")
    snapshots.undecide(case)


@facts
class RecordPartyRefusal:
    """What 「登记常委会意见（不同意）」 asks."""

    meeting: str = asked(PARTY_MEETING)
    reason: str = asked(REASON)


@having(Trait.RELEASE, Trait.GRAVE)
def record_party_refusal(case: Proposal, act: Act, told: RecordPartyRefusal) -> None:
    """Enter that the Party committee did not agree."""
    _enter_party_committee(case, act, "不同意")
    decide(case, act, Decider.PARTY_COMMITTEE, agreed=False)


def _resolve(case: Proposal, act: Act) -> None:
    decide(case, act, Decider.COMMITTEE, agreed=True)
    snapshots.set_decided(case, act.facts.get("values") or {})


def _enter_party_committee(case: Proposal, act: Act, result: str) -> None:
    case.party_committee = {
        "result": result,
        "meeting": act.facts["meeting"],
        "on": act.happened_on.isoformat(),
        "text": act.facts.get("reason", ""),
    }
