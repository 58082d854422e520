"""The only place where ledger tests open a small register and draft cases on it, below the steps of the office."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from proposals.effect import carrying_out, reservations
from proposals.ledger import opening, periods
from proposals.ledger.opening import OpeningRow
from proposals.models import (
    Account,
    Body,
    BodyVersion,
    Borrowed,
    ChangeLine,
    ClosedPeriod,
    DutyItem,
    DutyList,
    Entry,
    Person,
    Pledge,
    ProblemItem,
    Proposal,
    Territory,
)
from proposals.plan import trial as plan
from proposals.vocabulary import BodyCategory, LeaderLevel, QuotaType, Rank

FULL, PARTIAL = QuotaType.PSU_FULL, QuotaType.PSU_PARTIAL
CHIEF, DEPUTY = LeaderLevel.SECTION_CHIEF, LeaderLevel.SECTION_DEPUTY
DAY = date(2026, 3, 2)


@dataclass
class Books:
    """A district with a few bodies; `on` is the day that tests move."""

    territory: Territory
    person: Person
    on: date = DAY
    bodies: dict[str, Body] = field(default_factory=dict)
    rows: dict[str, uuid.UUID] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))

    def entry(self, subject: uuid.UUID | None = None, happened_on: date | None = None) -> Entry:
        """Return what the ledger needs of a chronicle entry, written today of what happened today or earlier."""
        name = hashlib.sha256(str(next(self.numbers)).encode()).hexdigest()
        at = datetime(self.on.year, self.on.month, self.on.day, 9, tzinfo=timezone.get_default_timezone())
        return Entry(subject_id=subject or self.territory.uuid, hash=name, at=at, happened_on=happened_on or self.on)

    def body(self, name: str, *, category: str = BodyCategory.PSU, rank: int = Rank.SECTION, parent: str = "") -> Body:
        """Enter a body without posts."""
        body = Body.objects.create(territory=self.territory, code=f"T{next(self.numbers)}", opened_on=date(2019, 1, 1))
        BodyVersion.objects.create(
            body=body, name=name, category=category, rank=rank, valid_from=date(2019, 1, 1), change="OPENING",
            paper="期初登记", recorded_at=self.entry().at, parent=self.bodies.get(parent), duties=[f"{name}职责"],
        )  # fmt: skip
        self.bodies[name] = body
        return body

    def open(self, totals: Mapping[str, int], rows: Sequence[tuple[str, str, int, int]]) -> None:
        """Open the ledger: (body, unit, approved, actual), and one organ place for every body."""
        places = [(name, body.version(on=self.on).category, 1, 1) for name, body in self.bodies.items()]
        opening.open_balance(
            territory_id=self.territory.pk, totals=dict(totals), entry=self.entry(), paper="期初", on=date(2019, 1, 1),
            rows=[OpeningRow(self.bodies[name], unit, *numbers) for name, unit, *numbers in (*rows, *places)],
        )  # fmt: skip

    def case(self, *lines: Mapping[str, Any], kind: str = "OTHER") -> Proposal:
        """Draft a case; a line names bodies by name, `n` is what it asks for."""
        case = Proposal.objects.create(
            territory=self.territory, path=self.territory.path, title="测试事项", kind=kind, drafter=self.person,
            created_at=self.entry().at,
        )  # fmt: skip
        for position, given in enumerate(lines, start=1):
            values = {**given, "position": position}
            values["requested"] = values.pop("n", 1)
            for key in ("body", "counterpart"):
                if isinstance(values.get(key), str):
                    values[key] = self.bodies[values[key]]
            params = values.get("params") or {}
            if "row" in params:
                values["params"] = {**params, "row": str(self.rows[params["row"]]), "row_name": params["row"]}
            ChangeLine.objects.create(proposal=case, **values)
        return case

    def beside(self) -> None:
        """Enter a row in each of the registers beside the ledger; lines name them by the words used here."""
        usual: dict[str, Any] = {"territory": self.territory, "since": date(2020, 6, 30), "paper": "并列台账期初"}
        body = self.bodies["甲中心"]
        problem = ProblemItem.objects.create(
            number="2019-2-01", batch="第二批", body=body, body_name="甲中心", topic="OVER_POSTS", problem="超配1名",
            unit=DEPUTY, excess=1, **usual,
        )  # fmt: skip
        powers = DutyList.objects.create(
            code="P", list_type="POWER", title="赋权清单", body=self.bodies["丙街道"], **usual
        )
        claimable = DutyItem.objects.create(duty_list=powers, name="未承接事项", count=25, **usual)
        pledge = Pledge.objects.create(title="防汛责任状", form="PLEDGE", department="丁局", **usual)
        lent = Borrowed.objects.create(lender=self.bodies["丙街道"], borrower="丁局", count=3, **usual)
        named = {"problem": problem, "powers": powers, "claimable": claimable, "pledge": pledge, "lent": lent}
        self.rows = {word: row.uuid for word, row in named.items()}

    def decide(self, case: Proposal, *values: int, happened_on: date | None = None) -> None:
        """Take the decision: what the lines take is reserved; `values` are decided numbers line by line."""
        for line, value in zip(case.lines.order_by("position"), values, strict=False):
            case.lines.filter(pk=line.pk).update(decided=value)
        case.__dict__.pop("change_lines", None)
        reservations.hold(case=case, entry=self.entry(case.uuid, happened_on))

    def grant(self, case: Proposal, *values: int) -> None:
        """Enter what was granted, line by line."""
        for line, value in zip(case.lines.order_by("position"), values, strict=True):
            case.lines.filter(pk=line.pk).update(granted=value)
        case.__dict__.pop("change_lines", None)

    def issue(self, case: Proposal, *, on: date | None = None, days: int = 1) -> None:
        """Issue the founding paper some days later."""
        self.on += timedelta(days=days)
        entry = self.entry(case.uuid)
        carrying_out.apply(case=case, entry=entry, paper="海编发〔2026〕1号", effective_on=on or self.on)

    def close(self, through: date) -> ClosedPeriod:
        """Close the ledger through a day."""
        digest = periods.seal(territory_id=self.territory.pk, through=through)
        return periods.enter(territory_id=self.territory.pk, through=through, digest=digest, entry=self.entry())

    def plan(self, case: Proposal) -> plan.Plan:
        """Return the plan as of today."""
        return plan.of_case(case=case, as_of=self.on)

    def balance(self, name: str, unit: str, compartment: str = "VACANT") -> int:
        """Return what stands in a compartment of a body, or of POOL or CITY, over all cases."""
        owner = {"holder": name} if name in ("POOL", "CITY", "TALENT") else {"body": self.bodies[name]}
        rows = Account.objects.filter(territory=self.territory, unit=unit, compartment=compartment, **owner)
        return sum(account.balance for account in rows)

    def total(self, unit: str) -> int:
        """Return the district's total of a unit."""
        rows = Account.objects.filter(territory=self.territory, unit=unit).exclude(holder="CITY")
        return sum(account.balance for account in rows)


def found() -> Books:
    """Found a district with four bodies and an inner one, and open its ledger."""
    suffix = uuid.uuid4().hex[:8]
    territory = Territory.objects.create(
        path=f"/city/t{suffix}/", level="DISTRICT", name="测试区", office_name="编办", committee_name="编委",
        site_code="TST", profile="HAIBOWAN",
    )  # fmt: skip
    person = Person.objects.create_user(username=f"u{suffix}", name="经办", post="经办人")
    books = Books(territory=territory, person=person)
    books.body("甲中心")
    books.body("乙中心")
    books.body("丙街道", category=BodyCategory.STREET)
    books.body("丁局", category=BodyCategory.GOVERNMENT_ORGAN)
    books.body("丁局办公室", category=BodyCategory.INNER, parent="丁局", rank=Rank.SUB_SECTION)
    books.open(
        {FULL: 100, PARTIAL: 10, DEPUTY: 12, BodyCategory.GOVERNMENT_ORGAN: 2},
        [
            ("甲中心", FULL, 30, 28),
            ("甲中心", DEPUTY, 3, 2),
            ("乙中心", FULL, 20, 10),
            ("乙中心", PARTIAL, 5, 3),
            ("丙街道", FULL, 25, 25),
            ("丁局", DEPUTY, 4, 3),
        ],
    )
    return books
