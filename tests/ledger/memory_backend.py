"""The only place where the random office meets plan and reservation without any database."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from proposals import ledger, plan
from proposals.ledger import LedgerRefused
from proposals.models import Body, ChangeLine
from proposals.sheet import COMMITTED, OCCUPIED, VACANT, Move, Place, Sheet, at_body, outside
from tests.ledger.machine import NAMES, POOL, START, Line

FULL = "PSU_FULL"
OPS = {"ADD": "QUOTA_ADD", "CUT": "QUOTA_CUT", "MOVE": "QUOTA_TRANSFER", "USE": "USE"}


class MemoryBackend:
    """The sheet of a plan, kept between cases as the ledger would keep it."""

    Refusal = LedgerRefused
    operations = 0

    def begin(self) -> None:
        self.bodies = {name: Body(uuid=uuid.uuid5(uuid.NAMESPACE_DNS, name)) for name in NAMES}
        self.posts: dict[Place, int] = {outside("POOL", FULL): POOL}
        for name, (vacant, people) in START.items():
            self.posts[at_body(self.bodies[name].uuid, FULL)] = vacant
            self.posts[at_body(self.bodies[name].uuid, FULL, OCCUPIED)] = people
        self.facts = {body.uuid: {"name": name} for name, body in self.bodies.items()}
        self.cases: dict[UUID, list[ChangeLine]] = {}

    def end(self) -> None:
        pass

    def _sheet(self, case: UUID) -> Sheet:
        sheet = Sheet(posts=dict(self.posts), facts=dict(self.facts), case=case)
        sheet.decided = any(n > 0 and place.case == case for place, n in self.posts.items())
        return sheet

    def _write(self, moves: list[Move]) -> None:
        for move in moves:
            if move.source.holder != "CITY":
                assert self.posts.get(move.source, 0) >= move.n, f"{move} overdraws"
                self.posts[move.source] -= move.n
            self.posts[move.target] = self.posts.get(move.target, 0) + move.n

    def decide(self, lines: list[Line]) -> UUID:
        self.operations += 1
        case = uuid.UUID(int=len(self.cases) + 1)
        drafted = [
            ChangeLine(
                op=OPS[op], body=self.bodies[body], counterpart=self.bodies[other] if op == "MOVE" else None, unit=FULL,
                requested=n, params={"people": people} if op == "MOVE" else {},
            )
            for op, body, other, n, people in lines
        ]  # fmt: skip
        self._write(ledger.reservation(sheet=self._sheet(case), lines=drafted))
        self.cases[case] = drafted
        return case

    def issue(self, case: UUID, granted: list[int]) -> None:
        self.operations += 1
        sheet = self._sheet(case)
        for line, n in zip(self.cases[case], granted, strict=True):
            line.granted = n
        plan.try_out(sheet=sheet, lines=self.cases[case])
        assert sheet.shortfalls == []
        self._write([*sheet.moves, *ledger.leftovers(sheet)])

    def release(self, case: UUID) -> None:
        self.operations += 1
        self._write(ledger.leftovers(self._sheet(case)))

    def enrol(self, body: str, case: Any, n: int) -> None:
        self._shift(at_body(self.bodies[body].uuid, FULL, COMMITTED, case), OCCUPIED, n)

    def lapse(self, body: str, case: Any) -> None:
        source = at_body(self.bodies[body].uuid, FULL, COMMITTED, case)
        self._shift(source, VACANT, self.posts[source])

    def leave(self, body: str, n: int) -> None:
        self._shift(at_body(self.bodies[body].uuid, FULL, OCCUPIED), VACANT, n)

    def _shift(self, source: Place, compartment: str, n: int) -> None:
        self.operations += 1
        self._write([Move(None, source, source._replace(compartment=compartment, case=None), n)])

    def grant(self, n: int) -> None:
        self._write([Move(None, outside("CITY", FULL), outside("POOL", FULL), n)])

    def numbers(self) -> dict[tuple[str, str], int]:
        names = {body.uuid: name for name, body in self.bodies.items()}
        found: dict[tuple[str, str], int] = {}
        for place, n in self.posts.items():
            key = names.get(place.body, "POOL"), place.compartment
            found[key] = found.get(key, 0) + n
        return found

    def tamper(self, verb: str) -> bool:
        return True
