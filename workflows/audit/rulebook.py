"""What rulebooks' chains say of the law and of appointments, held against the rows that count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, QuerySet

from proposals.law.changes import RulebookStep
from proposals.law.models import Provision
from proposals.models import Appointment, Entry, Membership, Rulebook, RuleChange
from proposals.procedure import chronicle
from proposals.rulebook import profiles, standing_law
from proposals.rulebook.lifecycle import RULEBOOK_STEPS
from proposals.rulebook.standing_law import TABLES
from proposals.rulebook.steps.settling import provision
from workflows.audit.committee import seats

Status = RuleChange.Status
SETTLING: Mapping[str, RuleChange.Status] = {
    RulebookStep.CONFIRM_CHANGE: Status.CONFIRMED,
    RulebookStep.DECLINE_CHANGE: Status.DECLINED,
}
# A row's identity and link are its own; its last day is set by the changes that follow it.
NOT_TOLD = ("id", "uuid", "change", "until")
LABELS: Mapping[str, str] = {row.step: row.label.removeprefix("拟定") for row in RULEBOOK_STEPS}


def rulebook(one: Rulebook, entries: Sequence[Entry], bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Check every change against the entries that drew it up and settled it, then every row against its change."""
    changes = {str(change.uuid): change for change in RuleChange.objects.filter(territory=one.territory)}
    told: dict[str, Mapping[str, Any]] = {}
    settled: dict[str, Mapping[str, Any]] = {}
    for body in bodies:
        (settled if body["step"] in SETTLING else told)[body["facts"]["change"]] = body
    for name in sorted(told.keys() - changes.keys()):
        yield f"变更{name}记入了办理记录，现已不存在"
    sound = []
    for name, change in changes.items():
        faults = list(_as_told(change, told.get(name), settled.get(name)))
        yield from (f"{_named(change)}{fault}" for fault in faults)
        if not faults and change.status == Status.CONFIRMED:
            sound.append(change)
    order = {name: place for place, name in enumerate(settled)}
    sound.sort(key=lambda change: order[str(change.uuid)])
    yield from _rows(one, sound)
    yield from _people(sound)
    yield from (f"{_named(change)}{fault}" for change, fault in seats.terms(sound))


def _named(change: RuleChange) -> str:
    return f"变更「{change.reason}」（{change.uuid}）"


def _as_told(change: RuleChange, drawn: Mapping[str, Any] | None, settled: Mapping[str, Any] | None) -> Iterator[str]:
    """Say where a change differs from the entries that drew it up and settled it."""
    if drawn is None:
        yield "没有拟定的办理记录"
        return
    content = dict(change.content)
    rows = content.pop("rows", None)
    facts = {**content, "change": str(change.uuid), "reason": change.reason}
    if (drawn["step"], drawn["facts"]) != (change.table, chronicle.primitive(facts)):
        yield "的内容与办理记录不符"
    elif rows is not None and profiles.digest(rows) != content["digest"]:
        yield "的条目与办理记录的校验值不符"
    if drawn["actor"]["id"] != str(change.drawn_by.uuid):
        yield "的拟定人与办理记录不符"
    status = SETTLING[settled["step"]] if settled else Status.WAITING
    if change.status != status:
        yield f"现为{change.get_status_display()}，办理记录为{status.label}"
    by = change.settled_by
    if settled and (by is None or settled["actor"]["id"] != str(by.uuid)):
        yield "的复核人与办理记录不符"
    if settled and settled["facts"].get("remark", "") != change.remark:
        yield "的复核意见与办理记录不符"


def _rows(one: Rulebook, confirmed: Sequence[RuleChange]) -> Iterator[str]:
    """Say which rows of the law are not what confirmed changes made of them."""
    made = {change.pk: _made(change) for change in confirmed}
    ends = _ends(confirmed)
    own = {change.pk: change.content.get("until") for change in confirmed if change.table in TABLES}
    for step, table in TABLES.items():
        for row in table.objects.filter(territory=one.territory).order_by("pk"):
            place, content = f"{LABELS[step]}「{row}」（{row.uuid}）", _content(row)
            wanted = made.get(row.change_id or 0)
            if wanted is None:
                yield f"{place}没有两人办理的变更"
            elif wanted[content]:
                wanted[content] -= 1
            else:
                yield f"{place}与所据变更不符"
            if _iso(row.until) != ends.get(str(row.uuid), own.get(row.change_id or 0)):
                yield f"{place}的废止日期没有相应的变更"
    for change in confirmed:
        if missing := sum(made[change.pk].values()):
            yield f"{_named(change)}形成的条目缺少{missing}条"


def _made(change: RuleChange) -> Counter[str]:
    """Return the contents of the rows that a change made."""
    rows: list[Provision] = []
    if change.table in TABLES:
        rows = [provision(change)]
    elif change.table == RulebookStep.ADOPT_PROFILE:
        since = date.fromisoformat(change.content["since"])
        rows = profiles.provisions(territory=change.territory, content=change.content["rows"], since=since)
    elif change.table == RulebookStep.TAKE_OVER_LAW:
        rows = standing_law.provisions(change.territory, change.content["rows"])
    return Counter(_content(row) for row in rows)


def _content(row: Model) -> str:
    """Return everything that a row of the law says, in one comparable text."""
    told = {
        field.attname: field.to_python(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in NOT_TOLD
    }
    return json.dumps({"table": row._meta.model_name, **told}, default=str, ensure_ascii=False, sort_keys=True)


def _ends(confirmed: Sequence[RuleChange]) -> dict[str, str]:
    """Return the last day of every row that a later change ended or followed, by the row's uuid."""
    ends: dict[str, str] = {}
    for change in confirmed:
        content = change.content
        if change.table == RulebookStep.TAKE_OVER_LAW:
            taken = (row for own in content["rows"].values() for row in own)
            ends |= {row["uuid"]: row["until"] for row in taken if row["until"]}
        elif change.table == RulebookStep.END_PROVISION:
            ends[content["row"]] = content["until"]
        elif change.table in TABLES and content.get("row"):
            ends[content["row"]] = (date.fromisoformat(content["since"]) - timedelta(days=1)).isoformat()
    return ends


def _people(confirmed: Sequence[RuleChange]) -> Iterator[str]:
    """Say which appointments and seats that changes made are not there as they were made."""
    for change in confirmed:
        content = change.content
        kept: QuerySet[Any]
        if change.table == RulebookStep.APPOINT:
            path, unit = content.get("path") or change.territory.path, content.get("unit", "")
            kept = Appointment.objects.filter(duty=content["duty"], path=path, unit=unit)
        elif change.table == RulebookStep.SEAT_MEMBER:
            role, order, unit = content["role"], content["order"], content.get("unit", "")
            kept = Membership.objects.filter(term__territory=change.territory, role=role, order=order, unit=unit)
        else:
            continue
        if not kept.filter(person__uuid=content["person"], since=content["since"]).exists():
            yield f"{_named(change)}形成的任职已不存在或被改动"


def last_days() -> Iterator[str]:
    """Say whose duty, seat or term ends on a day that no confirmed change set, and who holds two seats."""
    confirmed = list(RuleChange.objects.filter(status=Status.CONFIRMED).order_by("settled_at", "pk"))
    told = [one.content for one in confirmed if one.table == RulebookStep.APPOINT and one.content.get("until")]
    given = {(one["person"], one["duty"], one["since"], one["until"]) for one in told}
    ended = {
        one.content["appointment"]: one.content["until"]
        for one in confirmed
        if one.table == RulebookStep.END_APPOINTMENT
    }
    for post in Appointment.objects.select_related("person").order_by("pk"):
        until = _iso(post.until)
        as_appointed = (str(post.person.uuid), post.duty, post.since.isoformat(), until) in given
        if until != ended.get(str(post.pk)) and not (as_appointed and str(post.pk) not in ended):
            yield f"任职「{post}」的截止日期没有相应的变更。"
    yield from seats.committee()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def founded() -> tuple[int, int]:
    """Return how many appointments and seats no change made: they came when a territory was founded."""
    confirmed = RuleChange.objects.filter(status=Status.CONFIRMED)
    made = Counter(confirmed.values_list("table", flat=True))
    seated = sum(len(one.content["members"]) for one in confirmed.filter(table=RulebookStep.OPEN_TERM))
    return (
        Appointment.objects.count() - made[RulebookStep.APPOINT],
        Membership.objects.count() - made[RulebookStep.SEAT_MEMBER] - seated,
    )
