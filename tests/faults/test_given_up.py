"""Work after a step is never stuck unseen: it is shown and taken up again, and bad surroundings are outwaited."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.databases import Database
from tests.faults import jobs
from tests.faults.test_worker import enqueue, now, wait_for
from workflows.jobs import pulse, standing
from workflows.jobs.owners import new_owner
from workflows.jobs.worker import LONGEST_WAIT, Worker

pytestmark = pytest.mark.django_db
FAILED = TaskResultStatus.FAILED


def job(**columns: object) -> DBTaskResult:
    """A job of papers in the queue."""
    usual = {
        "args_kwargs": {"args": [str(uuid.uuid4()), 3], "kwargs": {}},
        "task_path": "workflows.jobs.papers.finish_papers", "backend_name": "default", "run_after": timezone.now(),
    }  # fmt: skip
    return DBTaskResult.objects.create(**usual | columns)


@pytest.fixture
def worker(db: None):
    """A living worker that runs nothing by itself."""
    one = Worker(owner=new_owner(connection))
    yield one
    one.owner.release()


@pytest.mark.parametrize(
    "fault", [OSError("No space left on device"), OperationalError("server closed"), MemoryError()]
)
def test_bad_surroundings_are_outwaited_with_growing_pauses(worker: Worker, fault: Exception, monkeypatch) -> None:
    one = job(worker_ids=["earlier"] * 2)
    waits = []
    for _ in range(12):
        DBTaskResult.objects.filter(pk=one.pk).update(run_after=timezone.now())
        claimed = worker.claim()
        worker._close(claimed, error=fault)
        one.refresh_from_db()
        assert one.status == TaskResultStatus.READY
        waits.append(round((one.run_after - timezone.now()).total_seconds()))
    assert waits[:4] == [120, 240, 480, 960] and waits[-1] == LONGEST_WAIT.total_seconds()


def test_a_fault_of_the_content_is_given_up_and_seen_first(worker: Worker) -> None:
    job()
    broken = job(worker_ids=["earlier"] * 2, run_after=timezone.now() - timedelta(hours=1))
    worker._close(worker.claim(), error=ValueError("字体里没有这个字"))
    first, second = standing.jobs()
    assert (first.job, first.failed, first.state, first.tries) == (broken.pk, True, "没有做成", 3)
    assert (first.fault, first.said) == ("字体里没有这个字", "ValueError: 字体里没有这个字") and second.state == "等待"


def test_what_was_given_up_is_taken_up_again_once(worker: Worker) -> None:
    broken = job(status=FAILED, worker_ids=["a", "b", "c"], traceback="ValueError: x", finished_at=timezone.now())
    waiting = job()
    assert standing.again([broken.pk, broken.pk, waiting.pk]) == 1
    broken.refresh_from_db()
    assert (broken.status, broken.worker_ids, broken.traceback) == (TaskResultStatus.READY, [], "")
    assert standing.given_up() == 0


def test_the_command_says_what_stands_and_takes_it_up_again() -> None:
    pulse.trust(at=timezone.now())
    broken, said = job(status=FAILED, worker_ids=["a"] * 3, traceback="ValueError: x"), io.StringIO()
    with pytest.raises(CommandError, match="有1件没有做成") as failure:
        call_command("queue", stdout=said)
    assert failure.value.returncode == 1 and str(broken.pk) in said.getvalue() and "已试3次" in said.getvalue()
    with pytest.raises(CommandError, match="任务的编号"):
        call_command("queue", "--again", "third", stdout=said)
    call_command("queue", "--again", "all", stdout=said)
    assert "已重新排队1件" in said.getvalue() and "后台程序正常" in said.getvalue()


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_worker_whose_database_went_comes_back(database: Database, tmp_path) -> None:
    file = tmp_path / "diary"
    file.touch()
    process = database.start("manage.py", "worker")
    first = enqueue(database, jobs.patient, str(file), 0.0)
    wait_for(lambda: now(database, first).status == TaskResultStatus.SUCCESSFUL)
    from django.db import connections

    with connections[database.alias].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database()"
        )
    second = enqueue(database, jobs.patient, str(file), 0.0)
    wait_for(lambda: now(database, second).status == TaskResultStatus.SUCCESSFUL)
    assert process.poll() is None
