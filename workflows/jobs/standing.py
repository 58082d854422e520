"""What stands in the queue, and how a job that was given up is taken up again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from workflows.jobs import examining, faults
from workflows.queue import JOB

MOST = 200
WORDS: Mapping[str, str] = {
    TaskResultStatus.READY: "等待",
    TaskResultStatus.RUNNING: "进行中",
    TaskResultStatus.FAILED: "没有做成",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One job that is not done: of which subject, since when, how often tried, what went wrong last, and as said."""

    job: UUID
    subject: UUID | None
    what: str
    state: str
    failed: bool
    since: datetime
    tries: int
    again_at: datetime | None
    fault: str
    said: str


def jobs() -> list[Standing]:
    """Return what is not done, what was given up first, then the oldest; the first MOST of them."""
    rows = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).order_by("enqueued_at")
    given_up = list(rows.filter(status=TaskResultStatus.FAILED)[:MOST])
    return [_told(row) for row in (*given_up, *rows.exclude(status=TaskResultStatus.FAILED)[:MOST])][:MOST]


def given_up() -> int:
    """Return how many jobs were given up."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()


def again(ids: Iterable[UUID]) -> int:
    """Put jobs that were given up back in the queue, as if they had never been tried; return how many.

    A job done twice has one effect, so nothing is asked but that it was given up: no paper gets a new version.
    """
    taken = 0
    for one in ids:
        with transaction.atomic():
            job = DBTaskResult.objects.select_for_update().filter(pk=one, status=TaskResultStatus.FAILED).first()
            if job is None:
                continue
            job.status, job.worker_ids, job.run_after, job.finished_at = (
                TaskResultStatus.READY,
                [],
                timezone.now(),
                None,
            )
            job.exception_class_path = job.traceback = ""
            job.save()
            taken += 1
    return taken


def _told(row: DBTaskResult) -> Standing:
    subject = row.args_kwargs["args"][0] if row.task_path == JOB else None
    said = faults.last_line(row.traceback)
    waits = row.status == TaskResultStatus.READY and row.worker_ids
    return Standing(
        job=row.pk, subject=UUID(subject) if subject else None, what=_what(row.task_path),
        state=WORDS[TaskResultStatus(row.status)], failed=row.status == TaskResultStatus.FAILED, since=row.enqueued_at,
        tries=len(row.worker_ids), again_at=row.run_after if waits else None, fault=faults.told(said),
        said=said,
    )  # fmt: skip


def _what(path: str) -> str:
    if path == JOB:
        return "文书、材料包"
    return "文件检查" if path == examining.examine.module_path else "期初导入"
