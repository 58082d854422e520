"""What members answer before a meeting: receipts, leave, written opinions, the chair's written consents."""

from __future__ import annotations

from proposals.committee.meetings import Meeting
from proposals.committee.reading.whole import reading
from proposals.committee.roll import Receipt
from proposals.committee.steps.asks import ITEM, MEMBER, MYSELF, REASON
from proposals.organisation.people import Person
from proposals.procedure.act import Act
from proposals.procedure.asks import PERSON
from proposals.procedure.facts import asked, facts, line, one_of, text
from proposals.procedure.traits import Trait, having


@facts
class GiveReceipt:
    """What 「回执」 asks."""

    member: str = asked(MYSELF)


@having(Trait.QUIET, Trait.AT_ONCE)
def give_receipt(meeting: Meeting, act: Act, told: GiveReceipt) -> None:
    """Answer the notice: will attend."""
    reading(meeting, act).on_roll(told.member).receipts.create(answer=Receipt.Answer.ATTEND, at=act.at)


@facts
class AskLeave:
    """What 「请假」 asks."""

    member: str = asked(MYSELF)
    reason: str = line("请假事由")


@having(Trait.QUIET)
def ask_leave(meeting: Meeting, act: Act, told: AskLeave) -> None:
    """Ask for leave with the reason."""
    reading(meeting, act).on_roll(told.member).receipts.create(
        answer=Receipt.Answer.LEAVE, reason=told.reason, at=act.at
    )


@facts
class WriteOpinion:
    """What 「书面意见」 asks."""

    item: str = asked(ITEM)
    member: str = asked(MYSELF)
    text: str = text("书面意见")


@having(Trait.QUIET)
def write_opinion(meeting: Meeting, act: Act, told: WriteOpinion) -> None:
    """Send an opinion on an item in writing: shown and recorded, not counted."""
    item = reading(meeting, act).on_agenda(told.item).item
    item.written_opinions.create(
        member=reading(meeting, act).on_roll(told.member), text=told.text, at=act.at, plan_digest=item.plan_digest
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
    seat, person = reading(meeting, act).on_roll(told.member), Person.objects.get(uuid=told.person)
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
    meeting.presiding = reading(meeting, act).on_roll(told.person)
    meeting.delegation = told.reason
