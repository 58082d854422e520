"""The only place that gives a test a real database of its own, for tests whose actors are processes."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from project import env
from tests import depth, warm
from tests.postgres import Server
from tests.warm import Warm

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "test-templates"
DAY = 24 * 3600
SQLITE = "apart.sqlite3"
SHAPING = (ROOT / ".ci/requirements-dev.lock", ROOT / "project/web/management/commands/migrate.py")
SHAPING_PATTERNS = ("*/migrations/*.py", "proposals/ledger/*triggers.py", "proposals/ledger/sql/*")


@dataclass(frozen=True)
class Database:
    """A migrated database, the environment in which a process uses it, and its alias in this process."""

    vendor: str
    environment: Mapping[str, str]
    folder: Path
    alias: str = "apart"
    started: list[subprocess.Popen | Warm] = field(default_factory=list)

    def start(self, *command: Any) -> subprocess.Popen | Warm:
        """Start `python COMMAND...` on this database; it is killed at the end of the test if it still runs."""
        words = tuple(map(str, command))
        environment = {**os.environ, "DONGYI_FONTS": str(settings.FONTS_ROOT), **self.environment}
        file = self.log(len(self.started))
        with file.open("w") as log:
            process: subprocess.Popen | Warm
            if warm.suits(words) and not depth.DEEP:
                process = Warm(words, environment=environment, log=file)
            else:
                command_line = [sys.executable, *words]
                process = subprocess.Popen(
                    command_line, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log,
                    stderr=subprocess.STDOUT,
                )  # fmt: skip
        self.started.append(process)
        return process

    def log(self, number: int) -> Path:
        """Return the file that takes what the process started as number N prints."""
        return self.folder / f"process-{number}.log"

    def run(self, *command: Any, timeout: float = 300) -> str:
        """Run `python COMMAND...` to its end and return what it printed; raise when it fails."""
        process = self.start(*command)
        code = process.wait(timeout=timeout)
        printed = self.log(self.started.index(process)).read_text()
        if code != 0:
            raise RuntimeError(f"{command} ended with {code}:\n{printed}")
        return printed

    def manage(self, *command: Any) -> str:
        """Run a management command to its end and return what it printed."""
        return self.run("manage.py", *command)


def migrated(vendor: str, folder: Path, environment: Mapping[str, str]) -> Database:
    """Migrate a database through our own command, in a process of its own."""
    database = Database(vendor, {**environment, "DONGYI_VAR": str(folder)}, folder)
    database.manage("migrate", "--verbosity=0")
    return database


def kept(suffix: str, make: Callable[[Path], None], folder: Path) -> Path:
    """Return a file made by `make`, kept until something that shapes the tables changes: migrating takes long.

    Of the processes that miss it one makes it, the others wait.
    """
    file = KEPT / f"{shape()[:16]}.{suffix}"
    if file.exists():
        return file
    with alone(file):
        if not file.exists():
            for old in KEPT.iterdir():
                if old.stat().st_mtime < time.time() - DAY:
                    old.unlink(missing_ok=True)
            made = folder / file.name
            make(made)
            arriving = KEPT / f"arriving-{os.getpid()}"
            shutil.copyfile(made, arriving)
            arriving.replace(file)
    return file


def shape() -> str:
    """Return a digest of all that shapes the tables."""
    shaping = [*SHAPING, *(path for pattern in SHAPING_PATTERNS for path in sorted(ROOT.glob(pattern)))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in shaping)).hexdigest()


@contextlib.contextmanager
def alone(file: Path) -> Iterator[None]:
    """Keep out every other process that would make the file; the kernel lets them in when this one dies."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = file.with_suffix(".lock" + file.suffix)
    lock.touch()  # a lock in use is not an old file
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def sqlite_template(folder: Path) -> Path:
    """Return a migrated SQLite file."""
    return kept("sqlite3", migrate_sqlite, folder)


def migrate_sqlite(file: Path) -> None:
    """Make a migrated SQLite file."""
    migrated("sqlite", file.parent, {"DONGYI_DATABASE_URL": "", "DONGYI_SQLITE": str(file)})


def postgres_template(server: Server, folder: Path) -> str:
    """Return the name of a migrated database on the server."""

    def migrate_and_dump(file: Path) -> None:
        name = server.create_database()
        migrated("postgresql", folder, {"DONGYI_DATABASE_URL": server.url(name)})
        server.program("pg_dump", "--file", file, name)

    dump = kept("sql", migrate_and_dump, folder)
    name = server.create_database()
    server.program("psql", "--quiet", "--no-psqlrc", "--output", os.devnull, "--file", dump, name)
    return name


def load_into_memory(template: Path, connection: BaseDatabaseWrapper) -> None:
    """Let this process's connection work on a copy of the template in memory."""
    connection.close()
    connection.settings_dict["NAME"] = "file:tests?mode=memory&cache=shared"
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(template)) as source:
        source.backup(connection.connection)


@contextlib.contextmanager
def opened(database: Database) -> Iterator[Database]:
    """Make the database known in this process under its alias; kill and disconnect whatever is left at the end."""
    with mock.patch.dict(os.environ, database.environment):
        own = env.database(database.folder)
    configured = connections.configure_settings({"default": connections.settings["default"], database.alias: own})
    connections.settings[database.alias] = configured[database.alias]
    try:
        yield database
    finally:
        for number, process in enumerate(database.started):
            process.kill()
            process.wait()
            print(f"--- {process.args}\n{database.log(number).read_text()}")  # shown when the test has failed
        connections[database.alias].close()
        del connections[database.alias]
        del connections.settings[database.alias]


def sqlite_copy(template: Path, folder: Path) -> Database:
    """Copy a migrated SQLite file; nobody may have it open."""
    shutil.copyfile(template, folder / SQLITE)
    return sqlite_in(folder)


def sqlite_folder_copy(ground: Path, folder: Path) -> Database:
    """Copy a folder with a SQLite database, the archive and the secret key with it; nobody may have it open."""
    shutil.copytree(ground, folder, ignore=shutil.ignore_patterns("process-*.log"))
    return sqlite_in(folder)


def sqlite_in(folder: Path) -> Database:
    """Return the database of a folder."""
    file = str(folder / SQLITE)
    return Database("sqlite", {"DONGYI_DATABASE_URL": "", "DONGYI_SQLITE": file, "DONGYI_VAR": str(folder)}, folder)


def postgres_copy(server: Server, template: str, folder: Path) -> Database:
    """Copy a migrated PostgreSQL database; nobody may be connected to it."""
    url = server.url(server.create_database(template=template))
    return Database("postgresql", {"DONGYI_DATABASE_URL": url, "DONGYI_VAR": str(folder)}, folder)
