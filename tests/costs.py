"""The only place that counts what a test costs the processor: more than its budget fails it, the dearest are told."""

import csv
import os
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests import depth
from tests.warm import Warm

BUDGET = 60.0  # seconds of the processor, the test's own and of the processes it waited for
TOLD = 20
COST, PART = "cpu", "cpu of "
WRITTEN = 0.005  # a smaller part of a test's cost is not written
STARTED, ENDED, SHARED = pytest.StashKey[float](), pytest.StashKey[float](), pytest.StashKey[float]()
LAST, DEPTH = pytest.StashKey[bool](), pytest.StashKey[int]()
PARTS, SPENT = pytest.StashKey[list[tuple[str, float]]](), pytest.StashKey[float]()


def spent() -> float:
    """Return the seconds of the processor that this process, its ended children and its ended warm processes took."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system + Warm.elsewhere


def crowded() -> bool:
    """Say whether so much else runs on this machine that seconds of the processor are no measure of work."""
    return os.getloadavg()[0] > 2 * (os.cpu_count() or 1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--cpu-budget", type=float, default=0 if depth.DEEP else BUDGET, help="CPU seconds a test may take; 0: any"
    )
    parser.addoption("--costs", type=Path, metavar="FILE", help="write what each test, phase and fixture cost, as CSV")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Start the clock. After the last test servers are ended that served all: its own end is the end of its call."""
    item.stash[STARTED] = item.stash[SPENT] = spent()
    item.stash[LAST] = nextitem is None
    item.config.stash[SHARED], item.config.stash[PARTS] = 0.0, []
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef, request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Leave out what is made once for the whole run, like migrated databases: the first test only happens to ask."""
    stash, started = request.config.stash, spent()
    shared = fixturedef.scope == "session" and not stash.get(DEPTH, 0)
    stash[DEPTH] = stash.get(DEPTH, 0) + shared
    try:
        return (yield)
    finally:
        cost = spent() - started
        stash[DEPTH] -= shared
        stash[SHARED] = stash.get(SHARED, 0.0) + (cost if shared else 0.0)
        stash.get(PARTS, []).append((f"{fixturedef.scope} fixture {fixturedef.argname}", cost))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    stash, now = item.config.stash, spent()
    stash[PARTS].append((report.when, now - item.stash[SPENT]))
    item.stash[SPENT] = now
    if report.when != "teardown" or not item.stash[LAST]:
        item.stash[ENDED] = now
    if report.when == "teardown":
        cost = item.stash[ENDED] - item.stash[STARTED] - stash[SHARED]
        report.user_properties.append((COST, cost))
        report.user_properties.extend((PART + part, value) for part, value in stash[PARTS] if value >= WRITTEN)
        allowed = item.get_closest_marker("dear")
        budget = max(item.config.getoption("--cpu-budget"), allowed.args[0] if allowed else 0.0)
        if item.config.getoption("--cpu-budget") and cost > budget and report.passed and not crowded():
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} took {cost:.1f} s of the processor, its budget is {budget:.0f} s"
    return report


def costs(reporter) -> Iterator[tuple[float, str, str]]:
    """Return what every test that ran cost, and each part of it, from the reports of all workers."""
    for reports in reporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "teardown":
                for name, value in report.user_properties:
                    if name.startswith(COST):
                        yield value, report.nodeid, name


def pytest_terminal_summary(terminalreporter) -> None:
    counted = list(costs(terminalreporter))
    if file := terminalreporter.config.getoption("--costs"):
        with file.open("w", newline="") as target:
            csv.writer(target).writerows((nodeid, name, f"{value:.3f}") for value, nodeid, name in counted)
    told = sorted(((cost, nodeid) for cost, nodeid, name in counted if name == COST), reverse=True)
    if len(told) > TOLD:
        terminalreporter.section(f"{sum(cost for cost, _ in told):.0f} s of the processor, the dearest {TOLD}")
        for cost, nodeid in told[:TOLD]:
            terminalreporter.line(f"{cost:6.1f} {nodeid}")
