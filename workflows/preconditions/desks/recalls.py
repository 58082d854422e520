"""Taking back what was handed on: only before the next desk has acted, and only by the side that sent it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from django.utils import timezone

from proposals.case.lifecycle import CaseStep
from proposals.models import Entry, Proposal
from proposals.organisation.duty_places import UNIT_DUTIES
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.procedure.table import Row
from workflows import access, subjects

# Which hand-overs a step takes back, and what is left to do once the next desk has begun.
TAKEN_BACK: Mapping[str, tuple[tuple[str, ...], str]] = MappingProxyType({
    CaseStep.TAKE_BACK: ((CaseStep.SEND_TO_OFFICE, CaseStep.SEND_SMALL, CaseStep.RESEND),
        "如需修改，请编办退回补正或重新论证；不再办理的，请办理「撤销动议」。"),
    CaseStep.RECALL_TO_ARGUMENT: ((CaseStep.SEND_TO_COMPLIANCE,), "请等待审查意见。"),
    CaseStep.RECALL_ITEM: ((CaseStep.PROPOSE_ITEM,), "请编委主任办理「不同意上会」，或等待审批意见。"),
})  # fmt: skip
# What may happen to a case without anybody having taken it up.
BESIDE = (CaseStep.URGE, CaseStep.DELEGATE)


def not_taken_up(case: Proposal, act: Act) -> Iterator[Reason]:
    """What was handed on comes back as long as the next desk has done nothing, and to those who handed it on."""
    row = subjects.row_of(kind=case.subject_kind, step=act.step)
    sendings, instead = TAKEN_BACK[row.step]
    last = (
        Entry.objects.filter(subject_id=case.uuid).exclude(step__in=BESIDE)
        .select_related("actor").order_by("-seq").first()
    )  # fmt: skip
    if last is None or last.step not in sendings:
        who = f"{last.actor.name}已在{timezone.localtime(last.at):%Y-%m-%d %H:%M}办理，" if last else ""
        yield Reason("TAKEN_UP", f"下一环节已经开始：{who}不能再「{row.label}」。{instead}")
    elif not _same_side(case, act, row, last):
        text = f"本事项由{last.actor.name}送出，只能由其本人或者同一单位的人员办理「{row.label}」。"
        yield Reason("SENT_BY_OTHERS", text)


def _same_side(case: Proposal, act: Act, row: Row, sent: Entry) -> bool:
    if act.confirmed_by or sent.actor_id == act.actor.id:
        return True
    own = access.standing(person_id=act.actor.id, on=timezone.localdate(act.at))
    theirs = access.standing(person_id=sent.actor_id, on=timezone.localdate(sent.at))
    return bool(_sides(case, row, own) & _sides(case, row, theirs))


def _sides(case: Proposal, row: Row, held: access.Held) -> set[bool]:
    """Return on which sides of the counter somebody stands with the step's duties: True is the unit's."""
    return {
        duty in UNIT_DUTIES
        for duty, path in held
        if duty in row.duties and access.covers(duty=duty, path=path, subject=case)
    }
