"""The print of a running folder: what its database says, column by column, and what its files hold."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

DATABASE = "db.sqlite3"
OBJECTS = "docs_templates_storedobject"
ARRIVING = ("incoming-", "arriving-")
JOBS = "django_tasks_database_dbtaskresult"
# How often a job was tried, and when, differs after a fault: what it is and how it ended does not.
TRIES = frozenset({"proposals_examination.tries"})
OF_A_JOB = frozenset({"status", "task_path", "args_kwargs"})

Print = Mapping[str, object]


class Table(NamedTuple):
    """A table with the names of its columns and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    ordered: bool = True


def in_file(database: Path) -> Iterator[Table]:
    """Yield the tables of an SQLite file."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        for (name,) in connection.execute(named).fetchall():
            found = connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid')
            yield Table(name, tuple(column[0] for column in found.description), found.fetchall())


def on_server(connection: psycopg.Connection) -> Iterator[Table]:
    """Yield the tables of a PostgreSQL database, without the keys that its counters made up: they leave gaps."""
    for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
        said = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND data_type <> 'bigint'"
        columns = [column for (column,) in connection.execute(said, [name]) if column != "object_pk"]
        listed = ", ".join(f'"{column}"' for column in columns)
        yield Table(
            name, tuple(columns), connection.execute(f'SELECT {listed} FROM "{name}"').fetchall(), ordered=False
        )


def of(tables: Iterable[Table], running: Path) -> Print:
    """Return the print of a database and the files beside it."""
    return dict(_columns(tables)) | dict(_files(running))


def _columns(tables: Iterable[Table]) -> Iterator[tuple[str, object]]:
    for table in tables:
        yield table.name, len(table.rows)
        for place, name in enumerate(table.columns):
            if f"{table.name}.{name}" not in TRIES and (table.name != JOBS or name in OF_A_JOB):
                values = [str(row[place]) for row in table.rows]
                ordered = table.ordered and table.name != JOBS
                yield f"{table.name}.{name}", hash(tuple(values if ordered else sorted(values)))


def _files(running: Path) -> Iterator[tuple[str, object]]:
    for folder in ("archive/objects", "anchors"):
        for file in sorted(path for path in (running / folder).rglob("*") if path.is_file()):
            if not file.name.startswith(ARRIVING):
                yield f"file {file.relative_to(running)}", hashlib.sha256(file.read_bytes()).hexdigest()


def broken_files(tables: Iterable[Table], running: Path) -> list[str]:
    """Return every row without its file, and every file in the archive that does not hold what its name says."""
    (objects,) = (table for table in tables if table.name == OBJECTS)
    rows = {row[objects.columns.index("sha256")] for row in objects.rows}
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
