"""How the registers beside the ledger come in from a data file, and what they add up to as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from proposals.models.establishment import Body
from proposals.models.organisation import Territory
from proposals.models.sideregisters import (
    Borrowed,
    DutyItem,
    DutyList,
    Pledge,
    ProblemItem,
    ReportedFigure,
    Seconded,
)

DAYS = ("since", "until", "due_on", "closed_on", "claimed_on")


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


def enter(*, territory: Territory, facts: Mapping[str, Any]) -> None:
    """Write every row of a data file; a grouped problem becomes one account each."""
    bodies = {body.code: body for body in territory.bodies.all()}
    usual = {"territory": territory, "since": date.fromisoformat(facts["on"]), "paper": facts["paper"]}
    names = {code: name_of(body, on=usual["since"]) for code, body in bodies.items()}
    ProblemItem.objects.bulk_create(_problems(facts["problems"], usual, bodies, names))
    for row in facts["duty_lists"]:
        own = {name: value for name, value in row.items() if name not in ("items", "body")}
        duty_list = DutyList.objects.create(**{**usual, **own}, body=bodies.get(row.get("body")))
        DutyItem.objects.bulk_create(
            DutyItem(**{**usual, **_dated(item)}, duty_list=duty_list) for item in row["items"]
        )
    Pledge.objects.bulk_create(Pledge(**{**usual, **_dated(row)}) for row in facts["pledges"])
    Seconded.objects.bulk_create(
        Seconded(**{**usual, **_dated(row), "place": bodies[row["place"]]}) for row in facts["seconded"]
    )
    Borrowed.objects.bulk_create(
        Borrowed(**{**usual, **_dated(row), "lender": bodies[row["lender"]]}) for row in facts["borrowed"]
    )
    ReportedFigure.objects.bulk_create(ReportedFigure(**{**usual, **_dated(row)}) for row in facts["figures"])


def _problems(
    rows: Iterable[Mapping[str, Any]], usual: Mapping[str, Any], bodies: Mapping[str, Body], names: Mapping[str, str]
) -> list[ProblemItem]:
    numbers: dict[str, int] = {}
    items = []
    for row in rows:
        own = {name: value for name, value in _dated(row).items() if name not in ("prefix", "count")}
        for _ in range(row["count"]):
            number = numbers[row["prefix"]] = numbers.get(row["prefix"], 0) + 1
            facts = {**usual, **own, "body": bodies[row["body"]], "body_name": names[row["body"]], "excess": 1}
            items.append(ProblemItem(**facts, number=f"{row['prefix']}{number:02}"))
    return items


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(value) if name in DAYS and value else value for name, value in row.items()}


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
