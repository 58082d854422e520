"""Django's migrate, followed by the triggers that a table rebuild would silently drop."""

from __future__ import annotations

from typing import Any

from django.core.checks import Tags
from django.core.management.commands import migrate
from django.db import connections

from proposals import triggers


class Command(migrate.Command):
    """Bring the database up to date and install its triggers anew."""

    # The models only: missing triggers are what this command repairs.
    requires_system_checks = [Tags.models]

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        """Return what is checked before; Django's command would check the database as well."""
        return {"tags": self.requires_system_checks}

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then install the triggers on the same database."""
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            triggers.install(connections[options["database"]])
