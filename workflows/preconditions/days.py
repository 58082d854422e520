"""The day of what happened on paper: another's answer does not precede what it answers, and it is told so first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F

from proposals.case.consents import opinions
from proposals.case.lifecycle import CaseStep
from proposals.case.phases import AT_CITY
from proposals.case.values import titles
from proposals.committee.lifecycle import MeetingStep
from proposals.models import Entry, SubjectKind
from proposals.procedure.reasons import Reason
from workflows import subjects
from workflows.attempt import Attempt

# What somebody else says to what was laid before him; the office's own desks may be entered late in any order.
ANSWERS = frozenset({
    CaseStep.PASS_COMPLIANCE, CaseStep.OBJECT_COMPLIANCE, CaseStep.RECORD_OPINION, CaseStep.RECORD_CITY_OPINION,
    CaseStep.APPROVE_ITEM, CaseStep.DECLINE_ITEM,
    CaseStep.RECORD_PARTY_COMMITTEE, CaseStep.RECORD_PARTY_DEFERRAL, CaseStep.RECORD_PARTY_REFUSAL, CaseStep.SIGN_FOR,
    CaseStep.CITY_ACCEPT, CaseStep.CITY_RETURN,
    CaseStep.CITY_APPROVE, CaseStep.CITY_RECORD, CaseStep.CITY_REJECT, CaseStep.CONSENT_WITHDRAWAL,
})  # fmt: skip


class Answered(NamedTuple):
    """What an act on paper follows on: what it is called and its day."""

    what: str
    on: date


def on_its_day(attempt: Attempt) -> Iterator[Reason]:
    """A paper of another office bears a day on or after the one on which it was asked."""
    act = attempt.act
    if not act.on_behalf_of or attempt.preview:
        return
    before = answered(attempt)
    if before is not None and act.happened_on < before.on:
        text = (
            f"所填日期{act.happened_on}早于「{before.what}」的日期{before.on}，「{attempt.row.label}」不能早于它；"
            "请核对纸质件落款（印发）的日期后重新填写。"
        )
        yield Reason("DATED_BEFORE", text)


def answered(attempt: Attempt) -> Answered | None:
    """Return what the act follows on: the meeting, the asking, the letter, the filing, else what brought it here."""
    subject, act = attempt.subject, attempt.act
    if act.step == MeetingStep.RECORD_PAPER_MEETING:
        return _last_agreed(subject)
    if subject.subject_kind == SubjectKind.MEETING:
        return Answered("会议召开", subject.held_on) if subject.held_on else None
    if subject.subject_kind != SubjectKind.CASE or act.step not in ANSWERS:
        return None
    if act.step == CaseStep.RECORD_OPINION:
        found = opinions.asked(subject, act.facts.get("unit", ""))
        return Answered("征求意见", found[0].asked_on) if found else None
    if act.step == CaseStep.CONSENT_WITHDRAWAL and subject.withdrawal.get("asked_on"):
        return Answered("发函申请撤回", date.fromisoformat(subject.withdrawal["asked_on"]))
    if subject.state in AT_CITY and subject.filed_on:
        return Answered("上报", subject.filed_on)
    return _last_move(subject)


def _last_agreed(meeting: Any) -> Answered | None:
    """Return the case of a meeting that was the last to be agreed to go before it, with its day."""
    cases = {item.proposal.uuid: item.proposal for item in meeting.standing_items if item.proposal}
    agreed = Entry.objects.filter(subject_id__in=cases, step=CaseStep.APPROVE_ITEM).order_by("seq")
    days = {one.subject_id: one.happened_on for one in agreed}  # the newest of each case
    if not days:
        return None
    newest = max(days, key=lambda one: days[one])
    return Answered(f"{titles.printable(cases[newest])}同意上会", days[newest])


def _last_move(case: Any) -> Answered | None:
    moved = Entry.objects.filter(subject_id=case.uuid).exclude(from_state=F("to_state")).order_by("-seq").first()
    if moved is None:
        return None
    return Answered(subjects.row_of(kind=moved.subject_kind, step=moved.step).label, moved.happened_on)
