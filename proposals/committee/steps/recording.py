"""What a meeting held on paper writes down: entered in one act and confirmed by a second person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.roll import Receipt
from proposals.committee.steps.asks import NUMBER
from proposals.committee.steps.writes import conclude, freeze_roll, hold_round, note_withdrawn
from proposals.procedure.act import Act
from proposals.procedure.facts import asked, facts


@facts
class RecordPaperMeeting:
    """What 「补录会议」 asks."""

    seq: int = asked(NUMBER)


def record_paper_meeting(meeting: Meeting, act: Act, told: RecordPaperMeeting) -> None:
    """Enter roll, attendance, counts and dissent of a meeting that was held without the system."""
    facts = act.facts
    meeting.on_paper = True
    meeting.called_on = meeting.held_on = act.happened_on
    meeting.opened_at = meeting.closed_at = meeting.starts_at
    freeze_roll(meeting, act)
    if facts.get("presiding"):
        meeting.presiding = meeting.seat(facts["presiding"])
        meeting.delegation = facts.get("delegation", "")
    for member in meeting.roll.all():
        if str(member.member) in facts["present"]:
            member.stays.create(arrived_at=meeting.starts_at, left_at=meeting.starts_at)
        elif reason := facts.get("leave", {}).get(str(member.member)):
            member.receipts.create(answer=Receipt.Answer.LEAVE, reason=reason, at=meeting.starts_at)
    note_withdrawn(meeting, act)
    for one in facts["results"]:
        _record_result(meeting, one, act)


def _record_result(meeting: Meeting, one: Mapping[str, Any], act: Act) -> None:
    item = meeting.item(one["item"])
    meeting.items.filter(pk=item.pk).update(
        motion=one["motion"],
        present=one["present"],
        plan_digest=one["plan_digest"],
        values=one.get("values") or {},
        amendment=one.get("amendment", ""),
    )
    for member, reason in one.get("recused", {}).items():
        item.recusals.create(member=meeting.seat(member), reason=reason, at=act.at)
    item.refresh_from_db()
    if one.get("tally"):
        hold_round(meeting, item, one, act)
        conclude(meeting, one["item"], one["tally"])
    else:
        meeting.items.filter(pk=item.pk).update(status=AgendaItem.Status.CONCLUDED, note=one.get("note", ""))
