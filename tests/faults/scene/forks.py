"""A process that is forked to do one thing on the database, and may die of it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connections

KILLED = "killed"


class Child:
    """A forked process; ask it what it was told, once."""

    def __init__(self, do: Callable[[], Any]) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(reading)
            _be(do, writing)
        os.close(writing)
        self.reading = reading

    def told(self) -> Any:
        """Wait for its end; return what it did returned, {"error": …} when that raised, KILLED when it was killed."""
        said = b""
        while part := os.read(self.reading, 1 << 16):
            said += part
        os.close(self.reading)
        _, status = os.waitpid(self.pid, 0)
        if os.WIFSIGNALED(status):
            if os.WTERMSIG(status) != signal.SIGKILL:
                return {"error": f"died of signal {os.WTERMSIG(status)}"}
            return KILLED
        return json.loads(said)


def forked(do: Callable[[], Any]) -> Any:
    """Do it in a fork and return what `Child.told` does."""
    return Child(do).told()


def refused(told: Any) -> str:
    """Return the error that a child was told, if any."""
    return told["error"] if isinstance(told, dict) and "error" in told else ""


def _be(do: Callable[[], Any], writing: int) -> None:
    """Be the child: its parent holds no connection, so that it has none of another's."""
    try:
        told = do()
    except BaseException as error:
        told = {"error": f"{type(error).__name__}: {error}"[:600]}
    try:
        connections.close_all()
        os.write(writing, json.dumps(told).encode())
    finally:
        os._exit(0)
