"""What a run's processes share is made by one of them, on the first asking, while the others wait."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import databases

ASKS = """
import sys
from pathlib import Path
from tests import databases

def make(file):
    print("makes", flush=True)
    if not sys.stdin.readline():
        sys.exit("died")
    file.write_text(sys.argv[2])

databases.KEPT = Path(sys.argv[1])
folder = databases.KEPT / sys.argv[2]
folder.mkdir(parents=True)
print("asks", flush=True)
print(databases.kept("txt", make, folder).read_text(), flush=True)
"""


@pytest.fixture
def asking(tmp_path: Path) -> Iterator:
    """Start a process that asks for the kept file under a name; it makes the file when a line is written to it."""
    with ExitStack() as ends:

        def start(name: str) -> subprocess.Popen:
            command = [sys.executable, "-c", ASKS, str(tmp_path), name]
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
            process = subprocess.Popen(command, cwd=databases.ROOT, text=True, **pipes)
            ends.callback(process.communicate)
            ends.callback(process.kill)
            assert process.stdout.readline() == "asks\n"
            return process

        yield start


def test_who_comes_second_waits_and_takes_what_the_first_made(asking) -> None:
    first = asking("first")
    assert first.stdout.readline() == "makes\n"
    second = asking("second")
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(timeout=0.3)
    assert first.communicate("go\n")[0] == "first\n"
    assert second.communicate()[0] == "first\n"


def test_the_next_one_makes_it_when_the_first_has_died(asking) -> None:
    first = asking("first")
    assert first.stdout.readline() == "makes\n"
    second = asking("second")
    first.kill()
    assert second.stdout.readline() == "makes\n"
    assert second.communicate("go\n")[0] == "second\n"
