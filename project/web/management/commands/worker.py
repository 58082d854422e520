"""The command that runs the queued work of the office: papers, packages, notices."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from workflows.jobs.owners import new_owner
from workflows.jobs.worker import Worker, drain


class Command(BaseCommand):
    """Run queued jobs; any number of workers may run, and each may be killed at any time."""

    # It needs a database that keeps its promises, and no pages.
    requires_system_checks = ["durability"]
    help = "Runs queued jobs. SIGTERM finishes the current one; a killed worker's job is taken over by another."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the one option."""
        parser.add_argument("--drain", action="store_true", help="run what is ready, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT, or until nothing is ready."""
        if options["drain"]:
            self.stdout.write(f"{drain()} jobs done")
            return
        worker = Worker(owner=new_owner(connection))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
        worker.owner.release()
