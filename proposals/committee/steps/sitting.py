"""What the steps of a sitting do: who is there, item by item, how it ends; and a meeting on paper entered at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from proposals.committee.lifecycle import step
from proposals.procedure.act import Act

if TYPE_CHECKING:
    from proposals.committee.meetings import AgendaItem, Meeting


class Sitting:
    """会议: attendance and the course of each item."""

    @step
    def check_in(self: Meeting, act: Act) -> None:
        """Note a member's arrival."""
        member = self.seat(act.facts["member"])
        if not member.stays.filter(left_at=None).exists():
            member.stays.create(arrived_at=act.at)

    @step
    def check_out(self: Meeting, act: Act) -> None:
        """Note that a member leaves the meeting."""
        member = self.seat(act.facts["member"])
        member.stays.filter(left_at=None).update(left_at=act.at, reason=act.facts.get("reason", ""))
        for item in self.items.filter(status__in=("OPEN", "BALLOT")):
            self._in_room(item, act.facts["member"], there=False)

    @step
    def open_meeting(self: Meeting, act: Act) -> None:
        """Open the sitting; the quorum has been checked."""
        self.opened_at = act.at
        self.held_on = act.happened_on

    @step
    def open_item(self: Meeting, act: Act) -> None:
        """Take up an item; those in the room now are present for it, and whose unit it concerns is noted."""
        item = self.item(act.facts["item"])
        self.items.filter(pk=item.pk).update(
            status="OPEN",
            present=act.facts["present"],
            involved=act.facts["involved"],
            plan_digest=act.facts["plan_digest"],
        )
        self.stand_aside(item, act.facts["aside"], act)

    @step
    def step_out(self: Meeting, act: Act) -> None:
        """Note that a member left the room for this item."""
        self._in_room(self.item(act.facts["item"]), act.facts["member"], there=False)

    @step
    def step_in(self: Meeting, act: Act) -> None:
        """Note that a member came in for this item."""
        member = self.seat(act.facts["member"])
        if not member.stays.filter(left_at=None).exists():
            member.stays.create(arrived_at=act.at)
        self._in_room(self.item(act.facts["item"]), act.facts["member"], there=True)

    @step
    def declare_recusal(self: Meeting, act: Act) -> None:
        """Let a member stand aside on an item, with the reason."""
        item = self.item(act.facts["item"])
        item.recusals.create(member=self.seat(act.facts["member"]), reason=act.facts["reason"], at=act.at)

    @step
    def amend_item(self: Meeting, act: Act) -> None:
        """Move the plan with changed numbers; what is then voted on is the changed plan."""
        self.items.filter(uuid=act.facts["item"]).update(
            motion="AS_AMENDED",
            values=act.facts.get("values") or {},
            amendment=act.facts["amendment"],
            plan_digest=act.facts["plan_digest"],
        )

    @step
    def conclude_item(self: Meeting, act: Act) -> None:
        """Announce what the last ballot decided; the case follows."""
        self._conclude(act.facts["item"], act.facts["tally"], act.facts.get("note", ""))

    @step
    def note_item(self: Meeting, act: Act) -> None:
        """Note that an item without a vote was heard, studied or announced."""
        self.items.filter(uuid=act.facts["item"]).update(status="CONCLUDED", note=act.facts.get("note", ""))

    @step
    def put_item_over(self: Meeting, act: Act) -> None:
        """Put an item over to the next meeting; quorum lost by recusal or leaving does the same."""
        self._close_rounds(act)
        self.items.filter(uuid=act.facts["item"]).update(
            status="PUT_OVER", outcome="PUT_OVER", verdict=act.facts.get("verdict", ""), note=act.facts["reason"]
        )

    @step
    def close_meeting(self: Meeting, act: Act) -> None:
        """Close the sitting; what was not reached is put over, what was withdrawn meanwhile is not."""
        self.closed_at = act.at
        self.note_withdrawn(act)
        self.items.filter(status="WAITING").update(status="PUT_OVER", outcome="PUT_OVER", note="本次会议未及审议")
        for member in self.roll.all():
            member.stays.filter(left_at=None).update(left_at=act.at)

    def note_withdrawn(self: Meeting, act: Act) -> None:
        """Note which items the meeting did not take up because their cases had left its agenda."""
        gone = self.items.filter(uuid__in=act.facts.get("withdrawn", ()))
        gone.update(status="WITHDRAWN", note="事项已撤回，会议未审议")

    def stand_aside(self: Meeting, item: AgendaItem, members: Iterable[str], act: Act) -> None:
        """Note who stands aside because the item concerns his own unit, where the rule says so."""
        for member in members:
            item.recusals.get_or_create(member=self.seat(member), defaults={"reason": "议题涉及本单位", "at": act.at})

    def _in_room(self: Meeting, item: AgendaItem, member: str, *, there: bool) -> None:
        present = [one for one in item.present if one != member]
        self.items.filter(pk=item.pk).update(present=[*present, member] if there else present)

    def _conclude(self: Meeting, item: str, tally: Mapping[str, Any], note: str = "") -> None:
        over = tally["outcome"] == "PUT_OVER"
        self.items.filter(uuid=item).update(
            status="PUT_OVER" if over else "CONCLUDED",
            verdict=tally["verdict"],
            outcome=tally["outcome"],
            tally=tally,
            note=note,
        )

    def _close_rounds(self: Meeting, act: Act) -> None:
        item = self.item(act.facts["item"])
        for current in item.rounds.filter(closed_at=None):
            current.slips.all().delete()
        item.rounds.filter(closed_at=None).update(closed_at=act.at)


class Recording:
    """补录: a meeting held on paper, entered afterwards in one act and confirmed by a second person."""

    @step
    def record_paper_meeting(self: Meeting, act: Act) -> None:
        """Enter roll, attendance, counts and dissent of a meeting that was held without the system."""
        facts = act.facts
        self.on_paper = True
        self.called_on = self.held_on = act.happened_on
        self.opened_at = self.closed_at = self.starts_at
        self.freeze_roll(act)
        if facts.get("presiding"):
            self.presiding = self.seat(facts["presiding"])
            self.delegation = facts.get("delegation", "")
        for member in self.roll.all():
            if str(member.member) in facts["present"]:
                member.stays.create(arrived_at=self.starts_at, left_at=self.starts_at)
            elif reason := facts.get("leave", {}).get(str(member.member)):
                member.receipts.create(answer="LEAVE", reason=reason, at=self.starts_at)
        self.note_withdrawn(act)
        for one in facts["results"]:
            self._record_result(one, act)

    def _record_result(self: Meeting, one: Mapping[str, Any], act: Act) -> None:
        item = self.item(one["item"])
        self.items.filter(pk=item.pk).update(
            motion=one["motion"],
            present=one["present"],
            plan_digest=one["plan_digest"],
            values=one.get("values") or {},
            amendment=one.get("amendment", ""),
        )
        for member, reason in one.get("recused", {}).items():
            item.recusals.create(member=self.seat(member), reason=reason, at=act.at)
        item.refresh_from_db()
        if one.get("tally"):
            self.hold_round(item, one, act)
            self._conclude(one["item"], one["tally"])
        else:
            self.items.filter(pk=item.pk).update(status="CONCLUDED", note=one.get("note", ""))
