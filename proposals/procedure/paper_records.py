"""代录: what happened on paper is entered by one person and takes effect when another confirms it."""

from __future__ import annotations

from enum import StrEnum

from proposals.procedure.act import Act
from proposals.procedure.entries import PaperRecord
from proposals.procedure.facts import facts, line
from proposals.procedure.subjects import Register
from proposals.procedure.table import Row
from proposals.procedure.traits import Trait, having
from proposals.text import document_numbers
from proposals.vocabulary import Duty as D

OFFICE = (D.OFFICE_CLERK, D.OFFICE_REVIEWER, D.OFFICE_DIRECTOR, D.RECORDER)


# The steps of a record of what happened on paper, by name.
PaperRecordStep = StrEnum(
    "PaperRecordStep",
    """
    RECORD_ON_BEHALF CONFIRM_RECORD DECLINE_RECORD
    """,
)


PAPER_RECORD_STEPS: tuple[Row, ...] = (
    Row(PaperRecordStep.RECORD_ON_BEHALF, "代录", ("",), None, (D.OFFICE_CLERK, D.RECORDER)),
    Row(PaperRecordStep.CONFIRM_RECORD, "复核确认", ("",), None, OFFICE),
    Row(PaperRecordStep.DECLINE_RECORD, "复核不通过", ("",), None, OFFICE),
)


@facts
class RecordOnBehalf:
    """What 「代录」 asks."""

    title: str = line("事项")
    number: str = line("文号", required=False)


@having(Trait.QUIET)
def record_on_behalf(register: Register, act: Act, told: RecordOnBehalf) -> None:
    """Enter what somebody else did on paper, with its day, its evidence and the acts it amounts to."""
    PaperRecord.objects.create(
        uuid=act.facts["record"],
        territory=register.territory,
        title=told.title,
        number=document_numbers.normal(told.number),
        on_behalf_of=act.on_behalf_of,
        happened_on=act.happened_on,
        evidence=list(act.evidence),
        acts=act.facts["acts"],
        recorded_by_id=act.actor.id,
        recorded_at=act.at,
    )


@facts
class ConfirmRecord:
    """What 「复核确认」 asks."""

    remark: str = line("复核意见", required=False)


def confirm_record(register: Register, act: Act, told: ConfirmRecord) -> None:
    """Confirm a record; its acts take effect now, dated by the day on which they happened."""
    _close(act, PaperRecord.Status.CONFIRMED)


@facts
class DeclineRecord:
    """What 「复核不通过」 asks."""

    remark: str = line("复核不通过的理由")


def decline_record(register: Register, act: Act, told: DeclineRecord) -> None:
    """Decline a record with the reason; nothing takes effect."""
    _close(act, PaperRecord.Status.DECLINED)


def _close(act: Act, status: str) -> None:
    PaperRecord.objects.filter(uuid=act.facts["record"]).update(
        status=status,
        confirmed_by=act.actor.id,
        confirmed_at=act.at,
        remark=act.facts.get("remark", ""),
    )
