"""The four kinds of subject: their tables of steps, what their steps ask, and how they are locked, always in one order.

Order of locks: register or rulebook < meeting < cases by id < ledger accounts by id < number series; the finer
order, and which guard each of them backs: docs/guards.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery

from proposals import prepared
from proposals.case.snapshots import CaseReading
from proposals.case.steps import book as case_book
from proposals.committee.reading.whole import Reading
from proposals.committee.steps import book as meeting_book
from proposals.law.lawbook import Law
from proposals.models import Entry, Meeting, Proposal, Register, Rulebook, Subject, SubjectKind
from proposals.organisation.heads import CALENDAR, Head, Heads
from proposals.prepared import Prepared
from proposals.procedure import locks
from proposals.procedure.act import Act
from proposals.procedure.asks import Ask
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Step
from proposals.procedure.table import Row
from proposals.read_together import read_together
from proposals.register.steps import book as register_book
from proposals.rulebook.steps import book as rulebook_book
from workflows.attempt import Ref, Refused
from workflows.desks.hand_over import OPEN_TASK
from workflows.desks.step_reading import StepReading
from workflows.models import WorkItem

MODELS: Mapping[str, type[Subject]] = {
    SubjectKind.CASE: Proposal,
    SubjectKind.MEETING: Meeting,
    SubjectKind.REGISTER: Register,
    SubjectKind.RULEBOOK: Rulebook,
}
STEPS: Mapping[str, Mapping[str, Step]] = {
    SubjectKind.CASE: case_book.STEPS,
    SubjectKind.MEETING: meeting_book.STEPS,
    SubjectKind.REGISTER: register_book.STEPS,
    SubjectKind.RULEBOOK: rulebook_book.STEPS,
}

# What is read of a subject while it is judged, where that is more than its row.
READINGS: Mapping[str, Callable[[Any, Row, Act], Any]] = {
    SubjectKind.CASE: StepReading,
    SubjectKind.MEETING: lambda meeting, row, act: Reading(meeting),
}

NO_KEY = UUID(int=0)  # which no entry bears


def _opening(model: type[Subject]) -> Prepared[Any]:
    """Prepare the reading of a subject with the entry that it has under a key."""

    def rows(uuid: Any, key: Any) -> QuerySet[Any]:
        entry = Entry.objects.filter(subject_id=OuterRef("uuid"), key=key).values("pk")
        found = model._default_manager.filter(uuid=uuid).select_related("territory__parent")
        return found.annotate(known=Subquery(entry), **_beside(model)).order_by()

    return Prepared(rows)


def _beside(model: type[Subject]) -> dict[str, Subquery]:
    """Return what nearly every step of a case needs: the words of its law and of the calendar, and its open task."""
    if model is not Proposal:
        return {}
    law = Head.objects.filter(scope=OuterRef("territory_id")).values("word")
    calendar = Head.objects.filter(scope=CALENDAR).values("word")
    task = WorkItem.objects.filter(process=OuterRef("pk"), finished=None).order_by().values("pk")[:1]
    return {"law_word": Subquery(law), "calendar_word": Subquery(calendar), OPEN_TASK: Subquery(task)}


OPENED: Mapping[str, Prepared[Any]] = {kind: _opening(model) for kind, model in MODELS.items()}


def locked(ref: Ref) -> Any:
    """Return the subject with its row locked until the transaction ends; a missing one raises Refused."""
    return opened(ref, NO_KEY).subject


class Opened(NamedTuple):
    """A locked subject, the number of the entry that it has under the key, and what was read in the same statement."""

    subject: Any
    known: int | None
    beside: tuple[list[Any], ...]


def opened(ref: Ref, key: UUID, *beside: prepared.Ask) -> Opened:
    """Return the subject, locked, and the number of the entry that it has under a key already, if it has one.

    `beside` is read together with the subject.
    On SQLite the transaction began IMMEDIATE, which is the lock. Elsewhere the lock is a statement of its own, and lets
    rows be inserted that point at the subject: what stands beside a lock in one statement is seen as it was before the
    wait, and only the next statement sees what the other one wrote.
    """
    if connection.features.has_select_for_no_key_update:
        rows = MODELS[ref.kind]._default_manager.filter(uuid=ref.uuid).order_by()
        list(locks.locked_rows(rows).values_list("pk"))
    subjects, *read = read_together(OPENED[ref.kind].ask(uuid=ref.uuid, key=key), *beside)
    if not subjects:
        raise Refused([Reason("NOT_FOUND", "没有找到这一事项，请回到列表重新打开。")])
    (subject,) = subjects
    if isinstance(subject, Proposal):
        words = (subject.__dict__.pop(word) or "" for word in ("law_word", "calendar_word"))
        Law.know(subject, Heads(*words))
    return Opened(subject, subject.known, tuple(read))


def read_once(subject: Subject, row: Row, act: Act, *, preview: bool = False) -> Act:
    """Return the act with the reading of its subject that guards, facts and body share, unless it has one already.

    A preview, one of many on a page, reads of a case what it asks for and no more.
    """
    kind = READINGS.get(subject.subject_kind)
    if kind is None or act.reading is not None:
        return act
    if preview and isinstance(subject, Proposal):
        return replace(act, reading=CaseReading(subject))
    return replace(act, reading=kind(subject, row, act))


def row_of(*, kind: str, step: str) -> Row:
    """Return the row of a step; an unknown step raises Refused."""
    return step_of(kind=kind, step=step).row


def step_of(*, kind: str, step: str) -> Step:
    """Return a step of a kind of subject; an unknown one raises Refused."""
    try:
        return STEPS[kind][step]
    except KeyError:
        raise Refused([Reason("NO_SUCH_STEP", "没有这一办理环节，请刷新页面后重试。")]) from None


def body_of(subject: Subject, step: str) -> Callable[[Any, Act], None]:
    """Return what a step writes down."""
    return STEPS[subject.subject_kind][step].take


def asks_of(*, kind: str, step: str) -> tuple[Ask, ...]:
    """Return what a step asks."""
    return step_of(kind=kind, step=step).asks
