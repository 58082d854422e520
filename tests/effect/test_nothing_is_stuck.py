"""Whatever the office did, every compartment of every body can still be emptied by acts that are offered."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proposals.effect import permits, reservations
from proposals.effect.reservations import LedgerRefused
from proposals.ledger import headcount, opening, reversals
from proposals.ledger.opening import OpeningRow
from proposals.ledger.places import COMMITTED, at_body
from proposals.models import Account, Permit, Posting, Proposal
from proposals.register.steps.ledger_preconditions import permit_has_them
from proposals.use_of_posts import pool
from proposals.vocabulary import LeaderLevel
from tests.ledger.books import DEPUTY, FULL, PARTIAL, Books, found
from workflows.audit import ledger as audit_ledger
from workflows.audit import permits as audit_permits

NAMES = ("甲中心", "乙中心", "丙街道", "己中心")
OPS = ("QUOTA_ADD", "QUOTA_CUT", "QUOTA_TRANSFER", "USE", "USE", "POOL_GROW", "POOL_USE", "POOL_RETURN", "LEADER_ADD")
UNDONE = (Posting.Kind.ENROL, Posting.Kind.LEAVE, Posting.Kind.EXPIRE, Posting.Kind.HAND_BACK, Posting.Kind.POST)
VERBS = ("decide", "decide", "decide", "issue", "issue", "release", "enrol", "leave", "hand_back", "lapse", "correct")
ACTS = st.lists(
    st.tuples(
        st.sampled_from(VERBS), st.lists(st.sampled_from(OPS), min_size=1, max_size=3), st.sampled_from(NAMES),
        st.sampled_from(NAMES), st.integers(1, 5), st.integers(0, 50),
    ),
    min_size=6, max_size=14,
)  # fmt: skip


class Office:
    """Books whose opening has an excess and posts approved but not filled, and the cases that are under way."""

    def __init__(self) -> None:
        self.books: Books = found()
        self.open: list[Proposal] = []
        body = self.books.body("己中心")
        rows = [OpeningRow(body, FULL, 5, 3, 2), OpeningRow(body, PARTIAL, 2, 3), OpeningRow(body, "PSU", 1, 1)]
        opened = {"entry": self.books.entry(), "paper": "期初", "on": date(2019, 1, 1)}
        opening.open_balance(territory_id=self.books.territory.pk, totals={}, rows=rows, **opened)
        place = at_body(body.uuid, FULL, COMMITTED)
        permits.open_with(territory=self.books.territory, committed={place: 2}, said={place: {}}, **opened)

    def act(self, verb: str, ops: list[str], body: str, other: str, n: int, which: int) -> None:
        """Try one act; what is refused changes nothing."""
        try:
            with transaction.atomic():
                getattr(self, verb)(ops, body, other, n, which)
        except LedgerRefused:
            self.books.on += timedelta(days=1)

    def decide(self, ops: list[str], body: str, other: str, n: int, which: int) -> None:
        case = self.books.case(*(line_of(op, body, other, n) for op in ops))
        self.books.decide(case)
        self.open.append(case)

    def issue(self, ops: list[str], body: str, other: str, n: int, which: int) -> None:
        if self.open:
            self.books.issue(self.open[which % len(self.open)])
            self.open.pop(which % len(self.open))

    def release(self, ops: list[str], body: str, other: str, n: int, which: int) -> None:
        if self.open:
            case = self.open.pop(which % len(self.open))
            reservations.release(case=case, entry=self.books.entry(case.uuid))

    def enrol(self, ops: list[str], body: str, other: str, n: int, which: int) -> None:
        for permit in _one(Permit.objects.filter(account__balance__gt=0), which):
            self.people(headcount.enrol, permit, min(n, permit.account.balance), permit=permit)

    def leave(self, ops: list[str], body: str, other: str, n: int, which: int) -> None:
        self.people(
            headcount.leave, SimpleNamespace(account=SimpleNamespace(body=self.books.bodies[body], unit=FULL)), n
        )

    def people(self, move: Any, whose: Any, n: int, **more: Any) -> None:
        account = whose.account
        move(
            territory_id=self.books.territory.pk, body=account.body, unit=account.unit, n=n, entry=self.books.entry(),
            paper="单", **more,
        )  # fmt: skip

    def hand_back(self, ops: list[str], body: str, other: str, n: int, which: int) -> None:
        for permit in _one(Permit.objects.filter(account__balance__gt=0), which):
            permits.hand_back(permit=permit, n=min(n, permit.account.balance), entry=self.books.entry(), paper="来函")

    def lapse(self, ops: list[str], body: str, other: str, n: int, which: int) -> None:
        for permit in _one(Permit.objects.filter(account__balance__gt=0), which):
            permits.expire(permit=permit, entry=self.books.entry())

    def correct(self, ops: list[str], body: str, other: str, n: int, which: int) -> None:
        rows = Posting.objects.filter(territory=self.books.territory, kind__in=UNDONE, reversed_by=None)
        for posting in _one(rows.order_by("id"), which):
            if pool.returned_since(posting=posting):
                continue
            reversals.reverse(posting=posting, entry=self.books.entry(), paper="更正")

    def drain(self) -> None:
        """Empty every body with nothing but what is offered, then close it."""
        books = self.books
        while self.open:
            self.release([], "", "", 0, 0)
        for permit in Permit.objects.filter(account__balance__gt=0).select_related("account__body"):
            facts = {"permit": str(permit.uuid), "count": permit.account.balance}
            act = SimpleNamespace(facts=facts, happened_on=max(books.on, permit.issued_on))
            assert list(permit_has_them(SimpleNamespace(territory=books.territory), act)) == []
            permits.hand_back(permit=permit, n=permit.account.balance, entry=books.entry(), paper="来函")
        for account in self.rest("OCCUPIED"):
            self.people(headcount.leave, SimpleNamespace(account=account), account.balance)
        names = {body.uuid: name for name, body in books.bodies.items()}
        for (uuid, unit), by_lender in pool.owed(territory_id=books.territory.pk).items():
            if owed := sum(by_lender.values()):
                name = names[uuid]
                lacking = max(0, owed - books.balance(name, unit))
                more = [{**line_of("QUOTA_ADD", name, "", lacking), "unit": unit}] if lacking else []
                self.carry(*more, {**line_of("POOL_RETURN", name, "", owed), "unit": unit})
        for account in self.rest("VACANT"):
            op = "LEADER_CUT" if account.unit in LeaderLevel.values else "QUOTA_CUT"
            self.carry({**line_of(op, names[account.body.uuid], "", account.balance), "unit": account.unit})
        for name in sorted(books.bodies, key=lambda name: "办公室" not in name):
            self.carry({"op": "ABOLISH", "body": name})

    def rest(self, compartment: str) -> list[Account]:
        """Return what bodies still have in a compartment, organ places apart."""
        rows = Account.objects.filter(territory=self.books.territory, holder="BODY", compartment=compartment)
        rows = rows.exclude(unit__in=("PSU", "STREET", "INNER", "GOVERNMENT_ORGAN"))
        return list(rows.filter(balance__gt=0).select_related("body"))

    def carry(self, *lines: dict) -> None:
        case = self.books.case(*lines)
        self.books.decide(case)
        self.books.issue(case, days=0)


def line_of(op: str, body: str, other: str, n: int) -> dict[str, Any]:
    """Write a line of posts as an office would."""
    line: dict[str, Any] = {"op": op, "body": body, "unit": DEPUTY if op == "LEADER_ADD" else FULL, "n": n}
    if op in ("POOL_GROW", "POOL_SHRINK"):
        del line["body"]
    if op == "QUOTA_TRANSFER":
        line |= {"counterpart": other if other != body else "丁局", "params": {"people": n // 2}}
    return line


def _one(rows: Any, which: int) -> list[Any]:
    found = list(rows.select_related("account__body") if rows.model is Permit else rows)
    return found[which % len(found) :][:1] if found else []


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_every_compartment_of_every_body_can_reach_zero(db: None, acts: list[tuple]) -> None:
    with transaction.atomic():
        office = Office()
        for act in acts:
            office.act(*act)
        assert [*audit_permits.committed(), *audit_ledger.balances()] == []
        office.drain()
        left = Account.objects.filter(territory=office.books.territory, holder="BODY").exclude(balance=0)
        assert [(row.key, row.balance) for row in left] == []
        assert [*audit_permits.committed(), *audit_ledger.balances()] == []
        transaction.set_rollback(True)
