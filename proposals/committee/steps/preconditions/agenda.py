"""What must hold before a matter is put on an agenda, moved on it or taken off it."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING

from proposals.case.models import Proposal
from proposals.committee import planning
from proposals.committee.lifecycle import MeetingStep
from proposals.committee.meetings import AgendaItem
from proposals.committee.reading.whole import reading
from proposals.committee.steps.preconditions.roll import item_known, item_of
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.vocabulary import MeetingState, State

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting


def matter_is_ready(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A case comes on one agenda at a time, when the chair agreed; other items have a title."""
    if act.facts.get("type") != "CASE":
        if not act.facts.get("title"):
            yield Reason("NO_TITLE", "请填写议题名称。")
        return
    named = act.facts.get("proposal")
    # Locked until the step ends: two secretaries with two agendas take it one after the other.
    waiting = Proposal.objects.select_for_update(no_key=True).filter(territory=meeting.territory)
    case = waiting.filter(uuid=named).first() if named else None
    if case is None:
        yield Reason("NO_CASE", "请从待上会议题中选择一件动议事项。")
        return
    if case.state != State.SCHEDULED:
        yield Reason(
            "NOT_AGREED_TO", f"《{case.title}》现处于「{case.get_state_display()}」环节，须经编委主任同意上会后列入。"
        )
    taken = case.agenda_items.exclude(meeting__state=MeetingState.CANCELLED).filter(
        status__in=(AgendaItem.Status.WAITING, AgendaItem.Status.OPEN)
    )
    for item in taken.select_related("meeting__territory"):
        yield Reason("ON_AN_AGENDA", f"《{case.title}》已列入{item.meeting.title}议程，不能重复列入。")


def still_there(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """What has left the agenda is taken up by nobody."""
    item = item_of(meeting, act)
    if item and item.gone:
        yield Reason("GONE", f"议题「{item.title}」的{item.gone}，本次会议不再审议。")


def nothing_is_gone(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """What goes round in writing is still to be decided."""
    for item in reading(meeting, act).items:
        if item.gone:
            yield Reason("GONE", f"议题「{item.title}」的{item.gone}，请先办理「撤下议题」。")


def may_move(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """The first item cannot go up, the last cannot go down."""
    item = item_of(meeting, act)
    by = -1 if act.step == MeetingStep.MOVE_ITEM_UP else 1
    if item and all(other.position != item.position + by for other in reading(meeting, act).items):
        where = "第一项，不能再上移" if by < 0 else "最后一项，不能再下移"
        yield Reason("AT_THE_END", f"已经是{where}。")


def something_to_ratify(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """There is something decided by circulation that no agenda holds yet."""
    planning.hold_ratified(meeting)
    if not planning.to_ratify(meeting):
        yield Reason("NOTHING_TO_RATIFY", "目前没有待追认的传签事项。")


def ratifies_first(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """What was decided by circulation comes before the next sitting."""
    waiting = planning.to_ratify(meeting)
    if waiting:
        titles = "、".join(f"《{item.title}》" for item in waiting)
        yield Reason("TO_RATIFY", f"传签议定的{titles}尚待追认，请先办理「列入追认议题」。")


def may_leave(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """What a called sitting has to ratify stays on its agenda."""
    item = item_of(meeting, act)
    if item and item.ratifies_id and meeting.state == MeetingState.CALLED:
        yield Reason("TO_RATIFY", "追认议题在发出通知后不能撤下，请在会上议定。")


def place_is_there(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """An item goes to a place that the agenda has."""
    to, last = act.facts.get("position"), meeting.items.count()
    if to is not None and not 1 <= to <= last:
        yield Reason("NO_SUCH_PLACE", f"议程共有{last}项，请填写1至{last}之间的数字。")


AGENDA_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        MeetingStep.PUT_ITEM: (matter_is_ready,),
        MeetingStep.REMOVE_ITEM: (item_known, may_leave),
        MeetingStep.MOVE_ITEM_UP: (item_known, may_move),
        MeetingStep.MOVE_ITEM_DOWN: (item_known, may_move),
        MeetingStep.PLACE_ITEM: (item_known, place_is_there),
        MeetingStep.ALLOW_AD_HOC: (matter_is_ready,),
    }
)
