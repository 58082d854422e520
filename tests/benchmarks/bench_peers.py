"""What a step costs beside other engines: the same twelve steps, all engines in turn in one run, on both databases.

Run by `make bench`. The floor is what any audited step must write. Each peer runs in an environment of its own, made
from its pinned `requirements.txt`; one that cannot be made is left out, and the reason is printed. SQLite is told by
seconds of the processor (a busy disk tells nothing of the engine), PostgreSQL by the clock. Its last line reads
`bench: sqlite N.N postgresql N.N`: the product over the floor.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from project.env import SQLITE_DURABLE  # noqa: E402
from tests import postgres  # noqa: E402

PEERS = ROOT / "tests/benchmarks/peers"
MADE = ROOT / "var/peers"
NAMES: Mapping[str, str] = {
    "floor": "raw-ORM floor", "fsm": "django-fsm, audit row", "spiff": "SpiffWorkflow",
    "combined": "fsm + viewflow, votes as rows", "stock": "stock viewflow", "product": "dongyi",
}  # fmt: skip
ROUNDS, AT_ONCE = int(os.environ.get("BENCH_ROUNDS", "4")), 4
MEASURE: Mapping[str, str] = {"sqlite": "cpu", "postgresql": "wall"}


class Engine:
    """A process that carries proposals when it is asked to."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("w") as errors:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **environment}, text=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip
        self.told("ready")

    def told(self, word: str = "") -> str:
        """Return the next line; a process that ended raises RuntimeError with what it said last."""
        while line := self.process.stdout.readline():
            if not word or line.strip() == word:
                return line
        raise RuntimeError(" ".join(self.log.read_text().splitlines()[-1:]) or "ended without a word")

    def carry(self, times: int) -> dict[str, Any]:
        """Carry so many proposals and return what they cost."""
        self.process.stdin.write(f"{times}\n")
        self.process.stdin.flush()
        return json.loads(self.told())

    def end(self) -> None:
        """Let the process end."""
        self.process.stdin.close()
        self.process.wait(timeout=60)


def main() -> None:
    """Measure on both databases, print a table for each, and the line that says it all."""
    ready = {name: path for name in NAMES if name != "product" and (path := made(name))}
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        ratios = {vendor: measured(vendor, ready, Path(folder), server) for vendor in MEASURE}
    print("bench: " + " ".join(f"{vendor} {ratio:.1f}" for vendor, ratio in ratios.items()))


def made(name: str) -> Path | None:
    """Return the Python of a peer's environment, made anew when its pins have changed; None where it cannot be made."""
    pins, folder = (PEERS / name / "requirements.txt"), MADE / name
    kept, python = folder / "requirements.txt", folder / "bin/python"
    if python.exists() and kept.exists() and kept.read_bytes() == pins.read_bytes():
        return python
    install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
    try:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True, capture_output=True, text=True)
        subprocess.run([*install, "-r", pins], check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        if name == "floor":
            raise
        print(f"left out: {NAMES[name]}, its environment cannot be made: {(error.stderr or '').strip()[-200:]}")
        return None
    kept.write_bytes(pins.read_bytes())
    return python


def measured(vendor: str, ready: Mapping[str, Path], folder: Path, server: postgres.Server) -> float:
    """Let all engines carry proposals in turn, round by round; print the table and return product over floor."""
    rounds: dict[str, list[dict[str, Any]]] = {}
    with ExitStack() as ends:
        engines = {name: ends.enter_context(running(name, vendor, ready, folder, server)) for name in present(ready)}
        for turn in range(ROUNDS):
            order = list(engines)
            random.Random(turn).shuffle(order)
            for name in order:
                rounds.setdefault(name, []).append(engines[name].carry(1 if name == "product" else AT_ONCE))
    return told(vendor, rounds)


def present(ready: Mapping[str, Path]) -> list[str]:
    """Return the engines that run, in the order of the table."""
    return [name for name in NAMES if name in ready or name == "product"]


@contextmanager
def running(
    name: str, vendor: str, ready: Mapping[str, Path], folder: Path, server: postgres.Server
) -> Iterator[Engine]:
    """Start an engine on an empty database of its own and end it afterwards."""
    database = server.create_database() if vendor == "postgresql" else ""
    file = str(folder / f"{name}.sqlite3")
    if name == "product":
        command = [sys.executable, "-W", "ignore", str(PEERS.parent / "product.py")]
        environment = {
            "DONGYI_SQLITE": file, "DONGYI_VAR": str(folder),
            "DONGYI_DATABASE_URL": server.url(database) if database else "",
            "DONGYI_FONTS": os.environ.get("DONGYI_FONTS", str(ROOT / "var/fonts")),
        }  # fmt: skip
    else:
        command = [str(ready[name]), "-W", "ignore", "-m", "peers.worker", name]
        environment = {
            "PYTHONPATH": str(PEERS.parent), "BENCH_SQLITE": file, "BENCH_SQLITE_DURABLE": SQLITE_DURABLE,
            "BENCH_DATABASE": database, "BENCH_HOST": str(server.folder),
        }  # fmt: skip
    engine = Engine(command, environment, folder / f"{name}-{vendor}.log")
    try:
        yield engine
    finally:
        engine.end()


def told(vendor: str, rounds: Mapping[str, list[dict[str, Any]]]) -> float:
    """Print what a step costs with each engine, as medians of the rounds, and return product over floor."""

    def cost(name: str, measure: str) -> float:
        return statistics.median(one[measure] / one["steps"] for one in rounds[name]) * 1000

    print(f"{vendor}: {ROUNDS} rounds, all engines in turn, {rounds['product'][0]['steps']} steps a proposal")
    print(f"  {'engine':30} {'ms/step':>8} {'x floor':>8} {'cpu ms':>8} {'x floor':>8} {'SQL/step':>8}")
    for name in rounds:
        wall, cpu = cost(name, "wall"), cost(name, "cpu")
        last = rounds[name][-1]
        each = last["statements"] / rounds["product"][0]["steps"]
        print(
            f"  {NAMES[name]:30} {wall:8.2f} {wall / cost('floor', 'wall'):8.1f} {cpu:8.2f}"
            f" {cpu / cost('floor', 'cpu'):8.1f} {each:8.1f}"
        )
    for step, (wall, cpu, statements) in rounds["product"][-1]["each"].items():
        print(f"    {step:20} {wall * 1000:8.1f} ms {cpu * 1000:8.1f} ms cpu {statements:6.1f} statements")
    return cost("product", MEASURE[vendor]) / cost("floor", MEASURE[vendor])


if __name__ == "__main__":
    main()
