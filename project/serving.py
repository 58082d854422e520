"""How long a process that answers people waits for the database; workers and commands wait as long as env says."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from django.db import connections

from project import env

SECONDS = 3
# A page that still computes after this long is given up: its thread is wanted by others.
STATEMENT_SECONDS = 20
IDLE_SECONDS = 10


def hurry() -> None:
    """Let this process wait seconds only: whoever finds the database busy is told so, and can press again.

    For what connects from now on; called by the entries of the site before the first request.
    """
    settings = connections.settings["default"]
    options: MutableMapping[str, Any] = settings.setdefault("OPTIONS", {})
    if settings["ENGINE"].endswith("sqlite3"):
        options["timeout"] = SECONDS
    elif settings["ENGINE"].endswith("postgresql"):
        options["options"] = env.limits(lock=SECONDS, statement=STATEMENT_SECONDS, idle=IDLE_SECONDS)
