"""What the steps of drafting and arguing write down; the table in lifecycle says from where to where.

A body never refuses and never returns early: everything was judged before. Facts are primitives; days are ISO strings.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from proposals.case import snapshots
from proposals.case.consents import consents, opinions
from proposals.case.lifecycle import CASE_STEPS
from proposals.procedure.act import Act
from proposals.procedure.table import bind
from proposals.text import document_numbers
from proposals.vocabulary import Decider

if TYPE_CHECKING:
    from proposals.case.models import Proposal

step = bind(CASE_STEPS)


def day(value: str | None) -> date | None:
    """Read an ISO day; nothing stays nothing."""
    return date.fromisoformat(value) if value else None


class Drafting:
    """动议: drafting, sending, intake and return."""

    @step
    def open_collective(self: Proposal, act: Act) -> None:
        """Lay the draft before the unit's Party group (Regulation: a proposal is decided collectively first)."""

    @step
    def back_to_draft(self: Proposal, act: Act) -> None:
        """Take the draft back for more work."""

    @step
    def send_to_office(self: Proposal, act: Act) -> None:
        """Send the proposal with its attachments to the staffing office; keeps what was sent."""
        self._keep_round(act)

    @step
    def send_small(self: Proposal, act: Act) -> None:
        """Send a small matter straight to the office's review."""
        self._keep_round(act)

    @step
    def take_back(self: Proposal, act: Act) -> None:
        """Take back what was sent and not yet taken up, to correct it; what was sent stays as a round."""
        self.routed_on = None

    @step
    def register_incoming(self: Proposal, act: Act) -> None:
        """Enter the paper in the incoming register; entered again, it keeps its first number."""
        self.number = act.facts["incoming_number"]
        self.number_key = document_numbers.key(self.number)
        self.paper_number = document_numbers.normal(act.facts.get("paper_number") or self.paper_number)
        self.paper_dated = day(act.facts.get("paper_dated")) or self.paper_dated

    @step
    def accept(self: Proposal, act: Act) -> None:
        """Accept the case after the six intake checks; the route is frozen as of this day."""
        self.accepted_on = act.happened_on

    @step
    def return_for_correction(self: Proposal, act: Act) -> None:
        """Return the case with reasons; the next round opens when it is sent again."""

    @step
    def resend(self: Proposal, act: Act) -> None:
        """Send the corrected proposal again as the next round."""
        self.round += 1
        self._keep_round(act)

    def _keep_round(self: Proposal, act: Act) -> None:
        consents.bind_files(self)
        snapshot = snapshots.take(self)
        self.rounds.create(n=self.round, sent_at=act.at, snapshot=snapshot, digest=snapshots.digest_of(snapshot))


class Arguing:
    """论证: opinions, compliance, office meeting, consulting the city."""

    @step
    def ask_opinion(self: Proposal, act: Act) -> None:
        """Ask an affected body for its written opinion."""
        opinions.enter_asking(self, act, day(act.facts.get("due_on")))

    @step
    def record_opinion(self: Proposal, act: Act) -> None:
        """Enter what the body answered and how it was adopted."""
        opinions.enter_answer(self, act)

    @step
    def finish_argument(self: Proposal, act: Act) -> None:
        """Close the argument with a conclusion; the report is made from the answers."""
        consents.bind_files(self)

    @step
    def send_to_compliance(self: Proposal, act: Act) -> None:
        """Hand the argued case to the compliance desk."""
        consents.bind_files(self)

    @step
    def recall_to_argument(self: Proposal, act: Act) -> None:
        """Take the case back from the compliance desk before it gave its opinion."""

    @step
    def pass_compliance(self: Proposal, act: Act) -> None:
        """Give the compliance opinion and pass the case on."""
        consents.enter(self, act, consents.Kind.COMPLIANCE, consents.Result.AGREE, text=act.facts["opinion"])

    @step
    def object_compliance(self: Proposal, act: Act) -> None:
        """Send the case back to argument with the objection."""
        consents.enter(self, act, consents.Kind.COMPLIANCE, consents.Result.OBJECT, text=act.facts["reason"])

    @step
    def reargue(self: Proposal, act: Act) -> None:
        """Argue again: after a deferral, a city return, or on the office's judgement; a wish to withdraw is over."""
        self.round += 1
        self.withdrawal = dict[str, str]()
        snapshots.undecide(self)
        self._keep_round(act)

    @step
    def reopen_decision(self: Proposal, act: Act) -> None:
        """Take a decided matter back to argument: it cannot be carried out, or shall not be; no decision stands."""
        self.decided_by, self.decided_on, self.agreed, self.decided_digest = "", None, None, ""
        self.party_committee, self.city_reply = dict[str, str](), dict[str, str]()
        self.round += 1
        snapshots.undecide(self)
        self._keep_round(act)

    @step
    def consult_city(self: Proposal, act: Act) -> None:
        """Send the consultation letter with the draft plan to the city office."""
        if not act.facts.get("oral"):
            self._numbered("goutong")
        self.consents.create(
            kind=consents.Kind.CITY, asked_on=act.happened_on, asked=act.facts.get("letter", ""), **consents.shown(self)
        )

    @step
    def record_city_opinion(self: Proposal, act: Act) -> None:
        """Enter the city's answer to the consultation."""
        self.consents.filter(kind=consents.Kind.CITY, answered_on=None).update(
            answered_on=act.happened_on, result=act.facts["result"], text=act.facts.get("text", ""),
            by=act.on_behalf_of or "市委编办",
        )  # fmt: skip

    @step
    def decide_by_office(self: Proposal, act: Act) -> None:
        """Decide within the office's own power."""
        self._decide(act, Decider.OFFICE, agreed=True)
        snapshots.set_decided(self, {})

    @step
    def refuse_by_office(self: Proposal, act: Act) -> None:
        """Refuse the matter with the reason."""
        self._decide(act, Decider.OFFICE, agreed=False)

    @step
    def propose_item(self: Proposal, act: Act) -> None:
        """Ask the chair to put the matter before the committee, with the office meeting's opinion."""
        self.proposed_on = act.happened_on
        consents.enter(
            self, act, consents.Kind.OFFICE, consents.Result.AGREE, text=act.facts.get("opinion", ""),
            asked=act.facts.get("office_minutes", ""),
        )  # fmt: skip

    @step
    def recall_item(self: Proposal, act: Act) -> None:
        """Take the matter back before the chair has answered."""

    @step
    def reroute(self: Proposal, act: Act) -> None:
        """Route the case anew by the law of this day, with the reason; the former route stays in the chronicle."""

    def _decide(self: Proposal, act: Act, body: str, *, agreed: bool) -> None:
        self.decided_by, self.decided_on, self.agreed = body, act.happened_on, agreed
        self.decided_digest = snapshots.lines_digest(snapshots.lines_of(self)) if agreed else ""
