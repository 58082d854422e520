"""One peer in its own environment: `python -m peers.worker NAME`; a line "N" carries N proposals, answered in JSON."""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

from peers import road


def main(name: str) -> None:
    """Make the tables, carry one proposal to be warm, then answer line by line until the input ends."""
    settings.configure(**configured(name))
    django.setup()
    for apart in (False, True):  # tables without migrations point at those with them
        call_command("migrate", verbosity=0, run_syncdb=apart, skip_checks=True)
    users: Any = importlib.import_module("django.contrib.auth.models").User.objects
    people = {who: users.get_or_create(username=who)[0] for who in road.PEOPLE}
    work = importlib.import_module(f"peers.{name}.work")
    work.prepare(people)
    work.propose()
    print("ready", flush=True)
    for line in sys.stdin:
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(int(line)):
            work.propose()
        spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
        print(json.dumps({**spent, "steps": int(line) * road.LENGTH, "statements": statements(work)}), flush=True)


def configured(name: str) -> dict[str, Any]:
    """Return settings for the database that the environment names, durable as the product's own."""
    sqlite = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("BENCH_SQLITE"),
        "OPTIONS": {
            "timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": os.environ.get("BENCH_SQLITE_DURABLE"),
        },
    }  # fmt: skip
    postgresql = {
        "ENGINE": "django.db.backends.postgresql", "NAME": os.environ.get("BENCH_DATABASE"), "USER": "dongyi",
        "HOST": os.environ.get("BENCH_HOST"), "CONN_MAX_AGE": None,
    }  # fmt: skip
    flows = ["viewflow", "viewflow.workflow"] if name in ("combined", "stock") else []
    return {
        "SECRET_KEY": "bench", "USE_TZ": True, "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": ["django.contrib.auth", "django.contrib.contenttypes", *flows, f"peers.{name}"],
        "DATABASES": {"default": postgresql if os.environ.get("BENCH_DATABASE") else sqlite},
    }  # fmt: skip


def statements(work: Any) -> int:
    """Count the statements of one proposal, transaction marks left out."""
    found: list[str] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(sql)
        return execute(sql, params, many, context)

    with importlib.import_module("django.db").connection.execute_wrapper(keep):
        work.propose()
    return sum(sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) for sql in found)


if __name__ == "__main__":
    main(sys.argv[1])
