"""The monthly comparison of headcounts: the register's own beside those of the other offices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef

from proposals.ledger import balances
from proposals.ledger.models import HeadcountReport
from proposals.organisation.bodies import BodyVersion
from proposals.procedure.entries import Entry
from proposals.register.lifecycle import RegisterStep
from proposals.vocabulary import UNIT_LABELS, QuotaType

if TYPE_CHECKING:
    from proposals.organisation.people import Territory


@dataclass(frozen=True, slots=True)
class Compared:
    """One type of one body: our number at the end of the month and theirs by source."""

    body: UUID
    name: str
    unit: str
    label: str
    ours: int
    theirs: Mapping[str, int]

    @property
    def differs(self) -> bool:
        """Whether any office counts otherwise."""
        return any(n != self.ours for n in self.theirs.values())

    @property
    def told(self) -> str:
        """What differs, in words."""
        sources = dict(HeadcountReport.Source.choices)
        parts = [f"{sources[s]}{'多' if n > self.ours else '少'}{abs(n - self.ours)}" for s, n in self.theirs.items()
                 if n != self.ours]  # fmt: skip
        return "、".join(parts) or ("一致" if self.theirs else "未核对")


def last_day(*, month: date) -> date:
    """Return the last day of a month: the day on which both sides count."""
    following = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1, day=1)
    return date.fromordinal(following.toordinal() - 1)


def compare(*, territory: Territory, month: date, as_of: date) -> list[Compared]:
    """Return every body and type with people or posts on the last day of the month, with what others count.

    What others counted was known from the day on which it was entered.
    """
    last = last_day(month=month)
    numbers = balances.standing(territory=territory, as_of=last)
    reports: dict[tuple[int, str], dict[str, int]] = {}
    known = Entry.objects.filter(hash=OuterRef("entry_hash"), step=RegisterStep.RECONCILE, happened_on__lte=as_of)
    for report in HeadcountReport.objects.filter(Exists(known), territory=territory, month=month.replace(day=1)):
        reports.setdefault((report.body_id, report.unit), {})[report.source] = report.count
    versions = BodyVersion.objects.standing(on=last).filter(body__territory=territory).select_related("body")
    return [
        Compared(
            version.body.uuid, version.name, unit, UNIT_LABELS[unit], numbers[version.body_id, unit].actual,
            reports.get((version.body_id, unit), {}),
        )
        for version in versions.order_by("body__code")
        for unit in QuotaType.values
        if (version.body_id, unit) in numbers
    ]  # fmt: skip
