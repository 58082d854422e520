"""What chains say of the ledger, held against its rows; and the ledger held against itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F, Q, Sum
from django.db.models.functions import TruncDate

from proposals.case import snapshots
from proposals.case.lifecycle import CaseStep
from proposals.case.steps.book import STEPS
from proposals.case.values import in_force
from proposals.ledger.balances import broken_closings
from proposals.ledger.periods import broken_periods
from proposals.models import Account, ChangeOp, ClosedPeriod, DayTotal, Entry, Movement, Posting, Proposal, Register
from proposals.opening.faults import NUMBERS
from proposals.procedure.steps import having
from proposals.procedure.traits import Trait
from proposals.register.lifecycle import RegisterStep
from workflows.audit.bodies import accepted, holds

KINDS: Mapping[str, tuple[str, ...]] = {
    Posting.Kind.OPENING: (RegisterStep.IMPORT_OPENING,),
    Posting.Kind.GRANT: (RegisterStep.ENTER_GRANT,),
    Posting.Kind.HOLD: having(STEPS, Trait.HOLD, Trait.ADJUST),
    Posting.Kind.RELEASE: having(STEPS, Trait.RELEASE),
    Posting.Kind.POST: having(STEPS, Trait.POST, Trait.PERMIT),
    Posting.Kind.ENROL: (RegisterStep.ENROL,),
    Posting.Kind.LEAVE: (RegisterStep.LEAVE,),
    Posting.Kind.EXPIRE: (RegisterStep.EXPIRE_PERMIT,),
    Posting.Kind.HAND_BACK: (RegisterStep.HAND_BACK_PERMIT,),
    Posting.Kind.REVERSAL: (RegisterStep.CORRECT_POSTING,),
}
# A line of these moves exactly its number, once.
COUNTED = (
    ChangeOp.QUOTA_ADD, ChangeOp.QUOTA_CUT, ChangeOp.QUOTA_TRANSFER, ChangeOp.LEADER_ADD, ChangeOp.LEADER_CUT,
    ChangeOp.LEADER_TRANSFER, ChangeOp.POOL_GROW, ChangeOp.POOL_SHRINK,
    ChangeOp.POOL_USE, ChangeOp.POOL_RETURN, ChangeOp.LEVEL_UP, ChangeOp.LEVEL_DOWN,
    ChangeOp.USE,
)  # fmt: skip
DECIDING = having(STEPS, Trait.HOLD)
UNDECIDING = (CaseStep.REARGUE, CaseStep.REOPEN_DECISION, CaseStep.RECORD_PARTY_DEFERRAL)


def postings(one: Any, entries: Sequence[Entry], bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Check every posting of a case or register against the entry it names, and every moving entry for its posting."""
    by_hash = {entry.hash: body for entry, body in zip(entries, bodies, strict=True)}
    rows = list(Posting.objects.filter(subject=one.uuid))
    for posting in rows:
        body = by_hash.get(posting.entry_hash)
        if body is None or body["step"] not in KINDS[posting.kind]:
            yield f"台账变动「{posting}」找不到相应的办理记录"
    posted = {posting.entry_hash for posting in rows}
    for entry, body in zip(entries, bodies, strict=True):
        if wanted := _of_register(body["step"], body["facts"]):
            yield from _moved_as_told(entry, body["facts"], wanted)
    if isinstance(one, Proposal):
        yield from _of_case(one, entries, bodies, posted)
    elif isinstance(one, Register):
        yield from _closed(one, entries, bodies)


def _closed(register: Register, entries: Sequence[Entry], bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Hold every closed period against the entry that closed it, and every such entry against its period."""
    rows = {period.entry_hash: period for period in ClosedPeriod.objects.filter(territory=register.territory_id)}
    for entry, body in zip(entries, bodies, strict=True):
        if body["step"] == RegisterStep.CLOSE_PERIOD:
            period, facts = rows.pop(entry.hash, None), body["facts"]
            if period is None or (period.through.isoformat(), period.digest) != (facts["through"], facts["digest"]):
                yield f"第{entry.seq}条（{entry.step}）与封存登记不符"
    yield from (f"{period}的登记找不到相应的办理记录" for period in rows.values())


def _of_register(step: str, facts: Mapping[str, Any]) -> dict[str, int]:
    """Return how many of each unit a step of the register moves in all, as its facts say."""
    if step in (RegisterStep.ENTER_GRANT, RegisterStep.ENROL, RegisterStep.LEAVE):
        return {facts["unit"]: facts["count"]}
    wanted: dict[str, int] = {}
    if step == RegisterStep.IMPORT_OPENING:
        wanted = {unit: total for unit, total in facts["totals"].items() if total}
        for row in facts["bodies"]:
            wanted[row["category"]] = wanted.get(row["category"], 0) + 1
        for row in facts["quotas"]:
            wanted[row["unit"]] = wanted.get(row["unit"], 0) + sum(row.get(name) or 0 for name in NUMBERS)
        for unit, n in (facts.get("talent") or {}).items():
            wanted[unit] = wanted.get(unit, 0) + n
    return {unit: n for unit, n in wanted.items() if n}


def _moved_as_told(entry: Entry, facts: Mapping[str, Any], wanted: Mapping[str, int]) -> Iterator[str]:
    rows = Movement.objects.filter(posting__entry_hash=entry.hash).order_by()
    moved = dict(rows.values_list("unit").annotate(n=Sum("n")))
    if moved != wanted:
        yield f"第{entry.seq}条（{entry.step}）登记的数额与台账变动不符"
    elif "body" in facts and rows.exclude(target__body__uuid=facts["body"]).exists():
        yield f"第{entry.seq}条（{entry.step}）的台账变动记在了别的单位"


def _of_case(
    case: Proposal, entries: Sequence[Entry], bodies: Sequence[Mapping[str, Any]], posted: set[str]
) -> Iterator[str]:
    told = {body["frozen"].get("snapshot") for body in bodies}
    for kept in case.rounds.all():
        if snapshots.digest_of(kept.snapshot) != kept.digest or kept.digest not in told:
            yield f"第{kept.n}次报送的内容与办理记录不符"
    values = replayed(case, bodies)
    for line in case.lines.all():
        for stage in values:
            now, then = getattr(line, stage), values[stage].get(str(line.uuid))
            compared = None not in (now, then) or stage == "granted_instead"
            if compared and now != then:
                yield f"第{line.position}项调整事项的数额为{now}，办理记录为{then}"
    issued = [entry for entry in entries if entry.step in KINDS[Posting.Kind.POST]]
    if issued:
        yield from _posted(case, issued[0], posted)
    yield from holds(case)
    yield from accepted(case)


def _posted(case: Proposal, issued: Entry, posted: set[str]) -> Iterator[str]:
    moved: dict[Any, int] = dict(
        Movement.objects.filter(posting__entry_hash=issued.hash, line__isnull=False)
        .order_by()
        .values_list("line")
        .annotate(n=Sum("n"))
    )
    lines = [line for line in case.lines.all() if line.op in COUNTED]
    if issued.hash not in posted and any(in_force.of(line) for line in lines):
        yield f"第{issued.seq}条（{issued.step}）没有相应的台账变动"
        return
    for line in lines:
        wanted = sum(share.n for share in in_force.of(line))
        if moved.get(line.uuid, 0) != wanted:
            yield f"第{line.position}项调整事项批准{wanted}，台账实际变动{moved.get(line.uuid, 0)}"


def replayed(case: Proposal, bodies: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Return the values of the lines as the chain tells them, by line: decided, granted, granted of another type."""
    requested = {str(line.uuid): line.requested for line in case.lines.all() if line.requested is not None}
    nothing = ("decided", "granted", "granted_instead")
    values: dict[str, dict[str, int]] = {stage: {} for stage in nothing}
    for body in bodies:
        facts = body["facts"]
        if body["step"] in DECIDING:
            values["decided"] = {**requested, **(facts.get("values") or {})}
        elif body["step"] == CaseStep.RECORD_PARTY_COMMITTEE:
            values["decided"] |= facts.get("values") or {}
        elif body["step"] in UNDECIDING:
            values = {stage: {} for stage in nothing}
        elif body["step"] in (CaseStep.CITY_APPROVE, CaseStep.CITY_RECORD):
            values["granted"] = {**values["decided"], **(facts.get("granted") or {})}
            values["granted_instead"] = {line: one["n"] for line, one in (facts.get("instead") or {}).items()}
        elif body["step"] == CaseStep.CITY_REJECT:
            values["granted"] = dict.fromkeys(requested, 0)
    return values


def balances() -> Iterator[str]:
    """Say where what is kept of an account differs from the sum of its movements: in all, by day, by closed period."""
    incoming, outgoing = (
        dict(Movement.objects.order_by().values_list(end).annotate(n=Sum("n"))) for end in ("target", "source")
    )
    for account in Account.objects.order_by("pk").iterator(chunk_size=2000):
        total = incoming.get(account.pk, 0) - outgoing.get(account.pk, 0)
        if account.balance != total:
            yield f"台账账户{account.key}：登记数{account.balance}，各次变动合计{total}。"
    days: dict[tuple[int, Any], list[int]] = {}
    for place, end in enumerate(("target", "source")):
        for number, day, n in Movement.objects.order_by().values_list(end, "effective_on").annotate(n=Sum("n")):
            days.setdefault((number, day), [0, 0])[place] = n
    kept = {
        (account, day): [incoming, outgoing]
        for account, day, incoming, outgoing in DayTotal.objects.filter(
            Q(incoming__gt=0) | Q(outgoing__gt=0)
        ).values_list("account", "day", "incoming", "outgoing")
    }
    for number, day in sorted(days.keys() | kept.keys(), key=str):
        if days.get((number, day)) != kept.get((number, day)):
            yield f"台账账户{number}在{day}的日计与各次变动不符。"
    astray = Movement.objects.exclude(recorded_on=TruncDate("recorded_at"), recorded_at=F("posting__recorded_at"))
    for movement in astray:
        yield f"台账变动第{movement.pk}笔的登记日期与登记时间不符。"
    yield from broken_closings()
    yield from broken_periods()
