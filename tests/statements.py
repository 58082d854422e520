"""The only place that counts the statements of a step, each with the line of the product that sent it.

Counted is all that is sent in the block: the lock, what is read, what is written, the entry and what is carried along;
not counted are BEGIN, COMMIT and savepoints.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

FRAME = re.compile(r"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE")
ROOT = Path(__file__).parents[1]
OURS = tuple(f"{ROOT / package}/" for package in ("proposals", "workflows", "docs_templates", "project"))


class Counted(list[str]):
    """The statements of a step; `callers` names for each the lines of the product that led to it, nearest first."""

    def __init__(self) -> None:
        super().__init__()
        self.callers: list[str] = []

    def ledger(self, width: int = 150) -> str:
        """Return every statement on a line of its own, with its callers below."""
        pairs = zip(self, self.callers, strict=True)
        return "\n".join(f"{n:3} {sql[:width]}\n      {callers}" for n, (sql, callers) in enumerate(pairs, 1))


@contextmanager
def counted() -> Iterator[Counted]:
    """Collect what is sent to the database."""
    found = Counted()

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not FRAME.match(sql):
            found.append(sql)
            found.callers.append(_callers())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found


def _callers(deep: int = 3) -> str:
    frame, named = sys._getframe(2), []
    while frame and len(named) < deep:
        if frame.f_code.co_filename.startswith(OURS):
            place = Path(frame.f_code.co_filename).relative_to(ROOT)
            named.append(f"{place}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(named)
