"""What the injector wrote down: every write, name and flush in their order, and what was acknowledged between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WITH_BYTES = frozenset("WR")


class Call(NamedTuple):
    """One call: its letter in injector.c, the file's inode and path, and for a write where and what."""

    what: str
    inode: int
    path: str
    offset: int = 0
    data: bytes = b""

    @property
    def told(self) -> dict[str, int]:
        """What a mark says was acknowledged."""
        told: dict[str, int] = json.loads(self.path)
        return told


def calls(file: Path) -> Iterator[Call]:
    """Yield the calls of a record."""
    said, at = file.read_bytes(), 0
    while at < len(said):
        end = said.index(b"\n", at)
        what, offset, size, inode, path = said[at:end].decode().split(" ", 4)
        at = end + 1
        length = int(size) if what in WITH_BYTES else 0
        yield Call(what, int(inode), path, int(offset), said[at : at + length])
        at += length
