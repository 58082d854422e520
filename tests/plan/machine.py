"""The only place that plays random office life against the ledger: in memory, and on a real database as a process.

The `Oracle` is written independently of the ledger: four numbers a body and what each case has put aside.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any, Protocol

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

NAMES = ("甲中心", "乙中心", "丙街道")
START = {"甲中心": (2, 28), "乙中心": (10, 10), "丙街道": (0, 25)}
POOL = 25
Line = tuple[str, str, str, int, int]
"""op, body, other body, number, people who go along."""


class Backend(Protocol):
    """What the machine does to a ledger; `Refusal` is what it raises instead.

    `close` closes the ledger through today, and the next day begins; what is `late` happened on the last closed day.
    """

    Refusal: type[Exception]

    def begin(self) -> None: ...
    def end(self) -> None: ...
    def decide(self, lines: list[Line], late: bool) -> Any: ...
    def issue(self, case: Any, granted: list[int]) -> None: ...
    def release(self, case: Any, late: bool) -> None: ...
    def enrol(self, body: str, case: Any, n: int) -> None: ...
    def lapse(self, body: str, case: Any) -> None: ...
    def leave(self, body: str, n: int) -> None: ...
    def grant(self, n: int) -> Any: ...
    def correct(self, grant: Any, late: bool) -> None: ...
    def close(self) -> None: ...
    def enters_what_is_closed(self, n: int) -> bool: ...
    def numbers(self) -> dict[tuple[str, str], int]: ...
    def tamper(self, verb: str) -> bool: ...


@dataclass
class Put:
    """What a case has put aside, and what it will do with it."""

    lines: list[Line]
    vacant: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)


class Oracle:
    """The same office in the simplest terms."""

    def __init__(self) -> None:
        self.vacant = {name: START[name][0] for name in NAMES} | {"POOL": POOL}
        self.people = {name: START[name][1] for name in NAMES}
        self.committed: dict[tuple[str, Any], int] = {}
        self.cases: dict[Any, Put] = {}
        self.total = sum(self.vacant.values()) + sum(self.people.values())

    def needs(self, lines: list[Line]) -> Put | None:
        """Return what the lines must put aside, or None when it is not there."""
        vacant, people = dict(self.vacant), dict(self.people)
        low_vacant, low_people = dict(vacant), dict(people)
        for op, body, other, n, along in lines:
            giver, taker = {"ADD": ("POOL", body), "CUT": (body, "POOL"), "MOVE": (body, other), "USE": (body, "")}[op]
            along = min(along, n) if op == "MOVE" else 0
            if vacant[giver] < n - along or (along and people[giver] < along):
                return None
            vacant[giver] -= n - along
            low_vacant[giver] = min(low_vacant[giver], vacant[giver])
            if taker:
                vacant[taker] += n - along
            if along:
                people[giver] -= along
                low_people[giver] = min(low_people[giver], people[giver])
                people[taker] += along
        put = Put(lines)
        put.vacant = {k: self.vacant[k] - low for k, low in low_vacant.items() if low < self.vacant[k]}
        put.people = {k: self.people[k] - low for k, low in low_people.items() if low < self.people[k]}
        return put

    def hold(self, case: Any, put: Put) -> None:
        for name, n in put.vacant.items():
            self.vacant[name] -= n
        for name, n in put.people.items():
            self.people[name] -= n
        self.cases[case] = put

    def release(self, case: Any) -> Put:
        put = self.cases.pop(case)
        for name, n in put.vacant.items():
            self.vacant[name] += n
        for name, n in put.people.items():
            self.people[name] += n
        return put

    def issue(self, case: Any, granted: list[int]) -> None:
        pledged = dict(self.cases[case].people)
        for (op, body, other, _, along), n in zip(self.release(case).lines, granted, strict=True):
            if op == "ADD":
                self.vacant["POOL"] -= n
                self.vacant[body] += n
            elif op == "CUT":
                self.vacant[body] -= n
                self.vacant["POOL"] += n
            elif op == "USE":
                self.vacant[body] -= n
                self.committed[body, case] = self.committed.get((body, case), 0) + n
            else:
                going = min(along, n, pledged.get(body, 0))
                self.people[body] -= going
                self.people[other] += going
                self.vacant[body] -= n - going
                self.vacant[other] += n - going


class LedgerMachine(RuleBasedStateMachine):
    """Random drafting, deciding, granting, filling, leaving; after every step the ledger says what the oracle says."""

    backend: Backend

    @initialize()
    def open(self) -> None:
        self.backend.begin()
        self.oracle = Oracle()
        self.grants: list[tuple[Any, int]] = []

    @rule(
        lines=st.lists(
            st.tuples(
                st.sampled_from(("ADD", "CUT", "MOVE", "USE")), st.sampled_from(NAMES), st.sampled_from(NAMES),
                st.integers(1, 12), st.integers(0, 12),
            ).filter(lambda line: line[1] != line[2]),
            min_size=1, max_size=3,
        ),
        late=st.booleans(),
    )  # fmt: skip
    def decide(self, lines: list[Line], late: bool) -> None:
        if sum(line[0] == "MOVE" and line[4] > 0 for line in lines) > 1:
            lines = [line for line in lines if line[0] != "MOVE"] or lines[:1]
        put = self.oracle.needs(lines)
        try:
            case = self.backend.decide(lines, late)
        except self.backend.Refusal:
            assert put is None, f"refused what is there: {lines}"
        else:
            assert put is not None, f"reserved what is not there: {lines}"
            self.oracle.hold(case, put)

    @precondition(lambda self: self.oracle.cases)
    @rule(data=st.data())
    def issue(self, data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(list(self.oracle.cases)))
        lines = self.oracle.cases[case].lines
        # A part is granted of one line, or the whole: a chain needs its first link.
        granted = [line[3] for line in lines]
        if len(lines) == 1:
            granted = [data.draw(st.integers(0, lines[0][3]))]
        self.backend.issue(case, granted)
        self.oracle.issue(case, granted)

    @precondition(lambda self: self.oracle.cases)
    @rule(data=st.data(), late=st.booleans())
    def release(self, data: st.DataObject, late: bool) -> None:
        case = data.draw(st.sampled_from(list(self.oracle.cases)))
        self.backend.release(case, late)
        self.oracle.release(case)

    @precondition(lambda self: any(self.oracle.committed.values()))
    @rule(data=st.data(), fill=st.booleans())
    def fill_or_lapse(self, data: st.DataObject, fill: bool) -> None:
        open_permits = [place for place, n in self.oracle.committed.items() if n]
        body, case = data.draw(st.sampled_from(open_permits))
        n = self.oracle.committed[body, case]
        if fill:
            n = data.draw(st.integers(1, n))
            self.backend.enrol(body, case, n)
            self.oracle.people[body] += n
        else:
            self.backend.lapse(body, case)
            self.oracle.vacant[body] += n
        self.oracle.committed[body, case] -= n

    @rule(body=st.sampled_from(NAMES), n=st.integers(1, 5))
    def leave(self, body: str, n: int) -> None:
        free = self.oracle.people[body]
        if n <= free:
            self.backend.leave(body, n)
            self.oracle.people[body] -= n
            self.oracle.vacant[body] += n

    @rule(n=st.integers(1, 9))
    def grant(self, n: int) -> None:
        self.grants.append((self.backend.grant(n), n))
        self.oracle.vacant["POOL"] += n
        self.oracle.total += n

    @precondition(lambda self: self.grants)
    @rule(data=st.data(), late=st.booleans())
    def correct(self, data: st.DataObject, late: bool) -> None:
        grant, n = data.draw(st.sampled_from(self.grants))
        try:
            self.backend.correct(grant, late)
        except self.backend.Refusal:
            # What came after the closed day cannot be taken back before it came.
            assert late or self.oracle.vacant["POOL"] < n, "a grant that nobody used could not be corrected"
        else:
            self.grants.remove((grant, n))
            self.oracle.vacant["POOL"] -= n
            self.oracle.total -= n

    @rule()
    def close(self) -> None:
        self.backend.close()

    @rule(n=st.integers(1, 9))
    def enter_what_is_closed(self, n: int) -> None:
        assert not self.backend.enters_what_is_closed(n), "a closed period was changed"

    @rule(verb=st.sampled_from(("UPDATE", "DELETE", "REPLACE", "OVERDRAW", "BACKDATE", "REOPEN")))
    def tamper(self, verb: str) -> None:
        assert self.backend.tamper(verb), f"{verb} went through"

    @invariant()
    def agrees_with_the_oracle(self) -> None:
        if not hasattr(self, "oracle"):
            return
        numbers, oracle = self.backend.numbers(), self.oracle
        assert all(n >= 0 for n in numbers.values())
        assert sum(numbers.values()) == oracle.total, "the total rises only by a grant"
        for name, n in oracle.vacant.items():
            assert numbers.get((name, "VACANT"), 0) == n, name
        for name, n in oracle.people.items():
            assert numbers.get((name, "OCCUPIED"), 0) == n, name
        held = sum(sum(put.vacant.values()) for put in oracle.cases.values())
        assert sum(n for (_, compartment), n in numbers.items() if compartment == "HELD") == held

    def teardown(self) -> None:
        if hasattr(self, "oracle"):
            self.backend.end()


def machine_on(backend: Backend) -> type[LedgerMachine]:
    """Return the machine bound to a backend."""
    return type("BoundMachine", (LedgerMachine,), {"backend": backend})


def main() -> None:
    """Play on the database of the environment: `python -m tests.plan.machine EXAMPLES STEPS`."""
    import django
    from hypothesis import HealthCheck, settings

    django.setup()
    from tests.plan.database_backend import DatabaseBackend

    examples, steps = map(int, sys.argv[1:3])
    budget = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    backend = DatabaseBackend()
    run_state_machine_as_test(machine_on(backend), settings=budget)
    print(f"{backend.operations} operations")


if __name__ == "__main__":
    main()
