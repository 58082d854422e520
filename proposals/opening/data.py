"""How an opening balance that was found without fault is entered: bodies, problem items, the first posting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from proposals.effect import permits
from proposals.ledger.models import Compartment
from proposals.ledger.opening import OpeningRow, open_balance
from proposals.ledger.places import at_body
from proposals.opening.faults import NUMBERS
from proposals.organisation.bodies import Body, BodyVersion
from proposals.side_registers.models import ProblemItem
from proposals.vocabulary import UNIT_LABELS

if TYPE_CHECKING:
    from proposals.organisation.people import Territory
    from proposals.procedure.entries import Entry


def body_uuid(*, territory: UUID, code: str) -> UUID:
    """Return the uuid that a code stands for in a territory: the same in every import."""
    return uuid5(territory, code)


def summary(*, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the facts would enter, in the office's words: bodies, problems, and every type with its sums."""
    sums: dict[str, list[int]] = {}
    for row in facts["quotas"]:
        both = sums.setdefault(row["unit"], [0, 0])
        both[0] += row["approved"]
        both[1] += row["actual"]
    told = [("机构", f"{len(facts['bodies'])} 个"), ("问题台账", f"{len(facts['problems'])} 条")]
    return told + [
        (UNIT_LABELS[unit], f"核定 {approved} · 实有 {actual} · 总量 {facts['totals'].get(unit, '不设')}")
        for unit, (approved, actual) in sums.items()
    ]


def enter(*, territory: Territory, facts: Mapping[str, Any], entry: Entry) -> None:
    """Write bodies, problems and the opening posting; the facts were found without fault."""
    on = date.fromisoformat(facts["on"])
    bodies = _enter_bodies(territory, facts, entry)
    ProblemItem.objects.bulk_create(problems_meant(territory=territory, facts=facts, entry_hash=entry.hash))
    rows = [OpeningRow(bodies[row["code"]], row["category"], 1, 1) for row in facts["bodies"]]
    rows += [
        OpeningRow(bodies[row["body"]], row["unit"], *(row.get(name, 0) for name in NUMBERS))._replace(
            lent=row.get("lent") or 0
        )
        for row in facts["quotas"]
    ]
    open_balance(
        territory_id=territory.pk, totals=dict(facts["totals"]), rows=rows, entry=entry, paper=facts["paper"], on=on,
        talent=dict(facts.get("talent") or {}),
    )  # fmt: skip
    said = {
        at_body(bodies[row["body"]].uuid, row["unit"], Compartment.COMMITTED): row
        for row in facts["quotas"]
        if row.get("committed")
    }
    committed = {place: row["committed"] for place, row in said.items()}
    permits.open_with(
        territory=territory, committed=committed, said=said, entry=entry, paper=facts["paper"], on=on
    )  # fmt: skip


FIELDS = (
    "name", "short_name", "rank", "category", "credit_code", "welfare_class", "funding", "plates", "duties", "tags",
    "end_condition",
)  # fmt: skip


def _enter_bodies(territory: Territory, facts: Mapping[str, Any], entry: Entry) -> dict[Any, Body]:
    Body.objects.bulk_create(
        Body(
            uuid=body_uuid(territory=territory.uuid, code=row["code"]), territory=territory, code=row["code"],
            opened_on=date.fromisoformat(row["opened_on"]),
        )
        for row in facts["bodies"]
    )  # fmt: skip
    bodies: dict[Any, Body] = {body.code: body for body in territory.bodies.all()}
    BodyVersion.objects.bulk_create(
        BodyVersion(
            body=bodies[row["code"]], parent=bodies.get(row.get("parent")), nature=row.get("nature") or "OTHER",
            valid_from=date.fromisoformat(row["opened_on"]), change="OPENING", paper=row["paper"],
            entry_hash=entry.hash, recorded_at=entry.at, **{name: row[name] for name in FIELDS if row.get(name)},
        )
        for row in facts["bodies"]
    )  # fmt: skip
    return bodies


def problems_meant(*, territory: Territory, facts: Mapping[str, Any], entry_hash: str) -> list[ProblemItem]:
    """Return the problem items that the facts of an opening mean, in their order; nothing is written."""
    bodies = {body.code: body for body in territory.bodies.all()}
    return [
        ProblemItem(
            territory=territory, number=row["number"], batch=row.get("batch", "期初登记"),
            body=bodies.get(row.get("body")), topic=row["topic"], problem=row["problem"], unit=row.get("unit", ""),
            body_name=row.get("body_name") or row.get("body") or "", excess=row.get("excess") or 0,
            since=date.fromisoformat(row.get("since") or facts["on"]), paper=row.get("paper") or facts["paper"],
            measure=row.get("measure", ""), entry_hash=entry_hash,
        )
        for row in facts["problems"]
    ]  # fmt: skip
