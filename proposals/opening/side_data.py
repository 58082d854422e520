"""How the registers beside the ledger come in from a data file: the rows that its facts mean, written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from proposals.organisation.bodies import Body
from proposals.organisation.people import Territory
from proposals.side_registers.models import (
    Borrowed,
    DutyItem,
    DutyList,
    Pledge,
    ProblemItem,
    ReportedFigure,
    Seconded,
    SideRow,
)
from proposals.side_registers.totals import name_of

if TYPE_CHECKING:
    from proposals.procedure.entries import Entry

DAYS = ("since", "until", "due_on", "closed_on", "claimed_on")


def enter(*, territory: Territory, facts: Mapping[str, Any], entry: Entry) -> None:
    """Write every row of a data file; each names the entry."""
    for table, rows in meant(territory=territory, facts=facts, entry_hash=entry.hash):
        table._default_manager.bulk_create(rows)


def meant(
    *, territory: Territory, facts: Mapping[str, Any], entry_hash: str
) -> Iterator[tuple[type[SideRow], Sequence[Any]]]:
    """Yield the rows that the facts mean, table by table in the order of writing; nothing is written."""
    bodies = {body.code: body for body in territory.bodies.all()}
    usual = {
        "territory": territory, "since": date.fromisoformat(facts["on"]), "paper": facts["paper"],
        "entry_hash": entry_hash,
    }  # fmt: skip
    names = {code: name_of(body, on=usual["since"]) for code, body in bodies.items()}
    yield ProblemItem, _problems(facts["problems"], usual, bodies, names)
    lists = [
        DutyList(**{**usual, **_own(row, "items", "body")}, body=bodies.get(row.get("body")))
        for row in facts["duty_lists"]
    ]
    yield DutyList, lists
    yield (
        DutyItem,
        [
            DutyItem(**{**usual, **_own(item)}, duty_list=duty_list)
            for duty_list, row in zip(lists, facts["duty_lists"], strict=True)
            for item in row["items"]
        ],
    )
    yield Pledge, [Pledge(**{**usual, **_own(row)}) for row in facts["pledges"]]
    yield Seconded, [Seconded(**{**usual, **_own(row), "place": bodies[row["place"]]}) for row in facts["seconded"]]
    yield Borrowed, [Borrowed(**{**usual, **_own(row), "lender": bodies[row["lender"]]}) for row in facts["borrowed"]]
    yield ReportedFigure, [ReportedFigure(**{**usual, **_own(row)}) for row in facts["figures"]]


def _problems(
    rows: Iterable[Mapping[str, Any]], usual: Mapping[str, Any], bodies: Mapping[str, Body], names: Mapping[str, str]
) -> list[ProblemItem]:
    """Return one account for each matter: a grouped row becomes as many as it counts."""
    numbers: dict[str, int] = {}
    items = []
    for row in rows:
        own = _own(row, "prefix", "count")
        for _ in range(row["count"]):
            number = numbers[row["prefix"]] = numbers.get(row["prefix"], 0) + 1
            facts = {**usual, **own, "body": bodies[row["body"]], "body_name": names[row["body"]], "excess": 1}
            items.append(ProblemItem(**facts, number=f"{row['prefix']}{number:02}"))
    return items


def _own(row: Mapping[str, Any], *without: str) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in DAYS and value else value
        for name, value in row.items()
        if name not in without
    }
