"""manage.py describe: write the documents the code can write, or check that they are current."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from project import describing


class Command(BaseCommand):
    """Write docs/lifecycle.md, access.md, rules.md and papers.md."""

    help = "Write the generated documents; --check fails when one of them is not current."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add --check."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        folder = Path(settings.BASE_DIR) / "docs"
        if options["check"]:
            if stale := describing.differing(folder):
                raise CommandError(f"not current: {', '.join(stale)}; run manage.py describe")
            return
        folder.mkdir(exist_ok=True)
        for name, text in describing.documents().items():
            (folder / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/{name}")
