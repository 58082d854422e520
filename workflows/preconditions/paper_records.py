"""What must hold before a record of what happened on paper is entered or confirmed (代录), or a period is closed."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from uuid import UUID

from django.utils import timezone

from proposals.models import PaperRecord, Register
from proposals.procedure.act import Act
from proposals.procedure.paper_records import PaperRecordStep
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.register.lifecycle import RegisterStep
from proposals.text import document_numbers
from workflows.preconditions.closed_periods import nothing_left_to_issue
from workflows.preconditions.desks.lending import second_person


def record_known(register: Register, act: Act) -> Iterator[Reason]:
    """A record waits once, for somebody other than the person who entered it."""
    record = PaperRecord.objects.filter(uuid=act.facts.get("record") or UUID(int=0)).first()
    if record is None or record.status != PaperRecord.Status.WAITING:
        yield Reason("RECORD_SETTLED", "这条补录已经办结或不存在，请刷新列表。")
    elif record.recorded_by_id == act.actor.id:
        yield Reason("SAME_PERSON", "补录须由另一人复核确认，录入人不能复核自己录入的事项。")
    else:
        since, until = timezone.localdate(record.recorded_at), timezone.localdate(act.at)
        yield from second_person(one=record.recorded_by_id, other=act.actor.id, since=since, until=until)


def record_new(register: Register, act: Act) -> Iterator[Reason]:
    """A paper is entered once, with its evidence, for a day that has come."""
    number = document_numbers.normal(act.facts.get("number", ""))
    live = (PaperRecord.Status.WAITING, PaperRecord.Status.CONFIRMED)
    if number and PaperRecord.objects.filter(territory=register.territory, number=number, status__in=live).exists():
        yield Reason("NUMBER_TAKEN", f"文号{number}已经登记过，同一文件不能重复登记。")
    if not act.on_behalf_of:
        yield Reason("NO_PRINCIPAL", "请填写代何人（单位）录入。")
    if not act.evidence:
        yield Reason("NO_EVIDENCE", "请上传签字（盖章）纸质件的扫描件作为佐证。")
    if act.happened_on > timezone.localdate(act.at):
        yield Reason("FUTURE", "发生日期还没有到，请核对。")
    if not act.facts.get("acts"):
        yield Reason("NOTHING_RECORDED", "请至少选择一项要补录的办理事项。")


REGISTER_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        PaperRecordStep.RECORD_ON_BEHALF: (record_new,),
        PaperRecordStep.CONFIRM_RECORD: (record_known,),
        PaperRecordStep.DECLINE_RECORD: (record_known,),
        RegisterStep.CLOSE_PERIOD: (nothing_left_to_issue,),
    }
)
