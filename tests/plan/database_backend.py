"""The only place where the random office meets the real ledger: every example in a transaction that is rolled back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from proposals.effect import permits, reservations
from proposals.effect.reservations import LedgerRefused
from proposals.ledger import balances, headcount, opening, reversals
from proposals.models import Account, Movement, Permit, Posting, Proposal
from tests.ledger.books import FULL, Books, found
from tests.plan.machine import Line
from workflows.audit import ledger as audit_ledger

OPS = {"ADD": "QUOTA_ADD", "CUT": "QUOTA_CUT", "MOVE": "QUOTA_TRANSFER", "USE": "USE"}


class DatabaseBackend:
    """The ledger as it is, on the default database."""

    Refusal = LedgerRefused
    operations = 0

    def begin(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.books: Books = found()
        self.used: set[UUID] = set()
        self.closed: date | None = None
        self.sealed: list[tuple[date, datetime, dict]] = []

    def end(self) -> None:
        try:
            assert list(audit_ledger.balances()) == []
            for through, known_at, numbers in self.sealed:
                assert self._standing(through, known_at) == numbers, f"{through} was known otherwise"
        finally:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def _standing(self, day: date, known_at: datetime | None = None) -> dict:
        return balances.standing(territory=self.books.territory, as_of=day, known_at=known_at)

    def decide(self, lines: list[Line], late: bool) -> UUID:
        self.operations += 1
        given: list[dict[str, Any]] = []
        for op, body, other, n, people in lines:
            line: dict[str, Any] = {"op": OPS[op], "body": body, "unit": FULL, "n": n}
            given.append(line | ({"counterpart": other, "params": {"people": people}} if op == "MOVE" else {}))
        case = self.books.case(*given)
        with transaction.atomic():
            self.books.decide(case, happened_on=self.closed if late else None)
        if any(op == "USE" for op, *_ in lines):
            self.used.add(case.uuid)
        return case.uuid

    def issue(self, case: UUID, granted: list[int]) -> None:
        self.operations += 1
        proposal = Proposal.objects.get(uuid=case)
        self.books.grant(proposal, *granted)
        if case in self.used:
            entry = self.books.entry(case)
            reservations.approve_use(case=proposal, entry=entry, expires_on=self.books.on + timedelta(days=30))
        else:
            self.books.issue(proposal, days=0)

    def release(self, case: UUID, late: bool) -> None:
        self.operations += 1
        entry = self.books.entry(case, self.closed if late else None)
        reservations.release(case=Proposal.objects.get(uuid=case), entry=entry)

    def enrol(self, body: str, case: UUID, n: int) -> None:
        self.operations += 1
        headcount.enrol(
            territory_id=self.books.territory.pk, body=self.books.bodies[body], unit=FULL, n=n,
            entry=self.books.entry(), permit=self._permit(body, case), paper="入编",
        )  # fmt: skip

    def lapse(self, body: str, case: UUID) -> None:
        self.operations += 1
        permits.expire(permit=self._permit(body, case), entry=self.books.entry())

    def _permit(self, body: str, case: UUID) -> Permit:
        return Permit.objects.select_related("account__body").get(case=case, account__body=self.books.bodies[body])

    def leave(self, body: str, n: int) -> None:
        self.operations += 1
        headcount.leave(
            territory_id=self.books.territory.pk, body=self.books.bodies[body], unit=FULL, n=n,
            entry=self.books.entry(), paper="减员",
        )  # fmt: skip

    def grant(self, n: int, happened_on: date | None = None) -> Posting:
        self.operations += 1
        entry = self.books.entry(happened_on=happened_on)
        with transaction.atomic():
            posting = opening.grant(
                territory_id=self.books.territory.pk, unit=FULL, n=n, entry=entry, paper="市级下达"
            )  # fmt: skip
        assert posting is not None
        return posting

    def correct(self, grant: Posting, late: bool) -> None:
        self.operations += 1
        entry = self.books.entry(happened_on=self.closed if late else None)
        with transaction.atomic():
            reversals.reverse(posting=grant, entry=entry, paper="更正")

    def close(self) -> None:
        self.operations += 1
        self.closed = self.books.on
        self.books.close(self.closed)
        self.sealed.append((self.closed, self.books.entry().at, self._standing(self.closed)))
        self.books.on += timedelta(days=1)

    def enters_what_is_closed(self, n: int) -> bool:
        if self.closed is None:
            return False
        try:
            self.grant(n, self.closed)
        except LedgerRefused as refused:
            return "已经封存" not in str(refused)
        return True

    def numbers(self) -> dict[tuple[str, str], int]:
        names = {body.pk: name for name, body in self.books.bodies.items()}
        found: dict[tuple[str, str], int] = {}
        for account in Account.objects.filter(territory=self.books.territory, unit=FULL).exclude(holder="CITY"):
            place = names.get(account.body_id, "POOL"), account.compartment
            found[place] = found.get(place, 0) + account.balance
        return found

    def tamper(self, verb: str) -> bool:
        """Try to cheat beneath the ledger; return whether the database refused."""
        self.operations += 1
        newest = Movement.objects.filter(posting__territory=self.books.territory).last()
        statement = {
            "UPDATE": "UPDATE proposals_movement SET n = n + 1 WHERE id = %s",
            "DELETE": "DELETE FROM proposals_movement WHERE id = %s",
            "REPLACE": "REPLACE INTO proposals_movement SELECT * FROM proposals_movement WHERE id = %s",
            "REOPEN": "DELETE FROM proposals_closedperiod",
        }.get(verb)
        if verb in ("BACKDATE", "REOPEN") and self.closed is None:
            return True
        if verb == "REPLACE" and connection.vendor != "sqlite":
            return True
        try:
            with transaction.atomic():
                if statement:
                    with connection.cursor() as cursor:
                        cursor.execute(statement, [newest.pk] if "%s" in statement else [])
                elif verb == "BACKDATE":
                    self._backdate(newest)
                else:
                    self._overdraw(newest)
        except IntegrityError as refused:
            return verb != "BACKDATE" or "LEDGER_CLOSED" in str(refused)
        return False

    def _backdate(self, newest: Movement) -> None:
        city, pool = (
            Account.objects.get(territory=self.books.territory, holder=holder, unit=FULL, compartment="VACANT")
            for holder in ("CITY", "POOL")
        )
        Movement.objects.create(
            posting=self._posting("GRANT", self.closed), unit=FULL, source=city, target=pool, n=1,
            effective_on=self.closed, recorded_at=newest.recorded_at, recorded_on=newest.recorded_on,
        )  # fmt: skip

    def _overdraw(self, newest: Movement) -> None:
        account = Account.objects.get(territory=self.books.territory, holder="POOL", unit=FULL, compartment="VACANT")
        other = self.books.bodies["甲中心"].accounts.get(unit=FULL, compartment="VACANT")
        Movement.objects.create(
            posting=self._posting(), unit=FULL, source=account, target=other, n=account.balance + 1,
            effective_on=self.books.on, recorded_at=newest.recorded_at, recorded_on=newest.recorded_on,
        )  # fmt: skip

    def _posting(self, kind: str = "POST", on: date | None = None) -> Posting:
        return Posting.objects.create(
            territory=self.books.territory, kind=kind, subject=self.books.territory.uuid, entry_hash="x",
            effective_on=on or self.books.on, recorded_at=self.books.entry().at,
        )  # fmt: skip
