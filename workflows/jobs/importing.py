"""How an opening balance comes in: the worker reads and checks the kept workbook, and enters it when somebody confirms.

What was found stands on the import's own row, so that its page can tell how far it has come. Every job may run twice:
progress is written outside of any transaction, and the step has one key for each import.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from docs_templates.archive import read_object
from docs_templates.printing.text_guard import unprintable
from proposals.models import Person, Register, SubjectKind, Territory
from proposals.opening import data as opening_data
from proposals.opening import faults as opening_faults
from proposals.opening import preview
from proposals.opening.workbook import columns as opening_columns
from proposals.opening.workbook import sheets
from proposals.opening.workbook.sheets import Progress
from proposals.procedure.act import Actor
from proposals.procedure.once import once
from proposals.register.lifecycle import RegisterStep
from workflows import security_record
from workflows.attempt import Ref, Refused
from workflows.jobs import examining
from workflows.models import OpeningImport, SecurityEvent
from workflows.perform import perform

Stage = OpeningImport.Stage
STEP = RegisterStep.IMPORT_OPENING
READ = (Stage.READING, Stage.CHECKING)
UNDER_WAY = (*READ, Stage.ENTERING)
EVERY = 0.5  # seconds between two notes of progress
SHOWN = 200  # faults kept to be shown


class Run(Enum):
    """What the worker is doing for an import."""

    WAITING = "等候处理"
    RUNNING = "正在处理"
    AGAIN = "上一次处理没有完成，将自动重新处理"
    FAILED = "处理没有完成"
    SETTLED = ""


def begin(
    *, territory: Territory, person: Person, at: datetime, file_name: str, sha256: str, on: date, paper: str,
    identity: UUID | None = None,
) -> OpeningImport:  # fmt: skip
    """Open an import of a kept workbook and queue its check, once under one identity.

    The same identity for another import raises KeyReused.
    """
    says = {"territory": territory, "sha256": sha256, "on": on, "paper": paper}

    def make() -> OpeningImport:
        with transaction.atomic():
            opened = OpeningImport.objects.create(
                uuid=identity or uuid4(), opened_by=person, opened_at=at, file_name=file_name[-200:], **says
            )
            _queue(opened)
        return opened

    return once(OpeningImport.objects.all(), identity=identity, says=says, make=make)


def confirm(*, opening: OpeningImport, person: Person) -> bool:
    """Queue the entering as this person; of two who confirm at once one does, and nothing with a fault is confirmed."""
    with transaction.atomic():
        sound = OpeningImport.objects.filter(pk=opening.pk, stage=Stage.CHECKED, fault_count=0)
        if not sound.update(stage=Stage.ENTERING, confirmed_by=person, refusals=[]):
            return False
        _queue(OpeningImport.objects.get(pk=opening.pk))
    return True


def begin_again(*, opening: OpeningImport) -> bool:
    """Queue anew what the worker gave up; nothing when it is under way or done."""
    with transaction.atomic():
        kept = OpeningImport.objects.select_for_update().get(pk=opening.pk)
        if run(opening=kept) != Run.FAILED:
            return False
        _queue(kept)
    return True


def run(*, opening: OpeningImport) -> Run:
    """Return what the worker is doing for the import."""
    if opening.stage not in UNDER_WAY:
        return Run.SETTLED
    job = DBTaskResult.objects.filter(pk=opening.job).first() if opening.job else None
    if job is None or job.status not in (TaskResultStatus.READY, TaskResultStatus.RUNNING):
        return Run.FAILED
    if job.status == TaskResultStatus.RUNNING:
        return Run.RUNNING
    return Run.AGAIN if job.worker_ids else Run.WAITING


def _queue(opening: OpeningImport) -> None:
    job = enter_opening if opening.stage == Stage.ENTERING else check_opening
    queued = job.enqueue(str(opening.uuid)).id
    OpeningImport.objects.filter(pk=opening.pk).update(job=queued, sheet="", done=0, total=0)


@task()
def check_opening(opening: str) -> int:
    """Read and check the workbook and keep what was found; return the number of faults."""
    rows = OpeningImport.objects.filter(uuid=opening, stage__in=READ)
    kept = rows.select_related("territory").first()
    if kept is None:
        return 0
    if objection := examining.objection(sha256=kept.sha256):
        rows.update(stage=Stage.CHECKED, faults=[opening_faults.Fault("全部", 0, "文件", objection)], fault_count=1)
        return 1
    reading = sheets.Reading(read_object(sha256=kept.sha256))
    _note(rows, Stage.READING, reading.steps())
    found = list(reading.unread)
    _note(rows, Stage.CHECKING, _checked(reading.facts, kept.territory, found))
    rows.update(
        stage=Stage.CHECKED, faults=found[:SHOWN], fault_count=len(found), told=reading.told[:SHOWN],
        told_count=len(reading.told), preview=preview.of(facts=reading.facts),
        summary=[] if found else opening_data.summary(facts=reading.facts),
    )  # fmt: skip
    return len(found)


def _checked(facts: dict, territory: Territory, found: list[opening_faults.Fault]) -> Iterable[Progress]:
    done, total = 0, sum(len(rows) for rows in facts.values())
    for sheet, rows, faults in opening_faults.by_sheet(facts=facts, territory=territory):
        known = {fault[:3] for fault in found}  # what could not be read is named once, by its reading
        found += [fault for fault in (*faults, *_unprintable(facts, sheet)) if fault[:3] not in known]
        done += rows
        yield Progress(sheet, done, total)


def _unprintable(facts: Mapping[str, Any], sheet: str) -> Iterable[opening_faults.Fault]:
    """Name every text of a sheet that no paper could print, while the workbook is still in hand."""
    columns = {column.name: column.heading for column in opening_columns.SHEETS[sheet]}
    rows = facts[opening_columns.FACTS[sheet]] if sheet in opening_columns.FACTS else ()
    for number, row in opening_faults.numbered(rows):
        for name, heading in columns.items():
            texts = row.get(name) if isinstance(row.get(name), list) else [row.get(name)]
            for text in texts or ():
                told = unprintable(text=text, where=heading) if isinstance(text, str) else ()
                yield from (opening_faults.Fault(sheet, number, heading, one) for one in told)


def _note(rows: QuerySet[OpeningImport], stage: str, steps: Iterable[Progress]) -> None:
    """Follow the steps and note now and then how far they came, each note a statement of its own."""
    noted, at = float("-inf"), Progress("", 0, 0)
    for at in steps:
        if time.monotonic() - noted >= EVERY:
            rows.update(stage=stage, sheet=at.sheet, done=at.done, total=at.total)
            noted = time.monotonic()
    rows.update(stage=stage, sheet=at.sheet, done=at.done, total=at.done)


@task()
def enter_opening(opening: str) -> str:
    """Enter the confirmed workbook through the one door, as one act; a refusal leaves it to be confirmed again."""
    rows = OpeningImport.objects.filter(uuid=opening, stage=Stage.ENTERING)
    kept = rows.select_related("territory", "confirmed_by").first()
    if kept is None or kept.confirmed_by is None:
        return ""
    facts, _ = sheets.read(read_object(sha256=kept.sha256))
    register = Register.objects.get(territory=kept.territory)
    try:
        entry = perform(
            subject=Ref(SubjectKind.REGISTER, register.uuid),
            step=STEP,
            actor=Actor.of(kept.confirmed_by),
            at=timezone.now(),
            key=uuid5(kept.uuid, STEP),
            seen=None,
            facts={**facts, "on": kept.on.isoformat(), "paper": kept.paper},
        )
    except Refused as refused:
        rows.update(stage=Stage.CHECKED, refusals=[[one.code, one.message, one.citation] for one in refused.reasons])
        security_record.note(
            kind=SecurityEvent.Kind.REFUSED, at=timezone.now(), person=kept.confirmed_by,
            subject=f"{SubjectKind.REGISTER} {register.uuid}", detail=f"{STEP}：{'、'.join(sorted(refused.codes))}",
        )  # fmt: skip
        return ""
    rows.update(stage=Stage.ENTERED)
    return entry.hash
