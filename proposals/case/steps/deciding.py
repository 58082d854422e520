"""What the steps of deciding write down: the committee (carried by its meeting) and the Party committee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proposals.case import snapshots
from proposals.case.consents import consents
from proposals.case.lifecycle import CASE_STEPS
from proposals.procedure.act import Act
from proposals.procedure.table import bind
from proposals.vocabulary import Decider

if TYPE_CHECKING:
    from proposals.case.models import Proposal

step = bind(CASE_STEPS)


class Deciding:
    """审议决定: the committee (carried by its meeting) and the Party committee."""

    @step
    def approve_item(self: Proposal, act: Act) -> None:
        """Approve the matter for a meeting: one pen (一支笔)."""
        consents.enter(self, act, consents.Kind.CHAIR, consents.Result.AGREE)

    @step
    def decline_item(self: Proposal, act: Act) -> None:
        """Send the matter back to the office with the reason."""
        consents.enter(self, act, consents.Kind.CHAIR, consents.Result.OBJECT, text=act.facts["reason"])

    @step
    def begin_deliberation(self: Proposal, act: Act) -> None:
        """Open the matter in the meeting."""

    @step
    def put_over(self: Proposal, act: Act) -> None:
        """Put the matter over to the next meeting."""

    @step
    def circulate(self: Proposal, act: Act) -> None:
        """Decide the matter by circulation where the rule allows it."""

    @step
    def fall_back(self: Proposal, act: Act) -> None:
        """Take a circulation that was not completed to the next meeting."""

    @step
    def resolve_approved(self: Proposal, act: Act) -> None:
        """The committee agrees to the plan as proposed."""
        self._resolve(act)

    @step
    def resolve_amended(self: Proposal, act: Act) -> None:
        """The committee agrees to a changed plan; the changed plan is a round of its own."""
        self.round += 1
        self._resolve(act)
        self._keep_round(act)

    @step
    def resolve_deferred(self: Proposal, act: Act) -> None:
        """The committee defers the matter."""

    @step
    def resolve_returned(self: Proposal, act: Act) -> None:
        """The committee returns the matter for further argument."""

    @step
    def resolve_rejected(self: Proposal, act: Act) -> None:
        """The committee does not agree."""
        self._decide(act, Decider.COMMITTEE, agreed=False)

    @step
    def draft_minutes(self: Proposal, act: Act) -> None:
        """The minutes of the meeting are being drafted."""

    @step
    def sign_minutes(self: Proposal, act: Act) -> None:
        """The minutes are signed; from now on votes, roll and wording stand."""

    @step
    def refer_to_party_committee(self: Proposal, act: Act) -> None:
        """Lay the committee's decision before the district Party committee."""

    @step
    def record_party_committee(self: Proposal, act: Act) -> None:
        """Enter the Party committee's consent, with values per line where it changed them."""
        self._enter_party_committee(act, "同意" if not act.facts.get("values") else "修改后同意")
        self._decide(act, Decider.PARTY_COMMITTEE, agreed=True)
        if act.facts.get("values"):
            self.round += 1
            snapshots.change_decided(self, act.facts["values"])
            self._keep_round(act)

    @step
    def record_party_deferral(self: Proposal, act: Act) -> None:
        """Enter that the Party committee deferred the matter; the committee decides it anew."""
        self._enter_party_committee(act, "暂缓")
        snapshots.undecide(self)

    @step
    def record_party_refusal(self: Proposal, act: Act) -> None:
        """Enter that the Party committee did not agree."""
        self._enter_party_committee(act, "不同意")
        self._decide(act, Decider.PARTY_COMMITTEE, agreed=False)

    def _resolve(self: Proposal, act: Act) -> None:
        self._decide(act, Decider.COMMITTEE, agreed=True)
        snapshots.set_decided(self, act.facts.get("values") or {})

    def _enter_party_committee(self: Proposal, act: Act, result: str) -> None:
        self.party_committee = {
            "result": result,
            "meeting": act.facts["meeting"],
            "on": act.happened_on.isoformat(),
            "text": act.facts.get("reason", ""),
        }
