"""The only place for the queued jobs that the fault tests watch."""

import os
import time
from pathlib import Path

from django_tasks import task


@task()
def patient(diary: str, seconds: float) -> str:
    """Write down who begins and who ends, with a pause between."""
    with Path(diary).open("a") as file:
        file.write(f"begin {os.getpid()}\n")
        file.flush()
        time.sleep(seconds)
        file.write(f"end {os.getpid()}\n")
    return "done"


@task()
def deadly(diary: str) -> None:
    """Kill the worker that runs it."""
    with Path(diary).open("a") as file:
        file.write(f"begin {os.getpid()}\n")
    os.kill(os.getpid(), 9)


@task()
def broken(reason: str) -> None:
    """Raise an error."""
    raise ValueError(reason)
