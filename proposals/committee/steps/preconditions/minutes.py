"""What must hold before minutes are worded, circulated, signed or corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from proposals.committee.lifecycle import MeetingStep
from proposals.committee.meetings import Form
from proposals.committee.minutes import correcting
from proposals.committee.minutes.check import contradictions
from proposals.committee.minutes.drawing import ITEM_WORDING, texts_of
from proposals.committee.models import Role
from proposals.committee.reading.whole import reading
from proposals.committee.steps.preconditions.roll import on_roll, seat_of
from proposals.procedure.act import Act, uuid_in
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting
    from proposals.committee.reading.whole import Reading


def only_wording(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Only texts where no fact stands can be worded."""
    wording = act.facts.get("wording")
    items = wording.get("items", {}) if isinstance(wording, Mapping) else None
    known = {str(uuid) for uuid in meeting.items.values_list("uuid", flat=True)}
    fits = (
        isinstance(wording, Mapping)
        and isinstance(items, Mapping)
        and set(wording) <= {"opening", "closing", "items"}
        and set(items) <= known
        and all(isinstance(texts, Mapping) and set(texts) <= set(ITEM_WORDING) for texts in items.values())
    )
    if not fits:
        yield Reason("NOT_WORDING", "只能修改文字表述；人员、票数、结果和数额取自会议记录，不能在纪要中改动。")


def agrees_with_record(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Minutes that contradict roll, ballots, verdicts or plans go no further."""
    read = reading(meeting, act)
    read.look_at_record()
    for found in contradictions(read.minutes.sections, read):
        yield Reason("CONTRADICTION", f"{found}请修改后再办理。")


def signed_by_who_presided(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """The chair signs, or the vice chair who presided by written delegation."""
    if act.on_behalf_of:
        return
    read = reading(meeting, act)
    seat = read.seat(act.actor.uuid)
    presided = seat is not None and seat.pk == meeting.presiding_id and bool(meeting.delegation)
    if seat is None or not (seat.role == Role.CHAIR or presided):
        yield Reason("NOT_THE_SIGNER", "纪要由编委主任签发，或由受书面委托主持会议的副主任签发。", read.rule.citation)


def corrects_something(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A correction names words that stand once at their place of the minutes, and puts others there."""
    yield from _fits(reading(meeting, act), {name: act.facts[name] for name in ("place", "before", "after")})


def still_corrects(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A correction waits once, for somebody else than who drew it up, and still fits the minutes as they stand."""
    draft = meeting.correction_drafts.filter(uuid=uuid_in(act.facts["correction"])).first()
    if draft is None or draft.status != draft.Status.WAITING:
        yield Reason("CORRECTION_SETTLED", "这一更正已经办结或不存在，请刷新页面。")
    elif draft.drawn_by_id == act.actor.id:
        yield Reason("SAME_PERSON", "更正须由两人办理，拟定人不能签发自己拟定的更正，请由编委主任或其他副主任签发。")
    elif act.step == MeetingStep.CORRECT_MINUTES:
        yield from _fits(reading(meeting, act), {"place": draft.place, "before": draft.before, "after": draft.after})


def _fits(read: Reading, words: Mapping[str, str]) -> Iterator[Reason]:
    """What the minutes would say then is held to the record, as the minutes themselves were."""
    stands = correcting.as_it_stands(read.meeting)
    found = correcting.occurrences(stands, place=words["place"], before=words["before"])
    if words["place"] not in texts_of(stands):
        yield Reason("NO_SUCH_PLACE", "已签发的纪要中没有这一处文字，请从列表中选择更正处。")
    elif not found:
        yield Reason("NOT_IN_MINUTES", "已签发的纪要在这一处没有这段原文，请照原文抄录。")
    elif found > 1:
        yield Reason("NOT_ONCE", "这段原文在这一处出现不止一次，请多抄录前后几个字，使其只出现一次。")
    elif words["before"] == words["after"]:
        yield Reason("NOTHING_CORRECTED", "更正前后的文字相同，请核对。")
    else:
        for wrong in correcting.newly_wrong(read, words):
            yield Reason("CONTRADICTION", f"更正后{wrong}更正只改文字错误，不能改变会议记录。")


def was_there(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """The draft goes to those who were present."""
    seat = seat_of(meeting, act)
    if seat and meeting.form == Form.SITTING and not reading(meeting, act).stays[seat.pk]:
        yield Reason("NOT_THERE", "纪要由到会委员核对，您没有参加本次会议。")


MINUTES_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        MeetingStep.EDIT_WORDING: (only_wording,),
        MeetingStep.CIRCULATE_MINUTES: (agrees_with_record,),
        MeetingStep.COMMENT_MINUTES: (on_roll, was_there),
        MeetingStep.SIGN_MINUTES: (agrees_with_record, signed_by_who_presided),
        MeetingStep.PROPOSE_CORRECTION: (corrects_something,),
        MeetingStep.CORRECT_MINUTES: (still_corrects,),
        MeetingStep.DECLINE_CORRECTION: (still_corrects,),
    }
)
