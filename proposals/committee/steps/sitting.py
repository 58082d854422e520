"""What the steps of a sitting write down: who is there, item by item, how it ends."""

from __future__ import annotations

from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.steps.writes import conclude, note_withdrawn, stand_aside
from proposals.procedure.act import Act


def check_in(meeting: Meeting, act: Act) -> None:
    """Note a member's arrival."""
    member = meeting.seat(act.facts["member"])
    if not member.stays.filter(left_at=None).exists():
        member.stays.create(arrived_at=act.at)


def check_out(meeting: Meeting, act: Act) -> None:
    """Note that a member leaves the meeting."""
    member = meeting.seat(act.facts["member"])
    member.stays.filter(left_at=None).update(left_at=act.at, reason=act.facts.get("reason", ""))
    for item in meeting.items.filter(status__in=("OPEN", "BALLOT")):
        _in_room(meeting, item, act.facts["member"], there=False)


def open_meeting(meeting: Meeting, act: Act) -> None:
    """Open the sitting; the quorum has been checked."""
    meeting.opened_at = act.at
    meeting.held_on = act.happened_on


def open_item(meeting: Meeting, act: Act) -> None:
    """Take up an item; those in the room now are present for it, and whose unit it concerns is noted."""
    item = meeting.item(act.facts["item"])
    meeting.items.filter(pk=item.pk).update(
        status="OPEN",
        present=act.facts["present"],
        involved=act.facts["involved"],
        plan_digest=act.facts["plan_digest"],
    )
    stand_aside(meeting, item, act.facts["aside"], act)


def step_out(meeting: Meeting, act: Act) -> None:
    """Note that a member left the room for this item."""
    _in_room(meeting, meeting.item(act.facts["item"]), act.facts["member"], there=False)


def step_in(meeting: Meeting, act: Act) -> None:
    """Note that a member came in for this item."""
    member = meeting.seat(act.facts["member"])
    if not member.stays.filter(left_at=None).exists():
        member.stays.create(arrived_at=act.at)
    _in_room(meeting, meeting.item(act.facts["item"]), act.facts["member"], there=True)


def declare_recusal(meeting: Meeting, act: Act) -> None:
    """Let a member stand aside on an item, with the reason."""
    item = meeting.item(act.facts["item"])
    item.recusals.create(member=meeting.seat(act.facts["member"]), reason=act.facts["reason"], at=act.at)


def amend_item(meeting: Meeting, act: Act) -> None:
    """Move the plan with changed numbers; what is then voted on is the changed plan."""
    meeting.items.filter(uuid=act.facts["item"]).update(
        motion="AS_AMENDED",
        values=act.facts.get("values") or {},
        amendment=act.facts["amendment"],
        plan_digest=act.facts["plan_digest"],
    )


def conclude_item(meeting: Meeting, act: Act) -> None:
    """Announce what the last ballot decided; the case follows."""
    conclude(meeting, act.facts["item"], act.facts["tally"], act.facts.get("note", ""))


def note_item(meeting: Meeting, act: Act) -> None:
    """Note that an item without a vote was heard, studied or announced."""
    meeting.items.filter(uuid=act.facts["item"]).update(status="CONCLUDED", note=act.facts.get("note", ""))


def put_item_over(meeting: Meeting, act: Act) -> None:
    """Put an item over to the next meeting; quorum lost by recusal or leaving does the same."""
    _close_rounds(meeting, act)
    meeting.items.filter(uuid=act.facts["item"]).update(
        status="PUT_OVER", outcome="PUT_OVER", verdict=act.facts.get("verdict", ""), note=act.facts["reason"]
    )


def close_meeting(meeting: Meeting, act: Act) -> None:
    """Close the sitting; what was not reached is put over, what was withdrawn meanwhile is not."""
    meeting.closed_at = act.at
    note_withdrawn(meeting, act)
    meeting.items.filter(status="WAITING").update(status="PUT_OVER", outcome="PUT_OVER", note="本次会议未及审议")
    for member in meeting.roll.all():
        member.stays.filter(left_at=None).update(left_at=act.at)


def _in_room(meeting: Meeting, item: AgendaItem, member: str, *, there: bool) -> None:
    present = [one for one in item.present if one != member]
    meeting.items.filter(pk=item.pk).update(present=[*present, member] if there else present)


def _close_rounds(meeting: Meeting, act: Act) -> None:
    item = meeting.item(act.facts["item"])
    for current in item.rounds.filter(closed_at=None):
        current.slips.all().delete()
    item.rounds.filter(closed_at=None).update(closed_at=act.at)
