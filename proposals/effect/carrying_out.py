"""How a founding paper takes effect: register, ledger and the registers beside it change as the plan showed, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError

from proposals.effect import names, permits, reservations, side_writes
from proposals.effect.reservations import LedgerRefused
from proposals.ledger import periods
from proposals.organisation.bodies import Body, BodyVersion, Succession
from proposals.plan import trial
from proposals.plan.loading import FACTS, load
from proposals.plan.sheet import FactChange, Sheet

if TYPE_CHECKING:
    from proposals.case.models import Proposal
    from proposals.procedure.entries import Entry


def apply(*, case: Proposal, entry: Entry, paper: str, effective_on: date, permitted_until: date | None = None) -> None:
    """Carry the lines out with their granted values: facts of bodies, rows beside the ledger, then the ledger itself.

    Posts that a line lets be used stand on a permit of the same paper, until `permitted_until` or the usual day.
    Raises LedgerRefused when something is missing, when the day is closed, or lies before an earlier change of a body.
    """
    if refusal := periods.objection(territory_id=case.territory_id, day=effective_on, what="生效日期"):
        raise LedgerRefused(refusal)
    lines = trial.lines_of(case)
    sheet = load(territory_id=case.territory_id, lines=lines, as_of=effective_on, case=case.uuid, locked=True)
    trial.try_out(sheet=sheet, lines=lines)
    if sheet.shortfalls:
        raise LedgerRefused(shortfalls=sheet.shortfalls)
    _write_facts(sheet, case=case, entry=entry, paper=paper, effective_on=effective_on)
    side_writes.write(sheet=sheet, case=case, entry=entry, paper=paper, effective_on=effective_on)
    reservations.post(sheet=sheet, case=case, entry=entry, paper=paper, effective_on=effective_on)
    if permits.uses_posts(case):
        until = permitted_until or permits.last_day(case=case, effective_on=effective_on, on=entry.happened_on)
        permits.give(sheet=sheet, case=case, entry=entry, number=paper, issued_on=effective_on, expires_on=until)


def _write_facts(sheet: Sheet, *, case: Proposal, entry: Entry, paper: str, effective_on: date) -> None:
    """Write every change of the sheet: bodies opened, versions followed by versions, bodies closed, successions."""
    ops: dict[UUID, str] = {}
    for change in sheet.changes:
        if change.how == "OPEN":
            _open_body(sheet, change, case, effective_on)
        if change.how != "SUCCEED":
            ops.setdefault(change.body, change.op)
    closed = {change.body for change in sheet.changes if change.how == "CLOSE"}
    standing = {version.body.uuid: version for version in _standing(sheet, ops)}
    renamed = {
        body: sheet.facts[body]
        for body in ops
        if body not in closed and (body not in standing or standing[body].name != sheet.facts[body]["name"])
    }
    names.claim(territory_id=case.territory_id, facts=renamed, changing=set(ops), on=effective_on)
    # All that stood ends before anything new begins: bodies that change places are never in a circle meanwhile.
    for body in ops:
        if body in standing:
            _end(standing[body], effective_on)
    for body, op in ops.items():
        if body not in closed:
            _begin(sheet, body, op, entry=entry, paper=paper, effective_on=effective_on)
    Body.objects.filter(pk__in=[sheet.body_ids[body] for body in closed]).update(closed_on=effective_on)
    for change in sheet.changes:
        if change.how == "SUCCEED":
            _succeed(sheet, change, entry=entry, paper=paper, on=effective_on)


def _standing(sheet: Sheet, changed: Iterable[UUID]) -> Iterable[BodyVersion]:
    """Return the newest version of every body that changes."""
    ids = [sheet.body_ids[body] for body in changed]
    return BodyVersion.objects.filter(body__in=ids, valid_to=None).select_related("body")


def _open_body(sheet: Sheet, change: FactChange, case: Proposal, effective_on: date) -> None:
    code = change.values["code"] or f"{case.territory.site_code}-{str(change.body)[:8]}"
    body = Body.objects.create(uuid=change.body, territory_id=case.territory_id, code=code, opened_on=effective_on)
    sheet.body_ids[change.body] = body.pk


def _end(version: BodyVersion, on: date) -> None:
    if version.valid_from > on:
        raise LedgerRefused(
            f"{version.name}在{version.valid_from.isoformat()}已有变动登记，生效日期不得早于该日，请改正生效日期。"
        )
    version.valid_to = on
    version.save(update_fields=["valid_to"])


def _begin(sheet: Sheet, body: UUID, op: str, *, entry: Entry, paper: str, effective_on: date) -> None:
    facts = {name: value for name, value in sheet.facts[body].items() if name in FACTS}
    try:
        BodyVersion.objects.create(
            body_id=sheet.body_ids[body], parent_id=_body_id(sheet, sheet.facts[body].get("parent")),
            valid_from=effective_on, change=op, paper=paper, entry_hash=entry.hash, recorded_at=entry.at, **facts,
        )  # fmt: skip
    except IntegrityError as error:
        if "BODY_UNDER_ITSELF" not in str(error):
            raise
        # Another case moved a body at the same moment; the database saw both.
        raise LedgerRefused(f"{sheet.name(body)}将隶属于自身的下属机构，请刷新页面核对隶属关系后重新办理。") from error


def _body_id(sheet: Sheet, body: UUID | None) -> int | None:
    """Return a body's key; a superior that no line concerns is looked up."""
    if body is None:
        return None
    return sheet.body_ids.get(body) or Body.objects.values_list("pk", flat=True).get(uuid=body)


def _succeed(sheet: Sheet, change: FactChange, *, entry: Entry, paper: str, on: date) -> None:
    Succession.objects.create(
        predecessor_id=sheet.body_ids[change.body],
        successor_id=sheet.body_ids[change.values["successor"]],
        how=change.values["by"],
        on=on,
        paper=paper,
        entry_hash=entry.hash,
    )
