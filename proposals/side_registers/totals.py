"""What the registers beside the ledger add up to as of a day: claim rates, standing items, batches of problems."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from proposals.organisation.bodies import Body
from proposals.organisation.people import Territory
from proposals.side_registers.models import DutyItem, DutyList, ProblemItem


class ClaimRate(NamedTuple):
    """How much of a list was taken over: claimed of those that can be, against the rate that binds the list."""

    duty_list: DutyList
    claimed: int
    base: int
    unclaimable: int

    @property
    def permille(self) -> int:
        """The rate in tenths of a percent, rounded half up (41 of 99 → 414)."""
        return (2000 * self.claimed + self.base) // (2 * self.base) if self.base else 0

    @property
    def percent(self) -> str:
        """The rate as it is printed: 41.4%."""
        return f"{self.permille // 10}.{self.permille % 10}%"

    @property
    def falls_short(self) -> bool:
        """Whether the list is bound by a rate that it does not reach; an unbound list never does."""
        threshold = self.duty_list.threshold
        return threshold is not None and self.claimed * 100 < threshold * self.base

    @property
    def warning(self) -> str:
        """The sentence shown beside a list that falls short, or nothing."""
        if not self.falls_short:
            return ""
        short = f"承接率{self.percent}，低于{self.duty_list.threshold}%的要求"
        return f"{self.duty_list.title}：{self.base}项中承接{self.claimed}项，{short}。请核实承接条件，补充承接或说明原因。"


class Settled(NamedTuple):
    """A batch of problems: entered, closed and left on a day."""

    batch: str
    entered: int
    closed: int

    @property
    def left(self) -> int:
        """What is still open."""
        return self.entered - self.closed

    @property
    def percent(self) -> str:
        """The share closed, in whole percent."""
        return f"{100 * self.closed // self.entered if self.entered else 0}%"


def name_of(body: Body, *, on: date) -> str:
    """Return the name of a body on a day, or its code before it had one."""
    version = body.version(on=on)
    return version.name if version else body.code


def claim_rates(*, territory: Territory, on: date) -> list[ClaimRate]:
    """Return the claim rate of every power list on a day; lists that only count duties are left out."""
    rates = []
    lists = DutyList.objects.standing(on=on).filter(territory=territory, list_type="POWER").prefetch_related("items")
    for duty_list in lists:
        items = standing_items(duty_list=duty_list, on=on)
        claimed = sum(item.count for item in items if item.claimed(on=on))
        base = sum(item.count for item in items if item.claimable)
        rates.append(ClaimRate(duty_list, claimed, base, sum(item.count for item in items) - base))
    return rates


def standing_items(*, duty_list: DutyList, on: date) -> list[DutyItem]:
    """Return the duties of a list that stand on a day; its items were fetched with it."""
    return [item for item in duty_list.items.all() if item.since <= on and (item.until is None or item.until >= on)]


def batches(*, territory: Territory, on: date) -> list[Settled]:
    """Return what was entered and closed of every batch of problems by a day."""
    found: dict[str, tuple[int, int]] = {}
    rows = ProblemItem.objects.filter(territory=territory, since__lte=on).order_by("batch", "number")
    for batch, closed_on in rows.values_list("batch", "closed_on"):
        entered, closed = found.get(batch, (0, 0))
        found[batch] = entered + 1, closed + bool(closed_on and closed_on <= on)
    return [Settled(batch, *counts) for batch, counts in found.items()]
