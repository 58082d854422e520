"""What the steps before a meeting do: agenda, notice, roll, receipts, the chair's written consents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Max

from proposals.case.models import Proposal
from proposals.committee import terms
from proposals.committee.lifecycle import step
from proposals.organisation.people import Person
from proposals.procedure.act import Act

if TYPE_CHECKING:
    from proposals.committee.meetings import AgendaItem, Meeting
    from proposals.committee.roll import RollEntry


class Calling:
    """筹备: from the first item to the frozen agenda."""

    @step
    def put_item(self: Meeting, act: Act) -> None:
        """Put a matter on the agenda, at its end; the papers of the meeting are complete from this day."""
        self._add_item(act)
        self.materials_on = act.happened_on

    @step
    def put_ratifications(self: Meeting, act: Act) -> None:
        """Put everything decided by circulation and not ratified yet on the agenda."""
        last = self.items.aggregate(last=Max("position"))["last"] or 0
        for place, one in enumerate(act.facts["ratify"], start=last + 1):
            self.items.create(
                uuid=one["item"], position=place, type="RATIFY", title=one["title"], gist=one["gist"],
                ratifies=self._decided(one["of"]),
            )  # fmt: skip

    def _decided(self: Meeting, uuid: str) -> AgendaItem:
        return self.items.model._default_manager.get(uuid=uuid)

    @step
    def remove_item(self: Meeting, act: Act) -> None:
        """Take a matter off the agenda before it is frozen."""
        item = self.item(act.facts["item"])
        self.items.filter(position__gt=item.position).update(position=F("position") - 1)
        item.delete()

    @step
    def move_item_up(self: Meeting, act: Act) -> None:
        """Let an item change places with the one before it."""
        self._swap(act, -1)

    @step
    def move_item_down(self: Meeting, act: Act) -> None:
        """Let an item change places with the one after it."""
        self._swap(act, 1)

    @step
    def place_item(self: Meeting, act: Act) -> None:
        """Move an item to a place of the agenda; those between make room."""
        item, to = self.item(act.facts["item"]), act.facts["position"]
        if to < item.position:
            self.items.filter(position__gte=to, position__lt=item.position).update(position=F("position") + 1)
        else:
            self.items.filter(position__gt=item.position, position__lte=to).update(position=F("position") - 1)
        self.items.filter(pk=item.pk).update(position=to)

    @step
    def invite_attendee(self: Meeting, act: Act) -> None:
        """Ask somebody to sit in on an item without a vote."""
        self.item(act.facts["item"]).attendees.create(name=act.facts["name"], unit=act.facts["unit"])

    @step
    def call_meeting(self: Meeting, act: Act) -> None:
        """Send the notice; number, roll and rule are frozen as of this day."""
        self.called_on = self.materials_on = act.happened_on
        self.freeze_roll(act)

    @step
    def give_receipt(self: Meeting, act: Act) -> None:
        """Answer the notice: will attend."""
        self.seat(act.facts["member"]).receipts.create(answer="ATTEND", at=act.at)

    @step
    def ask_leave(self: Meeting, act: Act) -> None:
        """Ask for leave with the reason."""
        self.seat(act.facts["member"]).receipts.create(answer="LEAVE", reason=act.facts["reason"], at=act.at)

    @step
    def write_opinion(self: Meeting, act: Act) -> None:
        """Send an opinion on an item in writing: shown and recorded, not counted."""
        item = self.item(act.facts["item"])
        item.written_opinions.create(
            member=self.seat(act.facts["member"]), text=act.facts["text"], at=act.at, plan_digest=item.plan_digest
        )

    @step
    def allow_short_notice(self: Meeting, act: Act) -> None:
        """Allow the papers to come later than the rule asks, in writing."""
        self.short_notice = act.facts["reason"]
        self.short_notice_for = act.facts["agenda"]

    @step
    def name_substitute(self: Meeting, act: Act) -> None:
        """Let another person sit in a member's place; the roll tells for whom."""
        seat, person = self.seat(act.facts["member"]), Person.objects.get(uuid=act.facts["person"])
        seat.person, seat.member, seat.post = person, person.uuid, person.post
        seat.name = f"{person.name}（代{seat.name}）"
        seat.save()

    @step
    def delegate_chair(self: Meeting, act: Act) -> None:
        """Let a vice chair preside, in writing."""
        self.presiding = self.seat(act.facts["person"])
        self.delegation = act.facts["reason"]

    @step
    def freeze_agenda(self: Meeting, act: Act) -> None:
        """Approve the agenda: one pen (一支笔); from now on only an ad-hoc item may be added."""

    @step
    def allow_ad_hoc(self: Meeting, act: Act) -> None:
        """Add an urgent item to the frozen agenda, with the chair's reason in writing."""
        self._add_item(act, ad_hoc=act.facts["reason"])

    @step
    def cancel_meeting(self: Meeting, act: Act) -> None:
        """Call the meeting off; its cases wait for the next one."""
        self.cancelled = act.facts["reason"]

    def item(self: Meeting, uuid: str) -> AgendaItem:
        """Return an item of this meeting."""
        return self.items.get(uuid=uuid)

    def seat(self: Meeting, member: str) -> RollEntry:
        """Return a member of the frozen roll by the person's uuid."""
        return self.roll.get(member=member)

    def freeze_roll(self: Meeting, act: Act) -> None:
        """Write the number, the rule and the roll as the facts hold them."""
        self.seq = act.facts["seq"]
        self.term = terms.standing(territory=self.territory, on=act.happened_on) or self.term
        self.rule = act.facts["rule"]
        for one in act.facts["roll"]:
            self.roll.create(person=Person.objects.get(uuid=one["member"]), **one)
        self.presiding = self.roll.filter(role="CHAIR").first()
        if act.facts.get("window_until"):
            self.window_until = date.fromisoformat(act.facts["window_until"])

    def _add_item(self: Meeting, act: Act, ad_hoc: str = "") -> None:
        facts = act.facts
        last = self.items.aggregate(last=Max("position"))["last"] or 0
        self.items.create(
            uuid=facts["item"],
            position=last + 1,
            type=facts["type"],
            proposal=Proposal.objects.filter(uuid=facts["proposal"]).first() if facts.get("proposal") else None,
            title=facts["title"],
            gist=facts.get("gist", ""),
            reporter=facts.get("reporter", ""),
            motion=facts.get("motion") or "AS_PROPOSED",
            major=facts.get("major", False),
            ad_hoc=ad_hoc,
            plan_digest=facts.get("plan_digest", ""),
            case_round=facts.get("case_round"),
        )

    def _swap(self: Meeting, act: Act, by: int) -> None:
        item = self.item(act.facts["item"])
        other = self.items.get(position=item.position + by)
        self.items.filter(pk=item.pk).update(position=other.position)
        self.items.filter(pk=other.pk).update(position=item.position)
