"""The pytest plugin behind `make test-mutants`: everything is imported once, then a child is forked for every mutant.

A child puts the mutant's code into the functions that are there already, asks the tests that reach its lines, the
quickest first, and ends at the first that fails. What reaches a line is measured before, with nothing planted.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.architecture.source import ROOT
from tests.mutants.mutants import Mutant
from tests.mutants.reach import Reach

# What a child may use of the processor, beside ten times what its tests took with nothing planted.
SECONDS, TIMES = 20, 10
# How often a test is watched running a function; what it does later it has done before.
ENOUGH = 300


@dataclass
class Fate:
    """What became of a mutant: killed by a test (or by the clock), or survived so many."""

    mutant: Mutant
    by: str = ""
    tests: int = 0
    said: str = ""


@dataclass(eq=False)
class Watch:
    """Remembers the first test that failed."""

    failed: str = ""
    said: str = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure."""
        if report.failed and not self.failed:
            self.failed, self.said = f"{report.nodeid} [{report.when}]", str(report.longrepr)[-400:]


@dataclass
class ForkServer:
    """Runs its jobs in children of the collected session; `fates` and `reached` are what a caller reads afterwards."""

    drawn: tuple[Mutant, ...]
    at_once: int
    told: Callable[[Fate], None]
    reached: dict[str, Reach] = field(default_factory=dict)
    fates: list[Fate] = field(default_factory=list)
    items: dict[str, pytest.Item] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure, then let every mutant be judged, so many at once."""
        self.items = {item.nodeid: item for item in session.items}
        unknown = [item for item in session.items if item.nodeid not in self.reached]
        files = {str(ROOT / mutant.path) for mutant in self.drawn}
        for _, answer in _children([(lambda: _measure(unknown, files), 3600)], 1):
            for name, passed, seconds, lines in answer:
                self.reached[name] = Reach(passed, seconds, {file: frozenset(found) for file, found in lines.items()})
        known = _functions(files)
        jobs = [self._job(mutant, known) for mutant in self.drawn]
        for number, answer in _children(jobs, self.at_once):
            fate = Fate(self.drawn[number], **(answer or {"by": "the clock"}))
            self.fates.append(fate)
            self.told(fate)
        return True

    def nearest(self, mutant: Mutant) -> list[str]:
        """Return the tests that reach the mutant's lines, the quickest first."""
        lines = set(range(mutant.lines[0], mutant.lines[1] + 1))
        reach = {
            name: one.seconds for name, one in self.reached.items()
            if name in self.items and one.passed and lines & one.lines.get(mutant.path, frozenset())
        }  # fmt: skip
        return sorted(reach, key=lambda name: reach[name])

    def _job(
        self, mutant: Mutant, known: Mapping[tuple[str, str, int], list[FunctionType]]
    ) -> tuple[Callable[[], Any], float]:
        names = self.nearest(mutant)
        allowed = SECONDS + TIMES * sum(self.reached[name].seconds for name in names)
        return (lambda: _judge(mutant, [self.items[name] for name in names], known)), allowed


def _functions(files: Iterable[str]) -> dict[tuple[str, str, int], list[FunctionType]]:
    """Return every living function of the files by file, qualified name and first line."""
    found: dict[tuple[str, str, int], list[FunctionType]] = {}
    gc.unfreeze()  # what was put aside for good is not told
    for one in gc.get_objects():
        if type(one) is FunctionType and one.__code__.co_filename in files:
            code = one.__code__
            found.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(one)
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def plant(mutant: Mutant, known: Mapping[tuple[str, str, int], list[FunctionType]]) -> int:
    """Put the mutant's code into the functions of its module; return how many took it."""
    taken = 0
    for code in _codes(mutant.code()):
        for function in known.get((code.co_filename, code.co_qualname, code.co_firstlineno), []):
            if code.co_freevars != function.__code__.co_freevars:
                raise LookupError(f"{mutant.name} closes over something else and cannot be planted")
            function.__code__ = code
            taken += 1
    return taken


def _judge(mutant: Mutant, items: list[pytest.Item], known: Mapping[Any, list[FunctionType]]) -> dict[str, Any]:
    if not plant(mutant, known):
        raise LookupError(f"no living function for {mutant.name}")
    for asked, (watch, _) in enumerate(_run(items), start=1):
        if watch.failed:
            return {"by": watch.failed, "tests": asked, "said": watch.said}
    return {"tests": len(items)}


def _measure(items: list[pytest.Item], files: set[str]) -> list[tuple[str, bool, float, dict[str, list[int]]]]:
    """Run the tests with nothing planted and return name, whether it passed, seconds, and lines by module."""
    measured, lines, entered = [], set[tuple[str, int]](), Counter[CodeType]()

    def local(frame: Any, event: str, _: Any) -> Any:
        lines.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def called(frame: Any, event: str, _: Any) -> Any:
        entered[frame.f_code] += 1
        return local if frame.f_code.co_filename in files and entered[frame.f_code] < ENOUGH else None

    sys.settrace(called)
    for item, (watch, seconds) in zip(items, _run(items), strict=False):
        found: dict[str, list[int]] = {}
        for file, line in lines:
            found.setdefault(str(Path(file).relative_to(ROOT)), []).append(line)
        measured.append((item.nodeid, not watch.failed, round(seconds, 2), found))
        lines.clear()
        entered.clear()
    sys.settrace(None)
    return measured


def _run(items: list[pytest.Item]) -> Iterator[tuple[Watch, float]]:
    """Run test after test, yielding after each what was seen and its seconds."""
    for at, item in enumerate(items):
        watch, since = Watch(), time.process_time()
        item.config.pluginmanager.register(watch)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=items[at + 1] if at + 1 < len(items) else None)
        item.config.pluginmanager.unregister(watch)
        yield watch, time.process_time() - since


def _children(jobs: list[tuple[Callable[[], Any], float]], at_once: int) -> Iterator[tuple[int, Any]]:
    """Do the jobs in children, so many at once; yield number and answer, None of a child that the clock ended."""
    waiting, running = list(enumerate(jobs)), dict[int, tuple[int, int, Path, bytearray]]()
    while waiting or running:
        while waiting and len(running) < at_once:
            number, (job, seconds) = waiting.pop(0)
            ear, child, folder = _fork(job, seconds)
            running[ear] = number, child, folder, bytearray()
        for ear in select.select(list(running), [], [])[0]:
            number, child, folder, heard = running[ear]
            if part := os.read(ear, 1 << 16):
                heard += part
                continue
            del running[ear]
            os.close(ear)
            os.waitpid(child, 0)
            shutil.rmtree(folder, ignore_errors=True)
            answer = json.loads(heard) if heard else None
            if isinstance(answer, dict) and "broken" in answer:
                raise RuntimeError(answer["broken"])
            yield number, answer


def _fork(job: Callable[[], Any], seconds: float) -> tuple[int, int, Path]:
    ear, mouth = os.pipe()
    folder = Path(tempfile.mkdtemp(prefix="mutant-"))
    child = os.fork()
    if child:
        os.close(mouth)
        return ear, child, folder
    os.close(ear)
    tempfile.tempdir = str(folder)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    try:
        said = json.dumps(job())
    except BaseException as error:
        said = json.dumps({"broken": repr(error)})
    with os.fdopen(mouth, "w") as out:
        out.write(said)
    os._exit(0)
