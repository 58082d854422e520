"""What the steps of a ballot do: opened, cast, closed, counted; counts taken in the room; decisions by circulation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from proposals.committee.lifecycle import step
from proposals.procedure.act import Act

if TYPE_CHECKING:
    from proposals.committee.meetings import AgendaItem, Meeting


class Balloting:
    """表决: each member for himself, on the phone, the tablet or at the desk."""

    @step
    def open_ballot(self: Meeting, act: Act) -> None:
        """Open the vote on an item."""
        self._open_round(act)

    @step
    def second_ballot(self: Meeting, act: Act) -> None:
        """Vote again on the same item, with the reason; the first ballot stays on record."""
        self._open_round(act)

    @step
    def cast_ballot(self: Meeting, act: Act) -> None:
        """Vote; a change of mind before closing is appended. In a secret round only that the member voted is kept."""
        ballot_round = self.item(act.facts["item"]).rounds.get(n=act.facts["round"])
        value = "" if ballot_round.is_secret else act.facts["value"]
        ballot_round.ballots.create(member=self.seat(act.facts["member"]), value=value, at=act.at)
        if ballot_round.is_secret:
            ballot_round.slips.create(code=act.sealed["code"], value=act.sealed["value"])

    @step
    def mark_silent(self: Meeting, act: Act) -> None:
        """Note that a member who is there does not vote (未表决)."""
        ballot_round = self.item(act.facts["item"]).rounds.get(closed_at=None)
        if act.facts["member"] not in ballot_round.silent:
            ballot_round.silent = [*ballot_round.silent, act.facts["member"]]
            ballot_round.save(update_fields=["silent"])

    @step
    def close_ballot(self: Meeting, act: Act) -> None:
        """Close the vote; the verdict is computed and nobody can write it."""
        item = self.item(act.facts["item"])
        for current in item.rounds.filter(closed_at=None):
            current.published = act.facts.get("slips", [])
            current.save(update_fields=["published"])
            current.slips.all().delete()
        self._close_round(item, act.facts["tally"], act)

    def _open_round(self: Meeting, act: Act) -> None:
        facts = act.facts
        item = self.item(facts["item"])
        item.rounds.create(
            n=facts["round"],
            motion=facts["motion"],
            method=facts["method"],
            plan_digest=facts["plan_digest"],
            reason=facts.get("reason", ""),
            opened_at=act.at,
        )
        self.items.filter(pk=item.pk).update(
            status="BALLOT", round=facts["round"], motion=facts["motion"], plan_digest=facts["plan_digest"]
        )

    def _close_round(self: Meeting, item: AgendaItem, tally: Mapping[str, Any], act: Act) -> None:
        item.rounds.filter(closed_at=None).update(
            closed_at=act.at, tally=tally, verdict=tally["verdict"], outcome=tally["outcome"]
        )
        self.items.filter(pk=item.pk).update(status="COUNTED")


class Counting:
    """计票: what the secretary counts in the room, by voice, by hands, by name, or nobody objecting."""

    @step
    def record_counts(self: Meeting, act: Act) -> None:
        """Enter the numbers counted in the room."""
        self._count(act)

    @step
    def record_no_objection(self: Meeting, act: Act) -> None:
        """Enter that nobody objected but those named."""
        self._count(act)

    @step
    def record_named(self: Meeting, act: Act) -> None:
        """Enter what each member said by name."""
        self._count(act)

    def _count(self: Meeting, act: Act) -> None:
        item = self.item(act.facts["item"])
        self.hold_round(item, act.facts, act)
        self.items.filter(pk=item.pk).update(status="COUNTED")

    def hold_round(self: Meeting, item: AgendaItem, facts: Mapping[str, Any], act: Act) -> None:
        """Write a round that was counted in the room, its counts, its dissent and its named ballots."""
        tally = facts["tally"]
        ballot_round = item.rounds.create(
            n=facts["round"], motion=facts["motion"], method=facts["method"], plan_digest=facts["plan_digest"],
            reason=facts.get("reason", ""), opened_at=act.at, closed_at=act.at, tally=tally,
            verdict=tally["verdict"], outcome=tally["outcome"],
        )  # fmt: skip
        for member, value in facts.get("ballots", {}).items():
            ballot_round.ballots.create(member=self.seat(member), value=value, at=act.at)
        ballot_round.counts.create(
            in_favour=tally["in_favour"], against=tally["against"], abstained=tally["abstained"],
            dissent=facts.get("dissent") or {}, recorded_by_id=act.actor.id, at=act.at,
        )  # fmt: skip
        self.items.filter(pk=item.pk).update(
            round=facts["round"], motion=facts["motion"], plan_digest=facts["plan_digest"]
        )


class Circulating:
    """书面传签: the members answer one after another within a window; any of them may ask for a meeting."""

    @step
    def start_circulation(self: Meeting, act: Act) -> None:
        """Send the items round; every item is open for ballots until the window closes."""
        self.called_on = act.happened_on
        self.opened_at = act.at
        self.freeze_roll(act)
        members = [str(member.member) for member in self.roll.all()]
        for one in act.facts["rounds"]:
            item = self.item(one["item"])
            item.rounds.create(
                n=1, motion=one["motion"], method="NAMED", plan_digest=one["plan_digest"], opened_at=act.at
            )
            self.items.filter(pk=item.pk).update(
                status="BALLOT", round=1, present=members, plan_digest=one["plan_digest"],
                involved=one.get("involved", []),
            )  # fmt: skip
            self.stand_aside(item, one.get("aside", ()), act)

    @step
    def remind_members(self: Meeting, act: Act) -> None:
        """Remind those who have not answered: their worklists say so until they have."""
        self.reminded_at = act.at

    @step
    def finish_circulation(self: Meeting, act: Act) -> None:
        """Close the circulation when every member has answered; each item is decided by its count."""
        self.closed_at = act.at
        self.held_on = act.happened_on
        for one in act.facts["tallies"]:
            self._close_round(self.item(one["item"]), one["tally"], act)
            self._conclude(one["item"], one["tally"])

    @step
    def demand_meeting(self: Meeting, act: Act) -> None:
        """Ask that the matters be decided in a meeting; the circulation ends here."""
        self._fall_back(act)

    @step
    def lapse_circulation(self: Meeting, act: Act) -> None:
        """End a circulation that was not completed; its items go to the next meeting."""
        self._fall_back(act)

    def _fall_back(self: Meeting, act: Act) -> None:
        self.cancelled = act.facts["reason"]
        for item in self.items.all():
            item.rounds.filter(closed_at=None).update(closed_at=act.at)
        self.items.update(status="PUT_OVER", outcome="PUT_OVER", note=act.facts["reason"])
