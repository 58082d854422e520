"""The only place that remembers a statement with SQLite's marks: Django looks for the places of values at every use."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from unittest import mock

from django.db.backends.sqlite3 import base

_convert = base.SQLiteCursorWrapper.convert_query


@lru_cache(maxsize=4096)
def _marked(query: str) -> str:
    """Return the statement with a question mark at each place; it needs no cursor."""
    return _convert(None, query)


def marked(cursor: base.SQLiteCursorWrapper, query: str, *, param_names: Sequence[str] | None = None) -> str:
    """Do what `convert_query` does, once for a statement whose places have no names."""
    return _marked(query) if param_names is None else _convert(cursor, query, param_names=param_names)


@contextmanager
def once() -> Iterator[None]:
    """Let each statement be marked once."""
    with mock.patch.object(base.SQLiteCursorWrapper, "convert_query", marked):
        yield
