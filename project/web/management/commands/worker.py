"""The command that runs the queued work of the office: papers, packages, notices."""

import itertools
import logging
import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from workflows.jobs.owners import new_owner
from workflows.jobs.worker import Worker, drain

PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds before a worker looks again for a database that was away
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run queued jobs; any number of workers may run, and each may be killed at any time."""

    # It needs a database that keeps its promises, and no pages.
    requires_system_checks = ["durability"]
    help = "Runs queued jobs. SIGTERM finishes the current one; a killed worker's job is taken over by another."

    stopping = False
    worker: Worker | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the one option."""
        parser.add_argument("--drain", action="store_true", help="run what is ready, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT, or until nothing is ready."""
        if options["drain"]:
            self.stdout.write(f"{drain()} jobs done")
            return
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        pauses = itertools.chain(PAUSES, itertools.repeat(PAUSES[-1]))
        while not self.stopping:
            try:
                self.work()
            except (OperationalError, InterfaceError, ConnectionError) as fault:
                logger.warning("The worker lost its database and begins anew: %s", fault)
                connection.close()
                self.pause(next(pauses))

    def work(self) -> None:
        """Work under a name of its own until told to stop; a job held when the database goes is taken over."""
        self.worker = Worker(owner=new_owner(connection))
        self.worker.stopping = self.stopping
        try:
            self.worker.run()
        finally:
            self.worker.owner.release()

    def stop(self) -> None:
        """Take no further job; the current one is finished."""
        self.stopping = True
        if self.worker is not None:
            self.worker.stop()

    def pause(self, seconds: float) -> None:
        """Wait, but not longer than it takes to be told to stop."""
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(0.2)
