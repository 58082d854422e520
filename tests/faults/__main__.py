"""The fault harness: `python -m tests.faults --seconds 300 --seed N [--part NAME] [--only ACT]`, see `make faults`."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests import postgres
from tests.faults.disk import injector
from tests.faults.scene.tally import MARK, Tally

ROOT = Path(__file__).resolve().parents[2]
MEMORY = Path("/dev/shm")
FIGURES = (
    "kills",
    "worker kills",
    "disk faults",
    "power cuts",
    "races",
    "server crashes",
    "cut connections",
    "controls",
)


class Part(NamedTuple):
    """A part of the harness: its module, its share of the time, and what its processes have beside them."""

    module: str
    share: int
    injector: bool = False
    server: bool = False


PARTS: Mapping[str, Part] = {
    "disk": Part("tests.faults.disk", 4, injector=True),
    "power": Part("tests.faults.power", 2, injector=True),
    "races": Part("tests.faults.races", 2),
    "server": Part("tests.faults.server", 2, server=True),
}


def run(name: str, seconds: float, seed: int, only: list[str]) -> Tally:
    """Run a part in a process and a folder of its own; what it prints before its tally is passed on."""
    part = PARTS[name]
    with contextlib.ExitStack() as beside:
        kept = tempfile.TemporaryDirectory(prefix="dongyi-faults-", dir=MEMORY if MEMORY.is_dir() else None)
        folder = beside.enter_context(kept)
        running = Path(folder) / "run"
        environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "project.settings", "DONGYI_VAR": str(running),
            "DONGYI_DATABASE_URL": "", "DONGYI_SQLITE": str(running / "db.sqlite3"),
            "DONGYI_ARCHIVE": str(running / "archive"),
            "DONGYI_FONTS": os.environ.get("DONGYI_FONTS", str(ROOT / "var/fonts")), "PYTHONHASHSEED": "0",
        }  # fmt: skip
        if part.server:
            server = beside.enter_context(postgres.running())
            environment |= {"DONGYI_DATABASE_URL": server.url("running"), "DONGYI_FAULTS_SERVER": str(server.folder)}
            hasty(server)
        if part.injector:
            environment["LD_PRELOAD"] = str(injector.build(Path(folder)))
        # Should this process be killed, the kernel ends its part.
        command = [
            "setpriv",
            "--pdeathsig",
            "KILL",
            sys.executable,
            "-m",
            part.module,
            f"--seconds={seconds}",
            f"--seed={seed}",
        ]
        command += [f"--only={one}" for one in only]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        tally = Tally(lost=[f"part {name!r} did not come to its end"])
        try:
            assert process.stdout
            for line in process.stdout:
                if line.startswith(MARK):
                    tally = Tally.of(line)
                else:
                    print(line, end="", flush=True)
        finally:
            process.kill()
            process.wait()
        return tally


def hasty(server: postgres.Server) -> None:
    """Let the server flush nothing: its machine goes on, and a database is copied for every race."""
    with server.connect() as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


def main() -> int:
    """Run the parts one after another and say in one line what they did; 1 when anything was lost."""
    reader = argparse.ArgumentParser(prog="python -m tests.faults")
    reader.add_argument("--seconds", type=float, default=300)
    reader.add_argument("--seed", type=int, default=int(time.time()))
    reader.add_argument("--part", action="append", choices=PARTS, default=[])
    reader.add_argument("--only", action="append", default=[])
    said = reader.parse_args()
    chosen = said.part or list(PARTS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    shares = sum(PARTS[name].share for name in chosen)
    whole = Tally()
    print(f"seed {said.seed}", flush=True)
    for name in chosen:
        began = time.monotonic()
        tally = run(name, said.seconds * PARTS[name].share / shares, said.seed, said.only)
        told = ", ".join(f"{count} {what}" for what, count in tally.figures.items())
        print(f"{name}: {told}; {len(tally.lost)} lost; {time.monotonic() - began:.0f} s", flush=True)
        print(*(f"  LOST {one[:400]}\n" for one in tally.lost[:20]), sep="", end="")
        whole.add(tally)
    counted = ", ".join(f"{whole.figures[name]} {name}" for name in FIGURES)
    print(f"faults: {counted}, {len(whole.lost)} lost")
    return 1 if whole.lost else 0


if __name__ == "__main__":
    sys.exit(main())
