"""The print of a running folder: what its database says, column by column, and what its files hold."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

DATABASE = "db.sqlite3"
ARRIVING = ("incoming-", "arriving-")
JOBS = "django_tasks_database_dbtaskresult"
# How often a job was tried, and when, differs after a fault: what it is and how it ended does not.
OF_A_JOB = frozenset({"status", "task_path", "args_kwargs"})

Print = Mapping[str, object]


def of(running: Path) -> Print:
    """Return the print of the folder."""
    return dict(_columns(running / DATABASE)) | dict(_files(running))


def _columns(database: Path) -> Iterator[tuple[str, object]]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        for (table,) in connection.execute(named).fetchall():
            found = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
            names = [column[0] for column in found.description]
            rows = found.fetchall()
            yield table, len(rows)
            for place, name in enumerate(names):
                if table != JOBS or name in OF_A_JOB:
                    values = [row[place] for row in rows]
                    yield f"{table}.{name}", hash(tuple(sorted(map(str, values)) if table == JOBS else values))


def _files(running: Path) -> Iterator[tuple[str, object]]:
    for folder in ("archive/objects", "anchors"):
        for file in sorted(path for path in (running / folder).rglob("*") if path.is_file()):
            if not file.name.startswith(ARRIVING):
                yield f"file {file.relative_to(running)}", hashlib.sha256(file.read_bytes()).hexdigest()


def broken_files(running: Path) -> list[str]:
    """Return every row without its file, and every file in the archive that does not hold what its name says."""
    with contextlib.closing(sqlite3.connect(running / DATABASE)) as connection:
        rows = {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM docs_templates_storedobject")}
    found = {Path(name).name: held for name, held in _files(running) if "archive/objects" in name}
    return [f"row without a file: {name}" for name in rows - found.keys()] + [
        f"file is not whole: {name}" for name, held in found.items() if name != held
    ]


def left_behind(running: Path) -> int:
    """Return how many files were begun and never got their name: they harm nobody."""
    return sum(file.name.startswith(ARRIVING) for file in running.rglob("*"))


def differing(one: Print, other: Print, steady: frozenset[str]) -> list[str]:
    """Return what differs between two prints, of all that is steady."""
    return sorted(name for name in steady if one.get(name) != other.get(name))


def steady(first: Print, second: Print) -> frozenset[str]:
    """Return what two undisturbed runs agree on; what either made up anew, like an identity, says nothing."""
    return frozenset(name for name in first.keys() | second.keys() if first.get(name) == second.get(name))
