"""The only place that runs what was enqueued: every job at least once, also when a worker is killed in the middle."""

import logging
import time
from datetime import timedelta
from traceback import format_exception

from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from workflows.jobs import due, examining, pulse
from workflows.jobs.owners import Owner, new_owner

ATTEMPTS = 3
RETRY_AFTER, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
SURROUNDINGS = (OSError, OperationalError, InterfaceError, MemoryError)
POLL_SECONDS = 1.0
DUE_SECONDS = 3600.0

logger = logging.getLogger(__name__)


class JobFailed(Exception):
    """A job raised an error while somebody waited for it."""


class WorkerDied(Exception):
    """A job's workers were killed in the middle of it as often as is tolerated."""


class Worker:
    """Take one job after another, and take over those whose worker has died.

    An error of the database itself is not survived but ends the worker: its name dies with it, so that whoever
    starts next takes over the job it held.
    """

    def __init__(self, *, owner: Owner) -> None:
        self.owner = owner
        self.stopping = False
        self.look_again = self.beat_again = 0.0
        self.held = ""

    def stop(self) -> None:
        """Take no further job; the current one is finished."""
        self.stopping = True

    def run(self) -> None:
        """Work until told to stop."""
        while not self.stopping:
            close_old_connections()
            self.owner.check()
            self.take_over()
            self.run_due()
            while not self.stopping and (job := self.claim()):
                self.finish(job)
                self.owner.check()
            if not self.stopping:
                time.sleep(POLL_SECONDS)

    def run_due(self) -> None:
        """Say every minute that a worker lives; let happen what falls due by itself at the start and once an hour.

        Nothing does while the clock is not trusted.
        """
        if time.monotonic() >= self.beat_again:
            self.beat_again = time.monotonic() + pulse.BEAT.total_seconds()
            self.held = pulse.beat(at=timezone.now())
        if not self.held and time.monotonic() >= self.look_again:
            self.look_again = time.monotonic() + DUE_SECONDS
            due.run(at=timezone.now())
            examining.tidy(at=timezone.now())

    def claim(self) -> DBTaskResult | None:
        """Take the next ready job, if there is one."""
        # Look before locking: an idle worker must not take SQLite's only write lock every second.
        if not DBTaskResult.objects.ready().exists():
            return None
        with transaction.atomic():
            job = DBTaskResult.objects.ready().get_locked()
            if job is not None:
                job.claim(self.owner.name)
        return job

    def finish(self, job: DBTaskResult) -> Exception | None:
        """Run a claimed job and record how it ended; return the error it raised, if any."""
        try:
            value = job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        except Exception as error:
            logger.exception("Job %s (%s) failed at attempt %s", job.id, job.task_path, len(job.worker_ids))
            self._close(job, error=error)
            return error
        self._close(job, value=value)
        return None

    def take_over(self) -> int:
        """Put back in the queue every running job whose worker has died; return how many."""
        dead = [job.pk for job in DBTaskResult.objects.running() if self.owner.has_died(job.worker_ids[-1])]
        taken = 0
        for pk in dead:
            with transaction.atomic():
                job = DBTaskResult.objects.select_for_update().running().filter(pk=pk).first()
                if job is not None and self.owner.has_died(job.worker_ids[-1]):
                    logger.warning("Job %s (%s) is taken over from a dead worker", job.id, job.task_path)
                    self._put_back(job, WorkerDied(f"{len(job.worker_ids)} workers died while running it"), wait=False)
                    taken += 1
        return taken

    def _close(self, job: DBTaskResult, *, value: object = None, error: Exception | None = None) -> None:
        """Record how the job ended, unless others took it over meanwhile because this worker seemed dead."""
        with transaction.atomic():
            mine = DBTaskResult.objects.select_for_update().running().filter(pk=job.pk).first()
            if mine is None or mine.worker_ids != job.worker_ids:
                logger.warning("Job %s (%s) was taken over; its end is not recorded", job.id, job.task_path)
            elif error is None:
                mine.set_successful(value)
            else:
                self._put_back(mine, error, wait=True)

    def _put_back(self, job: DBTaskResult, error: Exception, *, wait: bool) -> None:
        """Queue the job again, with patience after an error of its own; after the last attempt it has failed.

        What the surroundings refused (a full disk, a database that was away) may work later: it is never given up.
        """
        if len(job.worker_ids) >= ATTEMPTS and not isinstance(error, SURROUNDINGS):
            job.set_failed(error)
            return
        tried = len(job.worker_ids)
        job.status = TaskResultStatus.READY
        job.run_after = timezone.now() + (
            min(RETRY_AFTER * 2 ** min(tried - 1, 7), LONGEST_WAIT) if wait else timedelta()
        )
        job.traceback = "".join(format_exception(error))
        job.save(update_fields=["status", "run_after", "traceback"])


def drain() -> int:
    """Run every ready job here and now; return how many.

    Raises JobFailed at the first error, for a caller who waits for the papers.
    """
    worker = Worker(owner=new_owner(connection))
    done = 0
    try:
        while job := worker.claim():
            if error := worker.finish(job):
                raise JobFailed(f"{job.task_path}: {error}") from error
            done += 1
    finally:
        worker.owner.release()
    return done
