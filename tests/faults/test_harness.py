"""A little of `make faults`: a process is stopped, refused, and cut off from power; planted faults are found."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.faults.__main__ import ROOT


def harness(*words: str) -> str:
    """Run the harness with a fixed seed and return what it printed; it must have lost nothing."""
    command = [sys.executable, "-m", "tests.faults", "--seed=12", *words]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def test_a_step_and_an_upload_stopped_at_any_durable_call_are_whole() -> None:
    told = harness("--part=disk", "--seconds=1", "--only=plain step", "--only=upload")
    found = re.search(
        r"^faults: ([1-9]\d*) kills, .*?([1-9]\d*) disk faults, .*2 controls, 0 lost$", told, re.MULTILINE
    )
    assert found, told


def test_an_upload_stands_or_is_gone_when_the_power_fails() -> None:
    told = harness("--part=power", "--seconds=1", "--only=upload")
    assert re.search(r"^faults: .* [1-9]\d* power cuts, .*2 controls, 0 lost$", told, re.MULTILINE), told
