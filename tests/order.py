"""The only place that orders tests over the workers: the long ones begin first, on each worker its share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Seconds of the clock that a test takes, about, where it waits for browsers, servers and processes or is long itself.
LONG: Mapping[str, int] = {
    "tests/browser": 35,
    "tests/committee/test_same_second.py": 8,
    "tests/faults/test_importing.py": 8,
    "tests/faults/test_worker.py": 5,
    "tests/ledger/test_known_at.py": 10,
    "tests/document_numbers/test_migrated.py": 60,
    "tests/stories/test_demo.py": 80,
    "tests/stories/test_every_kind.py": 35,
    "tests/stories/test_every_state.py": 12,
    "tests/case/test_no_dead_end.py": 12,
}
Modules = list[list[pytest.Item]]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the tests of a run by several workers; xdist deals the list out in even parts, one after the other."""
    workers = int(getattr(config, "workerinput", {}).get("workercount", 1))
    if workers > 1 and not config.getoption("--shuffle"):
        items[:] = dealt(items, workers)


def dealt(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """Return the tests, module by module, so that each even part of them begins with its share of the long ones."""
    modules: dict[Path, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    long = sorted((tests for tests in modules.values() if seconds(tests)), key=seconds, reverse=True)
    shares: list[Modules] = [[] for _ in range(workers)]
    for tests in long:
        min(shares, key=lambda share: sum(map(seconds, share))).append(tests)
    others = [item for tests in modules.values() if not seconds(tests) for item in tests]
    found: list[pytest.Item] = []
    for place, share in enumerate(shares):
        first = [item for tests in share for item in tests]
        size = (len(items) - len(found)) // (workers - place)
        room = max(0, size - len(first))
        found += [*first, *others[:room]]
        others = others[room:]
    return [*found, *others]


def seconds(tests: Sequence[pytest.Item]) -> int:
    """Return how long a module takes by the clock, about; nothing where it is not one of the long ones."""
    path = tests[0].path.relative_to(ROOT)
    return len(tests) * next((one for name, one in LONG.items() if path.is_relative_to(name)), 0)
