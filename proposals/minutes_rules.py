"""What must hold before minutes are worded, circulated, signed or corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from proposals.act import Act
from proposals.minutes import ITEM_WORDING, texts_of
from proposals.minutes_check import contradictions
from proposals.models.committee import Role
from proposals.reasons import Reason
from proposals.roll_rules import on_roll, seat_of

if TYPE_CHECKING:
    from proposals.models import Meeting


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
        yield Reason("NOT_WORDING", "只能修改文字表述;人员、票数、结果和数额取自会议记录,不能在纪要中改动。")


def agrees_with_record(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """Minutes that contradict roll, ballots, verdicts or plans go no further."""
    for found in contradictions(meeting.newest_minutes.sections, meeting):
        yield Reason("CONTRADICTION", f"{found}请修改后再办理。")


def signed_by_who_presided(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """The chair signs, or the vice chair who presided by written delegation."""
    seat = meeting.roll.filter(member=act.actor.uuid).first()
    if act.on_behalf_of:
        return
    presided = seat is not None and seat.pk == meeting.presiding_id and bool(meeting.delegation)
    if seat is None or not (seat.role == Role.CHAIR or presided):
        yield Reason(
            "NOT_THE_SIGNER", "纪要由编委主任签发,或由受书面委托主持会议的副主任签发。", meeting.frozen_rule.citation
        )


def stood_in_the_minutes(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """A correction names words that stand in the signed minutes."""
    text = "\n".join(texts_of(meeting.newest_minutes.sections).values())
    if act.facts.get("before") and act.facts["before"] not in text:
        yield Reason("NOT_IN_MINUTES", "已签发的纪要中没有这段原文,请照原文抄录。")


def was_there(meeting: Meeting, act: Act) -> Iterator[Reason]:
    """The draft goes to those who were present."""
    seat = seat_of(meeting, act)
    if seat and meeting.form == "SITTING" and not seat.stays.exists():
        yield Reason("NOT_THERE", "纪要由到会委员核对,您没有参加本次会议。")


MINUTES_GUARDS: Mapping[str, tuple[Callable[[Meeting, Act], Iterable[Reason]], ...]] = {
    "edit_wording": (only_wording,),
    "circulate_minutes": (agrees_with_record,),
    "comment_minutes": (on_roll, was_there),
    "sign_minutes": (agrees_with_record, signed_by_who_presided),
    "correct_minutes": (stood_in_the_minutes,),
}
