"""Random office life: whatever is drafted, decided, granted in part, filled or left, the ledger stays true."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from proposals.effect import reservations
from proposals.plan.sheet import Sheet
from tests.databases import Database
from tests.plan.machine import machine_on
from tests.plan.memory_backend import MemoryBackend

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
BUDGET = settings(
    max_examples=3000 if DEEP else 80, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)


# Finding the seeded bug is enough; the smallest example is not looked for.
FIND = settings(BUDGET, max_examples=200, phases=[Phase.generate])


def test_in_memory_every_number_agrees() -> None:
    run_state_machine_as_test(machine_on(MemoryBackend()), settings=BUDGET)


def test_on_each_database_every_number_agrees(database: Database) -> None:
    examples, steps = (400, 60) if DEEP else (12, 40)
    printed = database.run("-m", "tests.plan.machine", examples, steps, timeout=3000)
    assert int(printed.split()[-2]) > examples


def forget_the_rest(sheet: Sheet) -> list:
    return []


def spend_twice(self: Sheet, place: object) -> int:
    return 1_000


@pytest.mark.parametrize(
    ("owner", "name", "bug"),
    [(reservations, "leftovers", forget_the_rest), (Sheet, "spendable", spend_twice)],
    ids=["what is not granted stays reserved", "a vacancy is reserved twice"],
)
def test_red_control_a_seeded_bug_is_found(monkeypatch, owner: object, name: str, bug: object) -> None:
    monkeypatch.setattr(owner, name, bug)
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(machine_on(MemoryBackend()), settings=FIND)
