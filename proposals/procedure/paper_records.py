"""代录: what happened on paper is entered by one person and takes effect when another confirms it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from proposals.procedure.act import Act
from proposals.procedure.asks import LINE, Ask
from proposals.procedure.entries import PaperRecord
from proposals.procedure.table import Row
from proposals.text import document_numbers
from proposals.vocabulary import Duty as D

if TYPE_CHECKING:
    from proposals.procedure.subjects import Register

OFFICE = (D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR, D.RECORDER)

PAPER_RECORD_STEPS: tuple[Row, ...] = (
    Row("record_on_behalf", "代录", ("",), None, (D.OFFICE_CLERK, D.RECORDER)),
    Row("confirm_record", "复核确认", ("",), None, OFFICE),
    Row("decline_record", "复核不通过", ("",), None, OFFICE),
)
PAPER_RECORD_ASKS: Mapping[str, tuple[Ask, ...]] = {
    "record_on_behalf": (Ask("title", "事项", LINE), Ask("number", "文号", LINE, required=False)),
    "confirm_record": (Ask("remark", "复核意见", LINE, required=False),),
    "decline_record": (Ask("remark", "复核不通过的理由", LINE),),
}


def record_on_behalf(register: Register, act: Act) -> None:
    """Enter what somebody else did on paper, with its day, its evidence and the acts it amounts to."""
    PaperRecord.objects.create(
        uuid=act.facts["record"],
        territory=register.territory,
        title=act.facts["title"],
        number=document_numbers.normal(act.facts.get("number", "")),
        on_behalf_of=act.on_behalf_of,
        happened_on=act.happened_on,
        evidence=list(act.evidence),
        acts=act.facts["acts"],
        recorded_by_id=act.actor.id,
        recorded_at=act.at,
    )


def confirm_record(register: Register, act: Act) -> None:
    """Confirm a record; its acts take effect now, dated by the day on which they happened."""
    _close(act, PaperRecord.Status.CONFIRMED)


def decline_record(register: Register, act: Act) -> None:
    """Decline a record with the reason; nothing takes effect."""
    _close(act, PaperRecord.Status.DECLINED)


def _close(act: Act, status: str) -> None:
    PaperRecord.objects.filter(uuid=act.facts["record"]).update(
        status=status,
        confirmed_by=act.actor.id,
        confirmed_at=act.at,
        remark=act.facts.get("remark", ""),
    )
