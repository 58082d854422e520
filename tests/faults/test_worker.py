"""The worker keeps its promise whatever kills it: every job at least once, and never two living workers at one job."""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.databases import Database
from tests.faults import jobs

PATIENCE = 30


def enqueue(database: Database, task: Task, *args: object) -> DBTaskResult:
    """Queue a job as the product does, in the test's own database."""
    job = DBTaskResult(
        args_kwargs={"args": list(args), "kwargs": {}},
        task_path=task.module_path,
        queue_name=task.queue_name,
        backend_name="default",
        run_after=timezone.now(),
    )
    job.save(using=database.alias)
    return job


def now(database: Database, job: DBTaskResult) -> DBTaskResult:
    return DBTaskResult.objects.using(database.alias).get(pk=job.pk)


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def diary(tmp_path: Path) -> Path:
    file = tmp_path / "diary"
    file.touch()
    return file


def test_a_job_whose_worker_is_killed_is_completed_by_another(database: Database, tmp_path: Path) -> None:
    file = diary(tmp_path)
    job = enqueue(database, jobs.patient, str(file), 1.5)
    first = database.start("manage.py", "worker")
    wait_for(lambda: "begin" in file.read_text())
    second = database.start("manage.py", "worker")
    os.kill(first.pid, signal.SIGKILL)

    wait_for(lambda: now(database, job).status == TaskResultStatus.SUCCESSFUL)

    assert file.read_text().splitlines() == [f"begin {first.pid}", f"begin {second.pid}", f"end {second.pid}"]
    assert len(now(database, job).worker_ids) == 2


def test_a_living_workers_job_is_never_stolen(database: Database, tmp_path: Path) -> None:
    file = diary(tmp_path)
    job = enqueue(database, jobs.patient, str(file), 4.0)
    owner = database.start("manage.py", "worker")
    wait_for(lambda: "begin" in file.read_text())
    for _ in range(2):
        database.start("manage.py", "worker")

    wait_for(lambda: now(database, job).status != TaskResultStatus.RUNNING)

    assert file.read_text().splitlines() == [f"begin {owner.pid}", f"end {owner.pid}"]
    assert now(database, job).status == TaskResultStatus.SUCCESSFUL
    assert len(now(database, job).worker_ids) == 1


def test_a_worker_told_to_stop_finishes_its_job_and_takes_no_other(database: Database, tmp_path: Path) -> None:
    file = diary(tmp_path)
    job = enqueue(database, jobs.patient, str(file), 1.0)
    worker = database.start("manage.py", "worker")
    wait_for(lambda: "begin" in file.read_text())
    other = enqueue(database, jobs.patient, str(file), 0.0)
    worker.send_signal(signal.SIGTERM)

    assert worker.wait(timeout=PATIENCE) == 0
    assert now(database, job).status == TaskResultStatus.SUCCESSFUL
    assert now(database, other).status == TaskResultStatus.READY


def test_a_job_that_kills_its_workers_is_given_up_after_three(database: Database, tmp_path: Path) -> None:
    file = diary(tmp_path)
    job = enqueue(database, jobs.deadly, str(file))
    for _ in range(3):
        assert database.start("manage.py", "worker").wait(timeout=PATIENCE) == -signal.SIGKILL
    database.start("manage.py", "worker")

    wait_for(lambda: now(database, job).status == TaskResultStatus.FAILED)

    assert len(file.read_text().splitlines()) == 3
    assert "WorkerDied" in now(database, job).exception_class_path


def test_two_workers_share_the_queue_without_running_anything_twice(database: Database, tmp_path: Path) -> None:
    file = diary(tmp_path)
    queued = [enqueue(database, jobs.patient, str(file), 0.01) for _ in range(40)]
    for _ in range(2):
        database.start("manage.py", "worker")

    done = DBTaskResult.objects.using(database.alias).successful()
    wait_for(lambda: done.count() == len(queued))

    assert file.read_text().count("begin") == len(queued)


@pytest.mark.parametrize(
    ("attempts", "status"), [(1, TaskResultStatus.READY), (2, TaskResultStatus.READY), (3, TaskResultStatus.FAILED)]
)
def test_a_job_that_raises_is_tried_three_times_with_patience(
    database: Database, attempts: int, status: TaskResultStatus
) -> None:
    job = enqueue(database, jobs.broken, "no paper in the tray")
    DBTaskResult.objects.using(database.alias).update(worker_ids=["earlier"] * (attempts - 1))
    worker = database.start("manage.py", "worker", "--drain")

    assert worker.wait(timeout=PATIENCE) != 0
    assert now(database, job).status == status
    if status == TaskResultStatus.READY:
        assert now(database, job).run_after > timezone.now() + timedelta(seconds=10)
    else:
        assert "no paper in the tray" in now(database, job).traceback
