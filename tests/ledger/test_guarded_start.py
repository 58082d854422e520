"""The system does not start on a database that would not keep its promises; migrate puts it right."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.databases import Database, sqlite_copy


@pytest.fixture
def copy(sqlite_template: Path, tmp_path: Path) -> Database:
    """A migrated SQLite file, used by processes only."""
    return sqlite_copy(sqlite_template, tmp_path)


def sql(database: Database, statement: str) -> None:
    with contextlib.closing(sqlite3.connect(database.folder / "apart.sqlite3")) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_lost_trigger_stops_every_command_until_migrate(copy: Database) -> None:
    sql(copy, "DROP TRIGGER proposals_movement_no_update")
    with pytest.raises(RuntimeError, match="proposals_movement_no_update"):
        copy.manage("check")
    copy.manage("migrate", "--verbosity=0")
    copy.manage("check")


def test_a_weakened_trigger_is_noticed_too(copy: Database) -> None:
    sql(copy, "DROP TRIGGER proposals_movement_allowed")
    sql(copy, "CREATE TRIGGER proposals_movement_allowed BEFORE INSERT ON proposals_movement BEGIN SELECT 1; END")
    with pytest.raises(RuntimeError, match="proposals_movement_allowed"):
        copy.manage("check")


@pytest.mark.parametrize(
    ("durable", "weak", "named"),
    [
        ("synchronous=EXTRA", "synchronous=NORMAL", "synchronous=1"),
        ("journal_mode=TRUNCATE", "journal_mode=OFF", "journal_mode=off"),
        ("recursive_triggers=ON", "recursive_triggers=OFF", "recursive_triggers=0"),
    ],
)
def test_a_mode_that_may_lose_what_was_acknowledged_is_refused(
    copy: Database, durable: str, weak: str, named: str
) -> None:
    code = (
        "import sys; from project import env; "
        f"env.SQLITE_DURABLE = env.SQLITE_DURABLE.replace({durable!r}, {weak!r}); "
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'project.settings'; "
        "from django.core.management import execute_from_command_line as run; run(['manage.py', 'check'])"
    )
    with pytest.raises(RuntimeError, match=named):
        copy.run("-c", code)
