"""What was measured of the tests, kept from run to run for as long as neither they nor the modules have changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source import ROOT
from tests.mutants.nearest import Room


@dataclass(frozen=True)
class Reach:
    """What was measured of a test: its seconds, and the lines of the mutated modules that it ran."""

    passed: bool
    seconds: float
    lines: Mapping[str, frozenset[int]]


def _digest(paths: Iterable[str]) -> str:
    return hashlib.sha256(b"".join((ROOT / path).read_bytes() for path in paths)).hexdigest()


def kept(folder: Path, room: Room) -> dict[str, Reach]:
    """Return what is known of the room's tests and still holds."""
    file = folder / f"{room.name}.json"
    told = json.loads(file.read_text()) if file.exists() else {}
    if told.get("modules") != _digest(room.modules):
        return {}
    same = {test for test in room.tests if told["files"].get(test) == _digest([test])}
    return {
        name: Reach(passed, seconds, {path: frozenset(found) for path, found in lines.items()})
        for name, (passed, seconds, lines) in told["tests"].items() if name.split("::")[0] in same
    }  # fmt: skip


def keep(folder: Path, room: Room, reached: Mapping[str, Reach]) -> None:
    """Keep what was measured; a test that failed is measured anew the next time."""
    told = {
        "modules": _digest(room.modules),
        "files": {test: _digest([test]) for test in room.tests},
        "tests": {
            name: (one.passed, one.seconds, {path: sorted(found) for path, found in one.lines.items()})
            for name, one in reached.items() if one.passed
        },
    }  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{room.name}.json").write_text(json.dumps(told))
