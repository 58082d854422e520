"""The injector in this process: loaded before the C library, armed to stop or refuse the n-th durable call."""

from __future__ import annotations

import ctypes
import enum
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

SOURCE = Path(__file__).with_name("injector.c")
NEVER = 1 << 40


class Fault(enum.IntEnum):
    """What happens at the chosen call, in the order of injector.c."""

    KILL_BEFORE = 0
    KILL_AFTER = 1
    TORN = 2
    NO_SPACE = 3
    NO_DEVICE = 4
    NO_SPACE_FROM_HERE = 5
    NO_DEVICE_FROM_HERE = 6

    @property
    def kills(self) -> bool:
        """Whether the process is gone after it."""
        return self <= Fault.TORN


def build(folder: Path) -> Path:
    """Compile the injector into a folder and return the library, for LD_PRELOAD."""
    library = folder / "injector.so"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"], check=True)
    return library


class Injector:
    """The library of this process; it watches what happens below a folder."""

    def __init__(self, below: Path) -> None:
        self.library = ctypes.CDLL(os.environ["LD_PRELOAD"])
        self.library.injector_arm.argtypes = [ctypes.c_long, ctypes.c_long]
        self.library.injector_below(str(below).encode())

    def arm(self, n: int, fault: Fault) -> None:
        """Let the fault happen at the n-th durable call from now on."""
        self.library.injector_arm(n, fault)

    def disarm(self) -> None:
        """Let nothing happen any more."""
        self.library.injector_disarm()

    def calls(self, do: Callable[[], object]) -> list[str]:
        """Do it with nothing happening to it, and return its durable calls by name."""
        with tempfile.TemporaryFile("w+") as names:
            self.library.injector_name(names.fileno())
            self.arm(NEVER, Fault.KILL_BEFORE)
            do()
            self.disarm()
            names.seek(0)
            return names.read().splitlines()

    def record(self, file: Path) -> None:
        """Write down from now on what is written, and in which order it is made durable."""
        self.library.injector_record(str(file).encode())

    def mark(self, words: str) -> None:
        """Write down that this much was acknowledged."""
        self.library.injector_mark(words.encode())

    def lie(self, whether: bool) -> None:
        """Answer every flush without flushing, or no longer."""
        self.library.injector_lie(int(whether))
