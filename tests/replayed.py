"""The only place that builds a town once a process: its writes are taken down, and done again where nothing was yet."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from django.db import connection

from proposals.models import Head
from tests import depth

Writes = list[tuple[str, Any, bool]]
WRITING = ("INSERT", "UPDATE", "DELETE")
_taken: dict[Hashable, Writes] = {}


def once(name: Hashable, build: Callable[[], Any]) -> bool:
    """Build, or write again what building wrote the first time; say whether it was built.

    Rows name each other by keys that the database counts up: they are written again only where it counts from where
    it counted the first time. Deep runs, and every database but the one in memory, build each time.
    """
    if connection.vendor != "sqlite" or not connection.is_in_memory_db() or depth.DEEP:
        build()
        return True
    known = (name, _counted())
    if known in _taken:
        with connection.cursor() as cursor:
            for sql, params, many in _taken[known]:
                (cursor.executemany if many else cursor.execute)(sql, params)
        return False
    writes: Writes = []
    with connection.execute_wrapper(lambda *call: _take_down(writes, *call)):
        build()
    _taken[known] = [*writes, *_words()]
    return True


def _words() -> Writes:
    """Return what gives the law written again the words that it had: the same rows, so what is remembered holds."""
    words = list(Head.objects.values_list("scope", "word"))
    return [
        ("DELETE FROM proposals_head", (), False),
        ("INSERT INTO proposals_head (scope, word) VALUES (%s, %s)", words, True),
    ]


def _counted() -> tuple[tuple[str, int], ...]:
    with connection.cursor() as cursor:
        return tuple(cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall())


def _take_down(writes: Writes, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith(WRITING):
        params = list(params) if many else params
        writes.append((sql, params, many))
    return execute(sql, params, many, context)
