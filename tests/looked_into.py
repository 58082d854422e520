"""How files are looked into in tests: at once, by the worker's own job, and the same bytes once a process."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from docs_templates.received import uploads
from workflows.jobs import examining


class Memory:
    """What was seen, by the digest of the file; a refusal is not kept."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str, str], str] = {}
        self.look = uploads._looked

    def looked(self, *, data: bytes, kind: str, work: str) -> dict[str, Any]:
        """Look into the file, or tell what was seen in the same bytes."""
        key = hashlib.sha256(data).hexdigest(), kind, work
        if key not in self.seen:
            self.seen[key] = json.dumps(self.look(data=data, kind=kind, work=work))
        return json.loads(self.seen[key])


MEMORY = Memory()


QUEUE = examining.queue


@contextmanager
def later() -> Iterator[None]:
    """Let a file wait for a worker, as it does on a site."""
    with mock.patch.object(examining, "queue", QUEUE):
        yield


@contextmanager
def at_once() -> Iterator[None]:
    """Let a file be examined when it comes in, by the job that a worker would take a moment later."""
    with mock.patch.object(examining, "queue", examining.examine.call):
        yield


@contextmanager
def once() -> Iterator[None]:
    """Let the same bytes be looked into once."""
    with mock.patch.object(uploads, "_looked", MEMORY.looked):
        yield
