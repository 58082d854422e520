"""What the steps of a sitting write down: who is there, item by item, how it ends."""

from __future__ import annotations

from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.reading.whole import reading
from proposals.committee.roll import Presence
from proposals.committee.steps.asks import ITEM, MEMBER, MYSELF, REASON
from proposals.committee.steps.writes import conclude, note_withdrawn, stand_aside
from proposals.procedure.act import Act
from proposals.procedure.asks import VALUES
from proposals.procedure.facts import asked, facts, line, one_of, text
from proposals.procedure.traits import Trait, having
from proposals.vocabulary import Motion, Outcome


@facts
class CheckIn:
    """What 「签到」 asks."""

    member: str = asked(MYSELF)


@having(Trait.QUIET, Trait.AT_ONCE)
def check_in(meeting: Meeting, act: Act, told: CheckIn) -> None:
    """Note a member's arrival."""
    member = reading(meeting, act).on_roll(told.member)
    if not member.stays.filter(left_at=None).exists():
        member.stays.create(arrived_at=act.at)


@facts
class CheckOut:
    """What 「离会」 asks."""

    member: str = asked(MYSELF)
    reason: str = line("离会事由", required=False)


@having(Trait.QUIET, Trait.AT_ONCE)
def check_out(meeting: Meeting, act: Act, told: CheckOut) -> None:
    """Note that a member leaves the meeting."""
    member = reading(meeting, act).on_roll(told.member)
    member.stays.filter(left_at=None).update(left_at=act.at, reason=told.reason)
    for item in meeting.items.filter(status__in=(AgendaItem.Status.OPEN, AgendaItem.Status.BALLOT)):
        _in_room(meeting, item, told.member, there=False)


@having(Trait.AT_ONCE)
def open_meeting(meeting: Meeting, act: Act) -> None:
    """Open the sitting; the quorum has been checked."""
    meeting.opened_at = act.at
    meeting.held_on = act.happened_on


@facts
class OpenItem:
    """What 「开始审议」 asks."""

    item: str = asked(ITEM)


@having(Trait.AT_ONCE)
def open_item(meeting: Meeting, act: Act, told: OpenItem) -> None:
    """Take up an item; those in the room now are present for it, and whose unit it concerns is noted."""
    item = reading(meeting, act).on_agenda(told.item).item
    meeting.items.filter(pk=item.pk).update(
        status=AgendaItem.Status.OPEN,
        present=act.facts["present"],
        involved=act.facts["involved"],
        plan_digest=act.facts["plan_digest"],
    )
    stand_aside(meeting, item, act.facts["aside"], act)


@facts
class StepOut:
    """What 「本议题离场」 asks."""

    item: str = asked(ITEM)
    member: str = asked(MEMBER)


@having(Trait.AT_ONCE)
def step_out(meeting: Meeting, act: Act, told: StepOut) -> None:
    """Note that a member left the room for this item."""
    _in_room(meeting, reading(meeting, act).on_agenda(told.item).item, told.member, there=False)


@facts
class StepIn:
    """What 「本议题到场」 asks."""

    item: str = asked(ITEM)
    member: str = asked(MEMBER)


@having(Trait.AT_ONCE)
def step_in(meeting: Meeting, act: Act, told: StepIn) -> None:
    """Note that a member came in for this item."""
    member = reading(meeting, act).on_roll(told.member)
    if not member.stays.filter(left_at=None).exists():
        member.stays.create(arrived_at=act.at)
    _in_room(meeting, reading(meeting, act).on_agenda(told.item).item, told.member, there=True)


@facts
class DeclareRecusal:
    """What 「回避」 asks."""

    item: str = asked(ITEM)
    member: str = asked(MYSELF)
    reason: str = line("回避理由")


def declare_recusal(meeting: Meeting, act: Act, told: DeclareRecusal) -> None:
    """Let a member stand aside on an item, with the reason."""
    item = reading(meeting, act).on_agenda(told.item).item
    item.recusals.create(member=reading(meeting, act).on_roll(told.member), reason=told.reason, at=act.at)


@facts
class AmendItem:
    """What 「提出修改案」 asks."""

    item: str = asked(ITEM)
    amendment: str = text("修改意见")
    values: dict[str, int] = one_of(VALUES, "修改后的数额", required=False)


def amend_item(meeting: Meeting, act: Act, told: AmendItem) -> None:
    """Move the plan with changed numbers; what is then voted on is the changed plan."""
    meeting.items.filter(uuid=told.item).update(
        motion=Motion.AS_AMENDED,
        values=told.values or {},
        amendment=told.amendment,
        plan_digest=act.facts["plan_digest"],
    )


@facts
class ConcludeItem:
    """What 「宣布议定结果」 asks."""

    item: str = asked(ITEM)
    note: str = line("有关要求", required=False)


@having(Trait.AT_ONCE)
def conclude_item(meeting: Meeting, act: Act, told: ConcludeItem) -> None:
    """Announce what the last ballot decided; the case follows."""
    conclude(meeting, told.item, act.facts["tally"], told.note)


@facts
class NoteItem:
    """What 「登记听取情况」 asks."""

    item: str = asked(ITEM)
    note: str = line("听取（传达）情况", required=False)


def note_item(meeting: Meeting, act: Act, told: NoteItem) -> None:
    """Note that an item without a vote was heard, studied or announced."""
    meeting.items.filter(uuid=told.item).update(status=AgendaItem.Status.CONCLUDED, note=told.note)


@facts
class PutItemOver:
    """What 「顺延下次会议」 asks."""

    item: str = asked(ITEM)
    reason: str = asked(REASON)


def put_item_over(meeting: Meeting, act: Act, told: PutItemOver) -> None:
    """Put an item over to the next meeting; quorum lost by recusal or leaving does the same."""
    _close_rounds(meeting, act)
    meeting.items.filter(uuid=told.item).update(
        status=AgendaItem.Status.PUT_OVER,
        outcome=Outcome.PUT_OVER,
        verdict=act.facts.get("verdict", ""),
        note=told.reason,
    )


@having(Trait.AT_ONCE)
def close_meeting(meeting: Meeting, act: Act) -> None:
    """Close the sitting; what was not reached is put over, what was withdrawn meanwhile is not."""
    meeting.closed_at = act.at
    note_withdrawn(meeting, act)
    meeting.items.filter(status=AgendaItem.Status.WAITING).update(
        status=AgendaItem.Status.PUT_OVER, outcome=Outcome.PUT_OVER, note="本次会议未及审议"
    )
    Presence.objects.filter(member__meeting=meeting, left_at=None).update(left_at=act.at)


def _in_room(meeting: Meeting, item: AgendaItem, member: str, *, there: bool) -> None:
    present = [one for one in item.present if one != member]
    meeting.items.filter(pk=item.pk).update(present=[*present, member] if there else present)


def _close_rounds(meeting: Meeting, act: Act) -> None:
    item = reading(meeting, act).on_agenda(act.facts["item"]).item
    for current in item.rounds.filter(closed_at=None):
        current.slips.all().delete()
    item.rounds.filter(closed_at=None).update(closed_at=act.at)
