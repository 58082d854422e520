"""What must hold before a step of a meeting may be taken; every refusal says what is wrong and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from proposals.committee import counting, terms
from proposals.committee.lifecycle import CIRCULATION_ONLY, MEETING_STEPS, SITTING_ONLY, MeetingStep
from proposals.committee.meetings import AgendaItem, Form
from proposals.committee.models import Role
from proposals.committee.reading.whole import reading
from proposals.committee.steps.preconditions.agenda import (
    AGENDA_PRECONDITIONS,
    nothing_is_gone,
    ratifies_first,
    something_to_ratify,
    still_there,
)
from proposals.committee.steps.preconditions.ballots import BALLOT_PRECONDITIONS
from proposals.committee.steps.preconditions.minutes import MINUTES_PRECONDITIONS
from proposals.committee.steps.preconditions.roll import (
    item_known,
    item_of,
    matter_of,
    may_be_substituted,
    on_roll,
    own_or_secretary,
    seat_of,
    status_is,
)
from proposals.committee.steps.system_facts import rule_on
from proposals.organisation import working_days
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.vocabulary import MeetingState

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting


def fits_the_form(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A sitting and a circulation have each steps of their own."""
    label = next(row.label for row in MEETING_STEPS if row.step == act.step)
    if meeting.form == Form.CIRCULATION and act.step in SITTING_ONLY:
        text = "委员在期限内逐人签署意见；需要当面审议或者逾期没有签齐的，请办理「要求开会审议」或「转会议审议」。"
        yield Reason("OTHER_FORM", f"这是一次书面传签，没有「{label}」这一环节。{text}")
    elif meeting.form == Form.SITTING and act.step in CIRCULATION_ONLY:
        yield Reason("OTHER_FORM", f"这是一次会议，「{label}」只用于书面传签；请在会上逐项审议表决。")


def can_be_called(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A meeting is called with an agenda, a seated committee, a rule in force and a number of its own."""
    if all(item.gone for item in reading(meeting, act).items):
        yield Reason("NO_ITEMS", "议程还没有议题，请先列入议题。")
    roll = terms.seated(territory=meeting.territory, on=act.happened_on)
    if not any(seat.role == Role.CHAIR for seat in roll):
        yield Reason("NO_COMMITTEE", "本届编委当日没有主任，请先在办事规则中登记组成人员。")
    seats = Counter((seat.member, seat.name) for seat in roll)
    for _, name in (person for person, held in seats.items() if held > 1):
        yield Reason("TWO_SEATS", f"{name}在编委有两个席位，请先在办事规则中办理其中一个的免职。")
    if rule_on(meeting, act.happened_on) is None:
        yield Reason("NO_RULE", "没有现行的编委议事规则，请先在办事规则中登记（须注明依据）。")
    yield from number_free(meeting, act.facts["seq"])


def number_free(meeting: Meeting, seq: int) -> Iterator[Reason]:
    """A number stands once in its year; meetings in preparation have none."""
    taken = type(meeting).objects.filter(territory=meeting.territory, form=meeting.form, year=meeting.year, seq=seq)
    if taken.exclude(state=MeetingState.CANCELLED).exclude(pk=meeting.pk).exists():
        yield Reason("NUMBER_TAKEN", f"{meeting.year}年第{seq}次会议已经登记，请核对次数。")


def uncounted(what: str, otherwise: str) -> Reason:
    """Say that working days reach into a year whose holidays are not known, and what to do."""
    return Reason(
        "CALENDAR_UNKNOWN",
        f"日历未登记：所涉年份的节假日安排还没有登记，{what}无法计算。请先在「办事规则」中登记节假日安排，{otherwise}。",
    )


def vice_on_roll(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """The chair may let a vice chair preside."""
    seat = reading(meeting, act).seat(act.facts.get("person"))
    if seat is None or seat.role == Role.MEMBER:
        yield Reason("NOT_A_VICE", "只能书面委托一名副主任主持会议。")


def materials_in_time(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """The papers were with the members early enough, or the chair allowed less in writing."""
    rule = reading(meeting, act).rule
    wanted = rule.material_days
    if not meeting.materials_on or (meeting.short_notice and not _added_since(meeting)):
        return
    counted = working_days.between(start=meeting.materials_on, end=act.happened_on)
    had = (counted or 0) + 1 if meeting.materials_on < act.happened_on else 0
    if counted is None:
        yield uncounted("材料送达的工作日", "或由主任办理「同意缩短材料送达时间」")
    elif had < wanted:
        added = "主任同意缩短材料送达时间之后又增加了议题。" if meeting.short_notice else ""
        late = f"会议材料于{meeting.materials_on:%Y-%m-%d}送达，距会议{had}个工作日，规定为{wanted}个工作日；"
        remedy = "请改期，或由主任办理「同意缩短材料送达时间」。"
        yield Reason("MATERIALS_LATE", f"{added}{late}{remedy}", rule.citation)


def _added_since(meeting: Meeting) -> bool:
    """Return whether an item stands on the agenda that the chair did not see when he allowed short notice."""
    seen = meeting.short_notice_for
    return bool(seen) and any(item not in seen for item in meeting.agenda_shown)


def meeting_has_quorum(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A meeting opens with its quorum, and under its chair or the vice chair who was named."""
    read = reading(meeting, act)
    found = counting.quorum_in_room(read)
    if not found.met:
        yield Reason("NO_QUORUM", f"{found.sentence}。请等候到会人数达到要求后再宣布开会。", read.rule.citation)
    chair = read.presiding
    if chair is None or str(chair.member) not in read.there:
        name = f"主持人{read.names[str(chair.member)]}" if chair else "主持人"
        yield Reason("NO_CHAIR", f"{name}尚未签到；主任不能到会的，请先办理「委托主持」。")


def item_has_quorum(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """An item that decides something needs the quorum of its kind."""
    matter = matter_of(meeting, act)
    if matter is None or not matter.item.decides:
        return
    found = counting.quorum_of(matter)
    if not found.met:
        text = f"{found.sentence}。请等候委员到会，或办理「顺延下次会议」。"
        yield Reason("NO_QUORUM", text, matter.read.rule.citation)


def nothing_else_open(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """One matter at a time (一事一议)."""
    if busy := _unsettled(meeting, act):
        yield Reason("ONE_AT_A_TIME", f"议题「{busy[0].title}」还没有议定，请先宣布其议定结果。")


def everything_settled(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A meeting closes when no item is half done."""
    for item in _unsettled(meeting, act):
        yield Reason("ITEM_OPEN", f"议题「{item.title}」还没有议定，请先宣布议定结果或办理「顺延下次会议」。")


def _unsettled(meeting: Meeting, act: Act) -> list[AgendaItem]:
    begun = (AgendaItem.Status.OPEN, AgendaItem.Status.BALLOT, AgendaItem.Status.COUNTED)
    return [item for item in reading(meeting, act).items if item.status in begun]


def in_the_room(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Only who is there can leave."""
    seat, read = seat_of(meeting, act), reading(meeting, act)
    if seat and str(seat.member) not in read.there:
        yield Reason("NOT_THERE", f"{read.names[str(seat.member)]}没有签到，不能登记离会。")


def recusal_is_new(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A member stands aside once, and before he has voted: a vote that was cast stays cast."""
    matter, seat = matter_of(meeting, act), seat_of(meeting, act)
    if matter is None or seat is None:
        return
    member = str(seat.member)
    if member in matter.aside:
        yield Reason("RECUSED", f"{matter.read.names[member]}已登记回避本议题。")
    elif member in matter.voted:
        yield Reason("HAS_VOTED", f"{matter.read.names[member]}已就本议题表决，所投的票有效，不能再登记回避。")


def decides_nothing(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """What the committee votes on is not merely noted."""
    item = item_of(meeting, act)
    if item and item.decides:
        yield Reason("DECIDES", f"{item.get_type_display()}须经表决议定，不能只登记听取情况。")


def circulation_allowed(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A matter is decided by circulation only where the rule says so, and no major one."""
    rule = rule_on(meeting, act.happened_on)
    if rule and not rule.circulation:
        yield Reason("NO_CIRCULATION", "现行议事规则不允许书面传签，请列入会议审议。", rule.citation)
    for item in reading(meeting, act).items:
        if item.major or not item.decides:
            yield Reason("NOT_FOR_CIRCULATION", f"议题「{item.title}」属重大事项或不需表决，不能传签。")
    until = act.facts.get("window_until")
    if rule and until:
        last = working_days.after(day=act.happened_on, n=rule.circulation_days)
        if last is None:
            yield uncounted("传签的工作日", "或改期列入会议审议")
        elif not act.happened_on <= date.fromisoformat(until) <= last:
            yield Reason(
                "WINDOW", f"传签截止日期应在{act.happened_on}至{last}之间（{rule.circulation_days}个工作日内）。"
            )


def window_is_over(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A circulation lapses when its window has closed without every answer."""
    if meeting.window_until and act.happened_on <= meeting.window_until:
        yield Reason("WINDOW_OPEN", f"传签期限为{meeting.window_until}，期限未到，请催办或等候。")


OPEN_ITEM = status_is("OPEN", "BALLOT")

_OWN: Preconditions = MappingProxyType(
    {
        MeetingStep.PUT_RATIFICATIONS: (something_to_ratify,),
        MeetingStep.INVITE_ATTENDEE: (item_known,),
        MeetingStep.CALL_MEETING: (can_be_called, ratifies_first),
        MeetingStep.GIVE_RECEIPT: (on_roll, own_or_secretary),
        MeetingStep.ASK_LEAVE: (on_roll, own_or_secretary),
        MeetingStep.WRITE_OPINION: (item_known, on_roll, own_or_secretary),
        MeetingStep.NAME_SUBSTITUTE: (on_roll, may_be_substituted),
        MeetingStep.DELEGATE_CHAIR: (vice_on_roll,),
        MeetingStep.CHECK_IN: (on_roll, own_or_secretary),
        MeetingStep.CHECK_OUT: (on_roll, own_or_secretary, in_the_room),
        MeetingStep.OPEN_MEETING: (materials_in_time, meeting_has_quorum),
        MeetingStep.OPEN_ITEM: (item_known, still_there, status_is("WAITING"), nothing_else_open, item_has_quorum),
        MeetingStep.STEP_OUT: (item_known, on_roll, OPEN_ITEM),
        MeetingStep.STEP_IN: (item_known, on_roll, OPEN_ITEM),
        MeetingStep.DECLARE_RECUSAL: (
            item_known,
            on_roll,
            own_or_secretary,
            status_is("WAITING", "OPEN", "BALLOT"),
            recusal_is_new,
        ),
        MeetingStep.CLOSE_MEETING: (everything_settled,),
        MeetingStep.NOTE_ITEM: (item_known, status_is("OPEN"), decides_nothing),
        MeetingStep.DEMAND_MEETING: (on_roll,),
        MeetingStep.LAPSE_CIRCULATION: (window_is_over,),
        **AGENDA_PRECONDITIONS,
        **BALLOT_PRECONDITIONS,
        **MINUTES_PRECONDITIONS,
        MeetingStep.START_CIRCULATION: (nothing_is_gone, can_be_called, circulation_allowed),
        MeetingStep.RECORD_PAPER_MEETING: (
            can_be_called,
            ratifies_first,
            *BALLOT_PRECONDITIONS[MeetingStep.RECORD_PAPER_MEETING],
        ),
    }
)
MEETING_PRECONDITIONS: Preconditions = MappingProxyType(
    {row.step: (fits_the_form, *_OWN.get(row.step, ())) for row in MEETING_STEPS}
)
