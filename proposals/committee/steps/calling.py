"""What the steps before a meeting do: agenda, notice, roll, receipts, the chair's written consents."""

from __future__ import annotations

from django.db.models import F, Max

from proposals.case.models import Proposal
from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.steps.writes import freeze_roll
from proposals.organisation.people import Person
from proposals.procedure.act import Act


def put_item(meeting: Meeting, act: Act) -> None:
    """Put a matter on the agenda, at its end; the papers of the meeting are complete from this day."""
    _add_item(meeting, act)
    meeting.materials_on = act.happened_on


def put_ratifications(meeting: Meeting, act: Act) -> None:
    """Put everything decided by circulation and not ratified yet on the agenda."""
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    for place, one in enumerate(act.facts["ratify"], start=last + 1):
        meeting.items.create(
            uuid=one["item"], position=place, type="RATIFY", title=one["title"], gist=one["gist"],
            ratifies=_decided(meeting, one["of"]),
        )  # fmt: skip


def _decided(meeting: Meeting, uuid: str) -> AgendaItem:
    return meeting.items.model._default_manager.get(uuid=uuid)


def remove_item(meeting: Meeting, act: Act) -> None:
    """Take a matter off the agenda before it is frozen."""
    item = meeting.item(act.facts["item"])
    meeting.items.filter(position__gt=item.position).update(position=F("position") - 1)
    item.delete()


def move_item_up(meeting: Meeting, act: Act) -> None:
    """Let an item change places with the one before it."""
    _swap(meeting, act, -1)


def move_item_down(meeting: Meeting, act: Act) -> None:
    """Let an item change places with the one after it."""
    _swap(meeting, act, 1)


def place_item(meeting: Meeting, act: Act) -> None:
    """Move an item to a place of the agenda; those between make room."""
    item, to = meeting.item(act.facts["item"]), act.facts["position"]
    if to < item.position:
        meeting.items.filter(position__gte=to, position__lt=item.position).update(position=F("position") + 1)
    else:
        meeting.items.filter(position__gt=item.position, position__lte=to).update(position=F("position") - 1)
    meeting.items.filter(pk=item.pk).update(position=to)


def invite_attendee(meeting: Meeting, act: Act) -> None:
    """Ask somebody to sit in on an item without a vote."""
    meeting.item(act.facts["item"]).attendees.create(name=act.facts["name"], unit=act.facts["unit"])


def call_meeting(meeting: Meeting, act: Act) -> None:
    """Send the notice; number, roll and rule are frozen as of this day."""
    meeting.called_on = meeting.materials_on = act.happened_on
    freeze_roll(meeting, act)


def give_receipt(meeting: Meeting, act: Act) -> None:
    """Answer the notice: will attend."""
    meeting.seat(act.facts["member"]).receipts.create(answer="ATTEND", at=act.at)


def ask_leave(meeting: Meeting, act: Act) -> None:
    """Ask for leave with the reason."""
    meeting.seat(act.facts["member"]).receipts.create(answer="LEAVE", reason=act.facts["reason"], at=act.at)


def write_opinion(meeting: Meeting, act: Act) -> None:
    """Send an opinion on an item in writing: shown and recorded, not counted."""
    item = meeting.item(act.facts["item"])
    item.written_opinions.create(
        member=meeting.seat(act.facts["member"]), text=act.facts["text"], at=act.at, plan_digest=item.plan_digest
    )


def allow_short_notice(meeting: Meeting, act: Act) -> None:
    """Allow the papers to come later than the rule asks, in writing."""
    meeting.short_notice = act.facts["reason"]
    meeting.short_notice_for = act.facts["agenda"]


def name_substitute(meeting: Meeting, act: Act) -> None:
    """Let another person sit in a member's place; the roll tells for whom."""
    seat, person = meeting.seat(act.facts["member"]), Person.objects.get(uuid=act.facts["person"])
    seat.person, seat.member, seat.post = person, person.uuid, person.post
    seat.name = f"{person.name}（代{seat.name}）"
    seat.save()


def delegate_chair(meeting: Meeting, act: Act) -> None:
    """Let a vice chair preside, in writing."""
    meeting.presiding = meeting.seat(act.facts["person"])
    meeting.delegation = act.facts["reason"]


def freeze_agenda(meeting: Meeting, act: Act) -> None:
    """Approve the agenda: one pen (一支笔); from now on only an ad-hoc item may be added."""


def allow_ad_hoc(meeting: Meeting, act: Act) -> None:
    """Add an urgent item to the frozen agenda, with the chair's reason in writing."""
    _add_item(meeting, act, ad_hoc=act.facts["reason"])


def cancel_meeting(meeting: Meeting, act: Act) -> None:
    """Call the meeting off; its cases wait for the next one."""
    meeting.cancelled = act.facts["reason"]


def _add_item(meeting: Meeting, act: Act, ad_hoc: str = "") -> None:
    facts = act.facts
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    meeting.items.create(
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


def _swap(meeting: Meeting, act: Act, by: int) -> None:
    item = meeting.item(act.facts["item"])
    other = meeting.items.get(position=item.position + by)
    meeting.items.filter(pk=item.pk).update(position=other.position)
    meeting.items.filter(pk=other.pk).update(position=item.position)
