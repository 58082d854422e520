"""The only place that starts a PostgreSQL server of the tests' own, run by an unprivileged user, gone when they end.

`python -m tests.postgres COMMAND...` runs a command against an empty database of such a server.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg

ROLE = "dongyi"


class Server:
    """A running server that is reached through a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Return an autocommit connection."""
        return psycopg.connect(host=str(self.folder), user=ROLE, dbname=database, autocommit=True)

    def create_database(self, *, template: str = "template0") -> str:
        """Create a database, as a copy of another if named, and return its name."""
        name = f"dongyi_{uuid4().hex[:12]}"
        with self.connect() as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        return name

    def url(self, database: str) -> str:
        """Return what DONGYI_DATABASE_URL takes."""
        return f"postgresql:///{database}?host={self.folder}&user={ROLE}"

    def program(self, name: str, *arguments: object) -> None:
        """Run one of the server's client programs."""
        where = ["--host", str(self.folder), "--username", ROLE]
        subprocess.run([binaries() / name, *where, *map(str, arguments)], check=True)


def binaries() -> Path:
    """Return the folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise RuntimeError("PostgreSQL is not installed; `make install-test` installs it")
    return found[-1]


def unprivileged() -> dict:
    """Return how to start a process as somebody else: the server refuses to run as root."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("no unprivileged user to run PostgreSQL as")


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Start a durable server in a temporary folder and stop it at the end."""
    who = unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="dongyi-pg-"))
    if who:
        os.chown(folder, who["user"], who["group"])
    data = folder / "data"
    common = {"cwd": folder, "stdin": subprocess.DEVNULL, **who}
    try:
        subprocess.run(
            [
                binaries() / "initdb",
                "-D",
                data,
                "-U",
                ROLE,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **common,
        )
        with (folder / "log").open("w") as log:
            # Should the tests be killed, the kernel tells the server to shut down.
            command = ["setpriv", "--pdeathsig", "INT", binaries() / "postgres", "-D", data, "-k", folder]
            options = ["-c", "listen_addresses=", "-c", "max_connections=60", "-c", "shared_buffers=64MB"]
            process = subprocess.Popen([*command, *options], stdout=log, stderr=log, **common)
        try:
            server = Server(folder)
            wait_until_open(server, process)
            yield server
        finally:
            process.send_signal(2)
            process.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_open(server: Server, process: subprocess.Popen) -> None:
    """Return when the server takes connections; raise with its log when it does not within half a minute."""
    deadline = time.monotonic() + 30
    while True:
        try:
            server.connect().close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((server.folder / "log").read_text()) from None
            time.sleep(0.05)


if __name__ == "__main__":
    with running() as started:
        environment = {**os.environ, "DONGYI_DATABASE_URL": started.url(started.create_database())}
        sys.exit(subprocess.run(sys.argv[1:], env=environment).returncode)
