"""The only place that knows whether the process which took a job is still alive."""

import fcntl
import os
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper


class Owner(Protocol):
    """A living worker's name, and the means to tell whether another name still lives."""

    name: str

    def has_died(self, name: str) -> bool:
        """Return whether the worker of that name is gone, however it ended."""

    def check(self) -> None:
        """Raise when this worker's own proof of life was lost: others may think it dead."""

    def release(self) -> None:
        """Give up the name; a worker that is killed does not get here, and need not."""


class FileOwner:
    """On SQLite everyone shares one machine: a file lock, which the kernel drops when its process ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.name = uuid4().hex
        self._folder = folder
        self._descriptor = os.open(self._file(self.name), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.lock"

    def has_died(self, name: str) -> bool:
        """Return whether nobody holds the lock of that name."""
        try:
            descriptor = os.open(self._file(name), os.O_RDWR)
        except FileNotFoundError:
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        else:
            self._file(name).unlink(missing_ok=True)
            return True
        finally:
            os.close(descriptor)

    def check(self) -> None:
        """Do nothing: the kernel keeps a file lock as long as this process lives."""

    def release(self) -> None:
        """Remove the file, then let go of it."""
        self._file(self.name).unlink(missing_ok=True)
        os.close(self._descriptor)


class SessionOwner:
    """On PostgreSQL workers stand on many machines: an advisory lock, which the server drops when its session ends.

    The session is the lock's own: the jobs' connection may be closed and opened again at any time. It must reach the
    server itself, not a pool that shares sessions.
    """

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.name = uuid4().hex
        self._session = connection.copy()
        if not self._locks("pg_try_advisory_lock", self.name):
            raise RuntimeError(f"worker name {self.name} is already taken")

    def _locks(self, function: str, name: str) -> bool:
        with self._session.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [int(name[:15], 16)])
            return bool(cursor.fetchone()[0])

    def has_died(self, name: str) -> bool:
        """Return whether no session holds the lock of that name."""
        if name == self.name or not self._locks("pg_try_advisory_lock", name):
            return False
        self._locks("pg_advisory_unlock", name)
        return True

    def check(self) -> None:
        """Raise when the server has ended the session, and with it the lock."""
        if not self._session.is_usable():
            raise ConnectionError("the worker's lock session was lost; start the worker again")

    def release(self) -> None:
        """End the session, and with it the lock."""
        self._session.close()


def new_owner(connection: BaseDatabaseWrapper) -> Owner:
    """Return a new living owner fit for the database that holds the jobs."""
    if connection.vendor == "postgresql":
        return SessionOwner(connection)
    return FileOwner(settings.VAR / "workers")
