"""The only place where stories open a district's register by its own step and carry cases the whole way to the city."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from proposals.ledger import balances
from proposals.ledger.balances import NOTHING, Standing
from proposals.models import Account, Body, BodyVersion, Proposal
from tests import builders
from tests.committee.chamber import CHAIR, Chamber
from tests.papers_bound import road
from workflows.jobs.worker import drain

OPENED = "2026-01-01"


class Life(Chamber):
    """An office with its committee, a register opened by its own step, and roads for whole cases."""

    def enter_opening(
        self, bodies: Sequence[Mapping[str, Any]], totals: Mapping[str, int], problems: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        """Open the register: bodies with `posts` {unit: (approved, actual[, approved but not filled])}."""
        rows = [
            {
                "code": one["code"], "name": one["name"], "category": one.get("category", "PSU"),
                "rank": one.get("rank", 30), "opened_on": OPENED, "paper": "期初登记", "parent": one.get("parent", ""),
            }
            for one in bodies
        ]  # fmt: skip
        quotas = [
            {"body": one["code"], "unit": unit, **dict(zip(("approved", "actual", "committed"), numbers, strict=False))}
            for one in bodies
            for unit, numbers in one.get("posts", {}).items()
        ]
        self.office.enter(
            "import_opening", "bianban1", on=OPENED, paper="期初登记", totals=dict(totals), bodies=rows, quotas=quotas,
            problems=list(problems),
        )  # fmt: skip

    def named(self, name: str) -> Body:
        """Return the body that bears a name now."""
        return BodyVersion.objects.select_related("body").get(name=name, valid_to=None).body

    def numbers(self, name: str, unit: str, on: date | None = None) -> Standing:
        """Return what stands at a body on a day, today by default."""
        body = self.named(name)
        day = on or self.office.now.date()
        found = balances.standing(territory=self.office.district, as_of=day, bodies=[body])
        return found.get((body.pk, unit), NOTHING)

    def total(self, unit: str, on: date | None = None) -> int:
        """Return what the district has in all of a unit."""
        found = balances.totals(territory=self.office.district, as_of=on or self.office.now.date())
        return found.get(unit, (0, None))[0]

    def pool(self, unit: str, compartment: str = "VACANT") -> int:
        """Return what the district's pool has of a unit in a compartment."""
        rows = Account.objects.filter(territory=self.office.district, holder="POOL", unit=unit, compartment=compartment)
        return sum(rows.values_list("balance", flat=True))

    def draft(self, kind: str, *lines: Mapping[str, Any], **fields: Any) -> Proposal:
        """Draft a case; lines name bodies by their names."""
        given = []
        for line in lines:
            ends = {
                end: self.named(line[end]).uuid for end in ("body", "counterpart") if isinstance(line.get(end), str)
            }
            given.append({"requested": 1, **line, **ends})
        return builders.draft(self.office, kind, given, **fields)

    def argued(self, case: Proposal) -> Proposal:
        """Take the case in and argue it."""
        office, number = self.office, f"2026-{Proposal.objects.exclude(number='').count() + 1}"
        office.take(case, "send_to_office", "bianban1")
        office.take(case, "register_incoming", "bianban1", incoming_number=number)
        office.take(case, "accept", "bianban1", checks_passed=True)
        office.take(case, "finish_argument", "bianban1", conclusion="建议提请区委编委审议。")
        return road.now(case)

    def proposed(self, case: Proposal, *, consult: bool = False) -> Proposal:
        """Bring the argued case before the chair, after consulting the city where it decides."""
        if consult:
            road.consulted(self.office, case)
        return road.scheduled(self.office, case)

    def decided(self, *cases: Proposal, **dissent: str) -> None:
        """Let eight of nine members come, agree without objection but those named, and sign the minutes."""
        self.plan()
        items = [self.put(case, reporter="区委编办主任") for case in cases]
        self.call()
        self.open([one for one in (CHAIR, *(f"bianwei{n}" for n in range(2, 8)), "zhuren")])
        for item in items:
            self.decide(item, dissent=dissent)
        self.sign()

    def referred(self, case: Proposal) -> None:
        """Lay the case before the Party committee, which agrees."""
        self.office.take(case, "refer_to_party_committee", "bianban1")
        self.office.take(case, "record_party_committee", "bianban1", meeting="区委常委会2026年第9次会议")

    def filed(self, case: Proposal) -> Proposal:
        """Make the package and send it up; the city takes it in."""
        if road.now(case).state != "DISPATCHING":
            self.office.take(case, "prepare_filing", "bianban1")
        paper = "qingshi" if road.now(case).filing_mode == "APPROVE" else "beian"
        road.numbered(self.office, case, paper)
        road.sealed(self.office, case)
        drain()
        return road.filed(self.office, case)

    def replied_on_paper(self, *acts: tuple[Proposal, str, Mapping[str, Any]], number: str, on: date) -> None:
        """Enter the city's reply on paper and let a second person confirm it."""
        record = str(uuid.uuid4())
        listed = [
            {"kind": "case", "subject": str(case.uuid), "step": step, "facts": {"number": number, **facts}}
            for case, step, facts in acts
        ]
        self.office.enter(
            "record_on_behalf", "bianban1", record=record, title="市委编委批复", number=number, acts=listed,
            on_behalf_of="市委编办", happened_on=on, evidence=("b" * 64,),
        )  # fmt: skip
        self.office.enter("confirm_record", "bianban2", record=record)
