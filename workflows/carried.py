"""Which steps a step carries along on other subjects: a meeting's cases, the acts of a confirmed paper record."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from proposals.committee.carried import carried as carried_by_meeting
from proposals.models import Entry, PaperRecord, SubjectKind
from proposals.procedure.act import Act, Actor
from proposals.procedure.paper_records import PaperRecordStep
from workflows import subjects
from workflows.attempt import Attempt, Ref


def along(*, subject: Any, act: Act, entry: Entry) -> Iterator[Attempt]:
    """Yield the attempts that belong to the step just taken, each subject locked in the order of locks."""
    if subject.subject_kind == SubjectKind.MEETING:
        wanted = [(SubjectKind.CASE, *one) for one in carried_by_meeting(subject, act)]
        for kind, target, step, facts in sorted(wanted, key=lambda one: str(one[1])):
            yield _attempt(Ref(kind, target), replace(act, step=step, facts=facts, reading=None), entry)
    elif subject.subject_kind == SubjectKind.REGISTER and act.step == PaperRecordStep.CONFIRM_RECORD:
        record = PaperRecord.objects.select_related("recorded_by").get(uuid=act.facts["record"])
        for one in ordered(record.acts):
            yield _attempt(Ref(one["kind"], uuid.UUID(one["subject"])), recorded(record, one, act), entry)


def ordered(acts: list[dict]) -> list[dict]:
    """Return the acts of a record in the order of locks: meetings before cases."""
    return sorted(acts, key=lambda one: (one["kind"] != SubjectKind.MEETING, one["subject"]))


def recorded(record: PaperRecord, one: dict, confirming: Act) -> Act:
    """Return an act of the record: done by the recorder on behalf of another, dated by the day it happened."""
    return Act(
        step=one["step"],
        actor=Actor.of(record.recorded_by),
        at=confirming.at,
        happened_on=date.fromisoformat(str(record.happened_on)),
        on_behalf_of=record.on_behalf_of,
        confirmed_by=f"{confirming.actor.name}（{confirming.actor.post}）",
        evidence=tuple(record.evidence),
        facts=one["facts"],
    )


def proposed(*, one: dict, act: Act) -> Attempt:
    """Return an act that somebody wants to record, as the attempt it will be once it is confirmed."""
    ref = Ref(one["kind"], uuid.UUID(one["subject"]))
    row = subjects.row_of(kind=ref.kind, step=one["step"])
    # Judged as if the second person had looked at it already: without one it never takes effect.
    wanted = replace(act, step=row.step, facts=one["facts"], confirmed_by="待复核")
    return Attempt(subject=subjects.locked(ref), row=row, act=wanted, carried=True)


def key_for(*, entry: Entry, attempt: Attempt) -> uuid.UUID:
    """Return the key of a carried entry: the same act always carries the same ones."""
    return uuid.uuid5(entry.key, f"{attempt.subject.uuid} {attempt.row.step}")


def _attempt(ref: Ref, act: Act, entry: Entry) -> Attempt:
    return Attempt(
        subject=subjects.locked(ref),
        row=subjects.row_of(kind=ref.kind, step=act.step),
        act=act,
        carried=True,
        quoted={"kind": entry.subject_kind, "subject": str(entry.subject_id), "seq": entry.seq, "hash": entry.hash},
    )
