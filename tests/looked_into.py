"""The only place that remembers what the child process saw in a file: the same bytes are looked into once a process."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from docs_templates.received import uploads


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


@contextmanager
def once() -> Iterator[None]:
    """Let the same bytes be looked into once."""
    with mock.patch.object(uploads, "_looked", MEMORY.looked):
        yield
