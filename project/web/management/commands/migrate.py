"""Django's migrate, followed by the triggers that a table rebuild would silently drop."""

from __future__ import annotations

from typing import Any

from django.core.checks import Tags
from django.core.management.commands import migrate
from django.db import connections

from proposals import triggers


class Command(migrate.Command):
    """Bring the database up to date and install its triggers anew."""

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[str, Any]:
        """Check the models only: missing triggers are what this command repairs."""
        return {"tags": [Tags.models]}

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then install the triggers on the same database."""
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            triggers.install(connections[options["database"]])
