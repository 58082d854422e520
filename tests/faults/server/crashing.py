"""A PostgreSQL server that is stopped hard while people act, and whose sessions are cut off under them."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from tests import postgres
from tests.postgres import Server

LONGEST = 60.0


class Crashing:
    """The harness's own server, known by the file in which it wrote down its process."""

    def __init__(self, server: Server, chance: random.Random) -> None:
        self.server, self.chance = server, chance
        self.process: subprocess.Popen[bytes] | None = None

    def cut_off(self) -> int:
        """End a session of somebody; return how many were ended."""
        one = (
            "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity"
            " WHERE datname = 'running' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1) AS chosen"
        )
        with contextlib.suppress(psycopg.OperationalError), self.server.connect() as connection:
            return len(connection.execute(one).fetchall())
        return 0

    def crash(self) -> None:
        """Stop the server without letting it finish anything, then start it again."""
        pid = int(self.written_down.read_text().splitlines()[0])
        mine = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        os.kill(pid, self.chance.choice((signal.SIGQUIT, signal.SIGKILL)))
        self.end()
        deadline = time.monotonic() + LONGEST
        while any(lives(one) for one in (pid, *mine)):
            if time.monotonic() > deadline:
                raise RuntimeError("the server did not end")
            time.sleep(0.05)
        # Whoever started it first may not have buried it yet: then a new one takes the dead for the living.
        for left in (self.written_down, self.server.folder / ".s.PGSQL.5432.lock"):
            left.unlink(missing_ok=True)
        self.process = self.started()
        postgres.wait_until_open(self.server, self.process)

    @property
    def written_down(self) -> Path:
        """The file in which the server wrote down its process."""
        return self.server.folder / "data/postmaster.pid"

    def started(self) -> subprocess.Popen[bytes]:
        """Start the server on what the last one left."""
        folder: Path = self.server.folder
        command = [
            "setpriv",
            "--pdeathsig",
            "INT",
            postgres.binaries() / "postgres",
            "-D",
            folder / "data",
            "-k",
            folder,
        ]
        with (folder / "log").open("a") as log:
            return subprocess.Popen(
                [*command, "-c", "listen_addresses="], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder,
                **postgres.unprivileged(),
            )  # fmt: skip

    def end(self) -> None:
        """End what this started."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=LONGEST)


def lives(pid: int) -> bool:
    """Say whether a process runs: one that is dead and not buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False
