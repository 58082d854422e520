"""Tests are dealt out whole, the long ones first, on each worker its share."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.order import LONG, ROOT, dealt


def items(*modules: tuple[str, int]) -> list[Any]:
    return [SimpleNamespace(path=ROOT / name, name=f"{name}{n}") for name, tests in modules for n in range(tests)]


@pytest.mark.parametrize("workers", [2, 3, 4])
def test_each_part_begins_with_long_tests_and_none_is_lost(workers: int) -> None:
    given = items(("tests/a.py", 40), ("tests/browser/a.py", 3), ("tests/b.py", 30), ("tests/browser/b.py", 2))
    given += items(("tests/stories/test_demo.py", 1), ("tests/document_numbers/test_migrated.py", 2), ("tests/c.py", 9))
    found = dealt(given, workers)
    assert sorted(one.name for one in found) == sorted(one.name for one in given)
    parts, rest = [], list(found)
    for place in range(workers):
        size = len(rest) // (workers - place)
        parts.append(rest[:size])
        rest = rest[size:]
    assert all(any(part[0].path.is_relative_to(ROOT / name) for name in LONG) for part in parts)


def test_tests_of_a_module_stay_in_their_order() -> None:
    given = items(("tests/browser/a.py", 3), ("tests/a.py", 5))
    assert [one.name for one in dealt(given, 2) if "browser" in one.name] == [one.name for one in given[:3]]


def test_what_is_called_long_is_there() -> None:
    assert [name for name in LONG if not Path(ROOT, name).exists()] == []
