"""manage.py describe: write the documents the code can write, or check that they are current."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from project import describing


class Command(BaseCommand):
    """Write docs/lifecycle.md, access.md, lines.md, rules.md, papers.md and the vocabularies of the glossary."""

    requires_system_checks: list[str] = []
    help = "Write the generated documents; --check fails when one of them is not current."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare `--check`, which compares and writes nothing."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the documents; with `--check` raise CommandError when one is not current."""
        root = Path(settings.BASE_DIR)
        if options["check"]:
            if stale := describing.differing(root):
                raise CommandError(f"not current: {', '.join(stale)}; run manage.py describe")
            return
        for name, text in describing.documents(root).items():
            (root / name).write_text(text, encoding="utf-8")
