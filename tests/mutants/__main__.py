"""Draw mutants of the core, let the nearest tests judge them, print who survives; see `make test-mutants`."""

from __future__ import annotations

import argparse
import contextlib
import io
import itertools
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.mutants.equivalents import EQUIVALENTS
from tests.mutants.fork_server import Fate, ForkServer
from tests.mutants.mutants import Mutant, mutants
from tests.mutants.nearest import ROOMS, Room
from tests.mutants.reach import keep, kept

SEED, BAR = 20260327, 0.95
# The same examples every time: a mutant does not live or die by luck.
settings.register_profile(
    "mutants", max_examples=25, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip


def draw(room: Room, *, seed: int, share: float) -> list[Mutant]:
    """Return a room's mutants of a run: of every kind of fault in turn, in the order of the seed."""
    everything = sorted((one for path in room.modules for one in mutants(path)), key=lambda one: one.rank(seed))
    kinds = [[one for one in everything if one.mutator == kind] for kind in sorted({one.mutator for one in everything})]
    turns = itertools.chain.from_iterable(itertools.zip_longest(*kinds))
    return list(itertools.islice((one for one in turns if one), round(room.mutants * share)))


def judged(room: Room, drawn: list[Mutant], *, at_once: int, folder: Path | None) -> list[Fate]:
    """Let the room's tests judge its mutants, in a process that has them all imported."""
    server = ForkServer(tuple(drawn), at_once, _shown)
    if folder:
        server.reached = kept(folder, room)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        pytest.main(
            ["-q", "-s", "-p", "no:cacheprovider", "-m", "not postgres and not browser", *room.tests], plugins=[server]
        )
    if folder:
        keep(folder, room, server.reached)
    broken = [name for name, one in server.reached.items() if not one.passed]
    if broken:
        print(f"\nred with nothing planted: {', '.join(broken)}")
    if len(server.fates) != len(drawn):
        sys.exit(f"{printed.getvalue()}{room.name}: {len(server.fates)} of {len(drawn)} mutants were judged")
    return server.fates


def _shown(fate: Fate) -> None:
    """Show at once what becomes of a mutant."""
    known = fate.mutant.name in EQUIVALENTS
    text = "." if fate.by else "=" if known else "\n".join(["S", *described([fate]), ""])
    print(text, end="", file=sys.__stdout__, flush=True)


def described(fates: Iterable[Fate]) -> Iterator[str]:
    """Yield each survivor as place, what stood there and what stands there now."""
    for fate in fates:
        one = fate.mutant
        yield f"\n{one.path}:{one.line} in {one.function} ({one.mutator}; {fate.tests} tests reach it)"
        yield f"  - {one.before}\n  + {one.after}"
        yield f"  {one.name}"


def main() -> int:
    """Do what the command line says; return 1 when somebody new survives or the bar is missed."""
    parser = argparse.ArgumentParser(prog="make test-mutants", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="which mutants are drawn")
    parser.add_argument("--share", type=float, default=1.0, help="what part of a whole run")
    parser.add_argument("--room", choices=[room.name for room in ROOMS], action="append", help="these rooms only")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="children at the same time")
    parser.add_argument("--reach", type=Path, help="a folder that keeps what was measured, for the next run")
    parser.add_argument("--why", action="store_true", help="say of every mutant who killed it")
    asked = parser.parse_args()
    print(f"seed {asked.seed}")
    fates: list[Fate] = []
    for room in ROOMS:
        if asked.room and room.name not in asked.room:
            continue
        since, drawn = time.monotonic(), draw(room, seed=asked.seed, share=asked.share)
        print(f"{room.name:9} ", end="", flush=True)
        found = judged(room, drawn, at_once=asked.at_once, folder=asked.reach)
        killed = sum(bool(fate.by) for fate in found)
        print(f" {killed} of {len(found)} killed, {time.monotonic() - since:.0f} s")
        fates += found
    if asked.why:
        print("\n".join(f"{fate.mutant.name}\n    {fate.by or 'SURVIVED'}" for fate in fates))
    return verdict(fates)


def verdict(fates: list[Fate]) -> int:
    """Print the sums and the survivors; return the exit code."""
    alive = [fate for fate in fates if not fate.by]
    new = [fate for fate in alive if fate.mutant.name not in EQUIVALENTS]
    killed = len(fates) - len(alive)
    share = killed / max(1, len(fates) - (len(alive) - len(new)))
    print(
        f"{len(fates)} mutants, {killed} killed, {len(alive) - len(new)} accepted, {len(new)} new survivors; "
        f"{share:.1%}"
    )
    if dead := [fate.mutant.name for fate in fates if fate.by and fate.mutant.name in EQUIVALENTS]:
        print("accepted, but killed (strike them off):", *dead, sep="\n  ")
    return int(bool(new) or share < BAR)


if __name__ == "__main__":
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    sys.exit(main())
