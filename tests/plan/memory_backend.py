"""The only place where the random office meets plan and reservation without any database."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from proposals.effect import reservations
from proposals.effect.reservations import LedgerRefused
from proposals.ledger.places import COMMITTED, OCCUPIED, VACANT, Move, Place, at_body, outside
from proposals.models import Body, ChangeLine
from proposals.plan import trial
from proposals.plan.sheet import Sheet
from tests.plan.machine import NAMES, POOL, START, Line

FULL = "PSU_FULL"
OPS = {"ADD": "QUOTA_ADD", "CUT": "QUOTA_CUT", "MOVE": "QUOTA_TRANSFER", "USE": "USE"}


def _carry(posts: dict[Place, int], move: Move) -> None:
    if move.source.holder != "CITY":
        posts[move.source] -= move.n
    if move.target.holder != "CITY":
        posts[move.target] = posts.get(move.target, 0) + move.n


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
        self.today, self.closed = 1, 0
        self.moved: list[tuple[int, Move]] = []
        self.sealed: list[tuple[int, int, dict[Place, int]]] = []
        self.start = dict(self.posts)

    def end(self) -> None:
        for closed, known, posts in self.sealed:
            again = dict(self.start)
            for day, move in self.moved[:known]:
                if day <= closed:
                    _carry(again, move)
            assert again == posts, f"day {closed} is not what it was when it was closed"

    def _sheet(self, case: UUID) -> Sheet:
        sheet = Sheet(posts=dict(self.posts), facts=dict(self.facts), case=case)
        sheet.decided = any(n > 0 and place.case == case for place, n in self.posts.items())
        return sheet

    def _write(self, moves: list[Move], day: int | None = None) -> None:
        for move in moves:
            assert move.source.holder == "CITY" or self.posts.get(move.source, 0) >= move.n, f"{move} overdraws"
            _carry(self.posts, move)
            self.moved.append((day or self.today, move))

    def decide(self, lines: list[Line], late: bool) -> UUID:
        self.operations += 1
        case = uuid.UUID(int=len(self.cases) + 1)
        drafted = [
            ChangeLine(
                op=OPS[op], body=self.bodies[body], counterpart=self.bodies[other] if op == "MOVE" else None, unit=FULL,
                requested=n, params={"people": people} if op == "MOVE" else {},
            )
            for op, body, other, n, people in lines
        ]  # fmt: skip
        self._write(reservations.reservation(sheet=self._sheet(case), lines=drafted))
        self.cases[case] = drafted
        return case

    def issue(self, case: UUID, granted: list[int]) -> None:
        self.operations += 1
        sheet = self._sheet(case)
        for line, n in zip(self.cases[case], granted, strict=True):
            line.granted = n
        trial.try_out(sheet=sheet, lines=self.cases[case])
        assert sheet.shortfalls == []
        self._write([*sheet.moves, *reservations.leftovers(sheet)])

    def release(self, case: UUID, late: bool) -> None:
        self.operations += 1
        self._write(reservations.leftovers(self._sheet(case)))

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

    def grant(self, n: int) -> int:
        self._write([Move(None, outside("CITY", FULL), outside("POOL", FULL), n)])
        return n

    def correct(self, grant: int, late: bool) -> None:
        if self.posts[outside("POOL", FULL)] < grant:
            raise LedgerRefused
        move = Move(None, outside("POOL", FULL), outside("CITY", FULL), grant)
        self._write([move], self.closed if late else None)

    def close(self) -> None:
        self.closed = self.today
        self.sealed.append((self.closed, len(self.moved), dict(self.posts)))
        self.today += 1

    def enters_what_is_closed(self, n: int) -> bool:
        return False

    def numbers(self) -> dict[tuple[str, str], int]:
        names = {body.uuid: name for name, body in self.bodies.items()}
        found: dict[tuple[str, str], int] = {}
        for place, n in self.posts.items():
            key = names.get(place.body, "POOL"), place.compartment
            found[key] = found.get(key, 0) + n
        return found

    def tamper(self, verb: str) -> bool:
        return True
