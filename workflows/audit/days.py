"""Whether every answer bears a day on or after the one on which it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from proposals.case.lifecycle import CaseStep
from proposals.committee.lifecycle import MeetingStep
from proposals.models import AgendaItem, Entry, Meeting, Proposal
from workflows.audit.committee.agenda import CLOSING

PARTY = (CaseStep.RECORD_PARTY_COMMITTEE, CaseStep.RECORD_PARTY_DEFERRAL, CaseStep.RECORD_PARTY_REFUSAL)


def answers(case: Proposal, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Hold every answer to a case against its asking: units, the city before and after the filing, Party committee."""
    days = list[tuple[str, Any, str, Any]]()
    days += [(f"{one.unit}的意见", one.replied_on, "征求意见", one.asked_on) for one in case.opinions.all()]
    days += [(one.get_kind_display(), one.answered_on, "征求", one.asked_on) for one in case.consents.all()]
    days += [("市级答复", case.city_reply.get("on"), "上报", case.filed_on)]
    days += [("同意撤回", case.withdrawal.get("on"), "发函申请撤回", case.withdrawal.get("asked_on"))]
    referred = ""
    for body in bodies:
        if body["step"] == CaseStep.REFER_TO_PARTY_COMMITTEE:
            referred = body["happened_on"]
        elif body["step"] in PARTY:
            days.append(("常委会意见", body["happened_on"], "报区委审定", referred))
    yield from (
        f"{what}的日期{on}早于{asked}的日期{asked_on}"
        for what, on, asked, asked_on in days
        if on and asked_on and str(on) < str(asked_on)
    )


def before_meeting(meeting: Meeting) -> Iterator[str]:
    """A case comes before a meeting on or after the day on which it was agreed that it shall."""
    closed = Entry.objects.filter(subject_id=meeting.uuid, step__in=CLOSING).last()
    if closed is None or meeting.held_on is None:
        return
    cases = meeting.items.exclude(proposal=None).exclude(status=AgendaItem.Status.WITHDRAWN)
    for title, case in cases.values_list("title", "proposal__uuid"):
        agreed = Entry.objects.filter(subject_id=case, step=CaseStep.APPROVE_ITEM, at__lte=closed.at)
        on = agreed.order_by("seq").values_list("happened_on", flat=True).last()
        if on and meeting.held_on < on:
            yield f"会议日期{meeting.held_on}早于《{title}》同意上会的日期{on}"


def minutes(meeting: Meeting, bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Minutes are signed on or after the day of the meeting."""
    for body in bodies:
        if (
            body["step"] == MeetingStep.SIGN_MINUTES
            and meeting.held_on
            and body["happened_on"] < meeting.held_on.isoformat()
        ):
            yield f"纪要签发日期{body['happened_on']}早于会议日期{meeting.held_on}"
