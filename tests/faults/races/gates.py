"""A process that stops before each of its statements and commits until it is let on, and who lets on which when."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from tests.faults.scene.forks import Child

PATIENCE = 0.08  # seconds after which who was let on is taken to wait for a lock
LONGEST = 60.0
TO_THE_END = 1 << 20


class Gated:
    """A forked process that is let on from statement to statement."""

    def __init__(self, do: Callable[[], Any]) -> None:
        self.asks, asking = os.pipe()
        going, self.goes = os.pipe()
        self.at_gate = self.ended = False
        self.passed = 0
        self.child = Child(lambda: _stopping(do, asking, going))
        os.close(asking)
        os.close(going)

    def arrives(self, patience: float) -> bool:
        """Say whether it stands at a gate, or has ended, within the time."""
        if not self.at_gate and not self.ended and select.select([self.asks], [], [], patience)[0]:
            self.at_gate = bool(os.read(self.asks, 1))
            self.ended = not self.at_gate
        return self.at_gate or self.ended

    def go(self) -> None:
        """Let it on to its next gate."""
        self.at_gate = False
        self.passed += 1
        os.write(self.goes, b".")

    def told(self) -> Any:
        """Return what came of it, when it has ended."""
        os.close(self.asks)
        os.close(self.goes)
        return self.child.told()


def _stopping(do: Callable[[], Any], asking: int, going: int) -> Any:
    """Be the child."""
    connection.ensure_connection()

    def gate() -> None:
        os.write(asking, b".")
        os.read(going, 1)

    def statement(execute: Any, *call: Any) -> Any:
        gate()
        return execute(*call)

    commit = connection._commit

    def committed() -> Any:
        gate()
        return commit()

    connection._commit = committed
    with connection.execute_wrapper(statement):
        try:
            return attempted(do)
        finally:
            os.close(asking)


def attempted(do: Callable[[], Any]) -> str:
    """Do it and return whether it was done or refused; every other error is raised."""
    try:
        do()
    except Exception as error:
        if type(error).__name__.endswith("Refused"):
            return "refused"
        raise
    return "done"


def let(pair: Sequence[Gated], turns: Sequence[tuple[int, int]]) -> list[Any]:
    """Let one of the two pass so many gates, then one so many, and in the end both; return what came of each.

    Who waits for a lock that the other holds cannot go on, and the other's turn begins.
    """
    for which, gates in turns:
        for _ in range(gates):
            if not pair[which].arrives(PATIENCE) or pair[which].ended:
                break
            pair[which].go()
    deadline = time.monotonic() + LONGEST
    while not all(one.ended for one in pair):
        if time.monotonic() > deadline:
            return [{"error": "waits for ever"}] * 2
        for one in pair:
            if one.arrives(PATIENCE) and not one.ended:
                one.go()
    return [one.told() for one in pair]
