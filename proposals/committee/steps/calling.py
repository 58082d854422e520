"""What the steps before a meeting do: agenda, notice, roll, receipts, the chair's written consents."""

from __future__ import annotations

from django.db.models import F, Max

from proposals.case.models import Proposal
from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.reading.whole import reading
from proposals.committee.steps.asks import ITEM, NUMBER, REASON, WRITTEN
from proposals.committee.steps.writes import freeze_roll
from proposals.procedure.act import Act
from proposals.procedure.asks import PERSON
from proposals.procedure.facts import asked, choice, count, facts, line, one_of, yes
from proposals.procedure.traits import Trait, having


@facts
class PutItem:
    """What 「列入议程」 asks."""

    type: str = choice("议题类型", WRITTEN)
    proposal: str = one_of(PERSON, "动议事项", required=False)
    title: str = line("议题名称", required=False)
    gist: str = line("要点", required=False)
    reporter: str = line("汇报人", required=False)
    major: bool = yes("重大事项", required=False)


def put_item(meeting: Meeting, act: Act, told: PutItem) -> None:
    """Put a matter on the agenda, at its end; the papers of the meeting are complete from this day."""
    _add_item(meeting, act)
    meeting.materials_on = act.happened_on


@having(Trait.AT_ONCE)
def put_ratifications(meeting: Meeting, act: Act) -> None:
    """Put everything decided by circulation and not ratified yet on the agenda."""
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    for place, one in enumerate(act.facts["ratify"], start=last + 1):
        meeting.items.create(
            uuid=one["item"], position=place, type=AgendaItem.Type.RATIFY, title=one["title"], gist=one["gist"],
            ratifies=_decided(meeting, one["of"]),
        )  # fmt: skip


def _decided(meeting: Meeting, uuid: str) -> AgendaItem:
    return meeting.items.model._default_manager.get(uuid=uuid)


@facts
class RemoveItem:
    """What 「撤下议题」 asks."""

    item: str = asked(ITEM)


@having(Trait.AT_ONCE)
def remove_item(meeting: Meeting, act: Act, told: RemoveItem) -> None:
    """Take a matter off the agenda before it is frozen."""
    item = reading(meeting, act).on_agenda(told.item).item
    meeting.items.filter(position__gt=item.position).update(position=F("position") - 1)
    item.delete()


@facts
class MoveItemUp:
    """What 「上移」 asks."""

    item: str = asked(ITEM)


@having(Trait.AT_ONCE)
def move_item_up(meeting: Meeting, act: Act, told: MoveItemUp) -> None:
    """Let an item change places with the one before it."""
    _swap(meeting, act, -1)


@facts
class MoveItemDown:
    """What 「下移」 asks."""

    item: str = asked(ITEM)


@having(Trait.AT_ONCE)
def move_item_down(meeting: Meeting, act: Act, told: MoveItemDown) -> None:
    """Let an item change places with the one after it."""
    _swap(meeting, act, 1)


@facts
class PlaceItem:
    """What 「调整顺序」 asks."""

    item: str = asked(ITEM)
    position: int = count("排到第几项")


def place_item(meeting: Meeting, act: Act, told: PlaceItem) -> None:
    """Move an item to a place of the agenda; those between make room."""
    item, to = reading(meeting, act).on_agenda(told.item).item, told.position
    if to < item.position:
        meeting.items.filter(position__gte=to, position__lt=item.position).update(position=F("position") + 1)
    else:
        meeting.items.filter(position__gt=item.position, position__lte=to).update(position=F("position") - 1)
    meeting.items.filter(pk=item.pk).update(position=to)


@facts
class InviteAttendee:
    """What 「通知列席」 asks."""

    item: str = asked(ITEM)
    name: str = line("列席人员姓名")
    unit: str = line("单位及职务")


def invite_attendee(meeting: Meeting, act: Act, told: InviteAttendee) -> None:
    """Ask somebody to sit in on an item without a vote."""
    reading(meeting, act).on_agenda(told.item).item.attendees.create(name=told.name, unit=told.unit)


@facts
class CallMeeting:
    """What 「发会议通知」 asks."""

    seq: int = asked(NUMBER)


def call_meeting(meeting: Meeting, act: Act, told: CallMeeting) -> None:
    """Send the notice; number, roll and rule are frozen as of this day."""
    meeting.called_on = meeting.materials_on = act.happened_on
    freeze_roll(meeting, act)


@having(Trait.AT_ONCE)
def freeze_agenda(meeting: Meeting, act: Act) -> None:
    """Approve the agenda: one pen (一支笔); from now on only an ad-hoc item may be added."""


@facts
class AllowAdHoc:
    """What 「同意临时动议」 asks."""

    type: str = choice("议题类型", WRITTEN)
    proposal: str = one_of(PERSON, "动议事项", required=False)
    title: str = line("议题名称", required=False)
    gist: str = line("要点", required=False)
    reporter: str = line("汇报人", required=False)
    major: bool = yes("重大事项", required=False)
    reason: str = line("紧急理由（写入纪要）")


def allow_ad_hoc(meeting: Meeting, act: Act, told: AllowAdHoc) -> None:
    """Add an urgent item to the frozen agenda, with the chair's reason in writing."""
    _add_item(meeting, act, ad_hoc=told.reason)


@facts
class CancelMeeting:
    """What 「取消会议」 asks."""

    reason: str = asked(REASON)


@having(Trait.GRAVE)
def cancel_meeting(meeting: Meeting, act: Act, told: CancelMeeting) -> None:
    """Call the meeting off; its cases wait for the next one."""
    meeting.cancelled = told.reason


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
    item = reading(meeting, act).on_agenda(act.facts["item"]).item
    other = meeting.items.get(position=item.position + by)
    meeting.items.filter(pk=item.pk).update(position=other.position)
    meeting.items.filter(pk=other.pk).update(position=item.position)
