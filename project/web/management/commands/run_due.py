"""The command that lets happen what falls due by itself, for offices whose timers run under cron or systemd."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from workflows.jobs import due, pulse


class Command(BaseCommand):
    """Let permits past their day lapse; exit 1 when one of them could not."""

    help = "Releases what is left of permits past their day. A running worker does the same by itself, once an hour."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether somebody has looked at the clock."""
        parser.add_argument("--clock-is-right", action="store_true", help="trust the clock from now on, after a jump")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run once and say what came of it."""
        now = timezone.now()
        if options["clock_is_right"]:
            pulse.trust(at=now)
        if held := pulse.beat(at=now):
            raise CommandError(held, returncode=1)
        outcome = due.run(at=now)
        self.stdout.write(f"到期释放用编核准单{outcome.lapsed}件。")
        if outcome.failed:
            raise CommandError(f"另有{outcome.failed}件未能释放，原因见日志。", returncode=1)
