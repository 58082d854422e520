"""The only place that takes from tests what they might lean on: their order, and the day on which they run."""

import random
from collections.abc import Iterator
from datetime import date, datetime, time
from unittest import mock

import pytest
from django.utils import timezone


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shuffle", default="", help="seed: modules in another order, and the tests in each of them")
    parser.addoption("--today", type=date.fromisoformat, help="the day that it is for this process, YYYY-MM-DD")


def pytest_report_header(config: pytest.Config) -> str:
    return f"--shuffle {config.getoption('--shuffle') or '(no)'} --today {config.getoption('--today') or '(as it is)'}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle modules and what is in them; what a module builds once is still built once."""
    if not (seed := config.getoption("--shuffle")):
        return
    modules: dict[object, list[pytest.Item]] = {}
    for item in items:
        modules.setdefault(item.path, []).append(item)
    chance, shuffled = random.Random(seed), list(modules.values())
    chance.shuffle(shuffled)
    for tests in shuffled:
        chance.shuffle(tests)
    items[:] = [item for tests in shuffled for item in tests]


@pytest.fixture(scope="session", autouse=True)
def on_another_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let Django's clock, which the product and its tests ask, go on from noon of the day that was asked for."""
    day = request.config.getoption("--today")
    if day is None:
        yield
        return
    real = timezone.now
    ahead = timezone.make_aware(datetime.combine(day, time(12))) - real()
    with mock.patch.object(timezone, "now", lambda: real() + ahead):
        yield
