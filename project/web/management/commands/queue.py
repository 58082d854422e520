"""The command that shows what stands in the queue of the workers, and takes up again what was given up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from workflows.jobs import pulse, standing


class Command(BaseCommand):
    """Print what waits, runs and was given up; exit 1 when something was given up or no worker lives."""

    help = "Shows jobs that are not done. --again puts those that were given up back in the queue."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which jobs are to be taken up again."""
        parser.add_argument(
            "--again", metavar="JOB|all", help="put this job, or all that were given up, in the queue again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the queue, one job a line."""
        rows = standing.jobs()
        if options["again"]:
            wanted = [row.job for row in rows if row.failed] if options["again"] == "all" else [_key(options["again"])]
            self.stdout.write(f"已重新排队{standing.again(wanted)}件。")
            rows = standing.jobs()
        for row in rows:
            since = timezone.localtime(row.since)
            fault = f"　{row.fault}（{row.said}）" if row.fault else ""
            self.stdout.write(
                f"{row.state}　{row.what}　{row.subject or ''}　自{since:%Y-%m-%d %H:%M}　已试{row.tries}次　{row.job}{fault}"
            )
        complaint = pulse.complaint(at=timezone.now())
        if complaint or any(row.failed for row in rows):
            raise CommandError(complaint or f"有{standing.given_up()}件没有做成。", returncode=1)
        self.stdout.write(f"后台程序正常，未完成{len(rows)}件。")


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise CommandError("请写明任务的编号，或者 all。") from None
