"""What is to be done after a step: queued in its own transaction, so that the job exists when the step does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from docs_templates.models import Package
from proposals.case.lifecycle import CaseStep
from proposals.models import Entry, SubjectKind
from proposals.procedure.act import Act

# The job is named by its path, as the queue stores it: it comes back through the one door, which leads here.
JOB = "workflows.jobs.papers.finish_papers"
SEALS: Mapping[str, str] = {CaseStep.SEAL_PACKAGE: Package.Kind.FILING, CaseStep.ARCHIVE: Package.Kind.ARCHIVE}


def enqueue_for(*, subject: Any, act: Act, entry: Entry) -> None:
    """Queue what follows from the entry: one job for its papers and its package, none when nothing follows."""
    papers = json.loads(entry.body)["frozen"].get("papers")
    if papers or (subject.subject_kind == SubjectKind.CASE and act.step in SEALS):
        import_string(JOB).enqueue(str(entry.subject_id), entry.seq)


def failed(*, entry: Entry) -> bool:
    """Return whether the job of an entry was given up after its last attempt."""
    jobs = DBTaskResult.objects.filter(task_path=JOB, status=TaskResultStatus.FAILED)
    return jobs.filter(args_kwargs__args=[str(entry.subject_id), entry.seq]).exists()
