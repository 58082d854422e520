"""Faults planted in the product: the harness is believed only while it finds each of them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import connections, transaction

from docs_templates import archive
from tests.faults.disk.injector import Injector
from workflows import subjects
from workflows.consequences import of_steps
from workflows.jobs.worker import Worker

REAL_OPENED, REAL_FOLLOW = subjects.opened, of_steps.follow


@contextlib.contextmanager
def no_key() -> Iterator[None]:
    """Look up no known key."""
    with mock.patch.object(subjects, "opened", lambda ref, key, *more: REAL_OPENED(ref, subjects.NO_KEY, *more)):
        yield


@contextlib.contextmanager
def late() -> Iterator[None]:
    """Let what follows from a step follow after its commit."""

    def follow(*words: Any) -> None:
        transaction.on_commit(lambda: REAL_FOLLOW(*words))

    with mock.patch.object(of_steps, "follow", follow):
        yield


@contextlib.contextmanager
def in_place() -> Iterator[None]:
    """Write a file of the archive under its own name at once."""

    def write(target: Path, data: bytes) -> None:
        archive.make_folders(target.parent)
        target.write_bytes(data)

    with mock.patch.object(archive, "_write", write):
        yield


@contextlib.contextmanager
def stranded() -> Iterator[None]:
    """Take over no job of a dead worker."""
    with mock.patch.object(Worker, "take_over", lambda self: 0):
        yield


@contextlib.contextmanager
def no_write_lock() -> Iterator[None]:
    """Begin a transaction on SQLite without its write lock."""
    with mock.patch.dict(connections.settings["default"]["OPTIONS"], transaction_mode="DEFERRED"):
        connections.close_all()
        yield


@contextlib.contextmanager
def no_folder_flush() -> Iterator[str]:
    """Flush no folder of the archive."""
    with mock.patch.object(archive, "flush_folder", lambda folder: None):
        yield "no_folder_flush"


@contextlib.contextmanager
def lying(injector: Injector) -> Iterator[str]:
    """Let a disk say that it has flushed, and flush nothing."""
    injector.lie(True)
    yield "lying"
    injector.lie(False)


@contextlib.contextmanager
def acknowledged_too_soon() -> Iterator[None]:
    """Let PostgreSQL acknowledge a commit before it is written down."""
    options = connections.settings["default"]["OPTIONS"]
    with mock.patch.dict(options, options=options["options"] + " -c synchronous_commit=off"):
        connections.close_all()
        yield
