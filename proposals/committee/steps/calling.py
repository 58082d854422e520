"""What the steps before a meeting do: agenda, notice, roll, receipts, the chair's written consents."""

from __future__ import annotations

from django.db.models import F, Max

from proposals.case.models import Proposal
from proposals.committee.meetings import AgendaItem, Meeting
from proposals.committee.steps.asks import ITEM, MEMBER, MYSELF, NUMBER, REASON, WRITTEN
from proposals.committee.steps.writes import freeze_roll
from proposals.organisation.people import Person
from proposals.procedure.act import Act
from proposals.procedure.asks import PERSON
from proposals.procedure.facts import asked, choice, count, facts, line, one_of, text, yes


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


@facts
class RemoveItem:
    """What 「撤下议题」 asks."""

    item: str = asked(ITEM)


def remove_item(meeting: Meeting, act: Act, told: RemoveItem) -> None:
    """Take a matter off the agenda before it is frozen."""
    item = meeting.item(told.item)
    meeting.items.filter(position__gt=item.position).update(position=F("position") - 1)
    item.delete()


@facts
class MoveItemUp:
    """What 「上移」 asks."""

    item: str = asked(ITEM)


def move_item_up(meeting: Meeting, act: Act, told: MoveItemUp) -> None:
    """Let an item change places with the one before it."""
    _swap(meeting, act, -1)


@facts
class MoveItemDown:
    """What 「下移」 asks."""

    item: str = asked(ITEM)


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
    item, to = meeting.item(told.item), told.position
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
    meeting.item(told.item).attendees.create(name=told.name, unit=told.unit)


@facts
class CallMeeting:
    """What 「发会议通知」 asks."""

    seq: int = asked(NUMBER)


def call_meeting(meeting: Meeting, act: Act, told: CallMeeting) -> None:
    """Send the notice; number, roll and rule are frozen as of this day."""
    meeting.called_on = meeting.materials_on = act.happened_on
    freeze_roll(meeting, act)


@facts
class GiveReceipt:
    """What 「回执」 asks."""

    member: str = asked(MYSELF)


def give_receipt(meeting: Meeting, act: Act, told: GiveReceipt) -> None:
    """Answer the notice: will attend."""
    meeting.seat(told.member).receipts.create(answer="ATTEND", at=act.at)


@facts
class AskLeave:
    """What 「请假」 asks."""

    member: str = asked(MYSELF)
    reason: str = line("请假事由")


def ask_leave(meeting: Meeting, act: Act, told: AskLeave) -> None:
    """Ask for leave with the reason."""
    meeting.seat(told.member).receipts.create(answer="LEAVE", reason=told.reason, at=act.at)


@facts
class WriteOpinion:
    """What 「书面意见」 asks."""

    item: str = asked(ITEM)
    member: str = asked(MYSELF)
    text: str = text("书面意见")


def write_opinion(meeting: Meeting, act: Act, told: WriteOpinion) -> None:
    """Send an opinion on an item in writing: shown and recorded, not counted."""
    item = meeting.item(told.item)
    item.written_opinions.create(
        member=meeting.seat(told.member), text=told.text, at=act.at, plan_digest=item.plan_digest
    )


@facts
class AllowShortNotice:
    """What 「同意缩短材料送达时间」 asks."""

    reason: str = asked(REASON)


def allow_short_notice(meeting: Meeting, act: Act, told: AllowShortNotice) -> None:
    """Allow the papers to come later than the rule asks, in writing."""
    meeting.short_notice = told.reason
    meeting.short_notice_for = act.facts["agenda"]


@facts
class NameSubstitute:
    """What 「登记代理出席」 asks."""

    member: str = asked(MEMBER)
    person: str = one_of(PERSON, "代理人")
    reason: str = asked(REASON)


def name_substitute(meeting: Meeting, act: Act, told: NameSubstitute) -> None:
    """Let another person sit in a member's place; the roll tells for whom."""
    seat, person = meeting.seat(told.member), Person.objects.get(uuid=told.person)
    seat.person, seat.member, seat.post = person, person.uuid, person.post
    seat.name = f"{person.name}（代{seat.name}）"
    seat.save()


@facts
class DelegateChair:
    """What 「委托主持」 asks."""

    person: str = one_of(PERSON, "主持会议的副主任")
    reason: str = line("委托说明")


def delegate_chair(meeting: Meeting, act: Act, told: DelegateChair) -> None:
    """Let a vice chair preside, in writing."""
    meeting.presiding = meeting.seat(told.person)
    meeting.delegation = told.reason


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
    item = meeting.item(act.facts["item"])
    other = meeting.items.get(position=item.position + by)
    meeting.items.filter(pk=item.pk).update(position=other.position)
    meeting.items.filter(pk=other.pk).update(position=item.position)
