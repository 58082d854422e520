"""Django's migrate, followed by the triggers that a table rebuild would silently drop."""

from __future__ import annotations

import os
from typing import Any

from django.core.checks import Tags
from django.core.management.commands import migrate
from django.db import connections

from proposals.ledger import triggers


class Command(migrate.Command):
    """Bring the database up to date and install its triggers anew."""

    # The models only: missing triggers are what this command repairs.
    requires_system_checks = [Tags.models]

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        """Return what is checked before; Django's command would check the database as well."""
        return {"tags": self.requires_system_checks}

    def handle(self, *args: Any, **options: Any) -> None:
        """Put the triggers aside, migrate, then install them on the same database; who only looks leaves them alone."""
        looks = options.get("plan") or options.get("check_unapplied")
        os.umask(0o077)  # a database that is made here is its owner's own
        if not looks:
            triggers.put_aside(connections[options["database"]])
        super().handle(*args, **options)
        if not looks:
            triggers.install(connections[options["database"]])
