"""What chains say of lent duties, held against the delegations that count; and duties that have no place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from proposals.case.lifecycle import CaseStep
from proposals.law.lawbook import Lawbook
from proposals.models import Appointment, Entry, Person, Proposal, Territory
from proposals.organisation.duty_places import clash, placed
from proposals.vocabulary import Duty
from workflows import access
from workflows.desks import lending
from workflows.models import Delegation


def delegations(case: Proposal, entries: Sequence[Entry], bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say which delegations of a case are not as they were lent, and which acts were done in no valid one."""
    rows = {str(row.uuid): row for row in Delegation.objects.filter(proposal=case).select_related("person", "lender")}
    told: dict[str, Mapping[str, Any]] = {}
    over: dict[str, Entry] = {}
    for entry, body in zip(entries, bodies, strict=True):
        named = body["facts"].get("delegation", "")
        if body["step"] == CaseStep.DELEGATE and named:
            told[named] = body
        if lender := body["frozen"].get("acting_for"):
            yield from _done(entry, body, lender, rows.get(lender["delegation"]), over.get(lender["delegation"]))
        if body["step"] == CaseStep.END_DELEGATION:
            over[named] = entry
    older = any(body["step"] == CaseStep.DELEGATE and "delegation" not in body["facts"] for body in bodies)
    for name in sorted(told.keys() - rows.keys()):
        yield f"第{told[name]['seq']}条所记的委托现已不存在"
    for name, row in rows.items():
        if name in told:
            yield from _as_told(row, told[name], over.get(name))
        elif not older:
            yield f"委托「{row}」没有委托的办理记录"


def _done(
    entry: Entry, body: Mapping[str, Any], lender: Mapping[str, str], row: Delegation | None, over: Entry | None
) -> Iterator[str]:
    """Say whether an act that names a lender was done in a delegation that counted on that day."""
    on = timezone.localdate(entry.at)
    said = (body["actor"]["id"], lender["id"], lender["duty"])
    fits = row and said == (str(row.person.uuid), str(row.lender.uuid), row.duty) and row.since <= on <= row.until
    if not fits or over is not None:
        yield f"第{entry.seq}条（{entry.step}）由{body['actor']['name']}代{lender['name']}办理，没有有效的委托"


def _as_told(row: Delegation, body: Mapping[str, Any], over: Entry | None) -> Iterator[str]:
    """Say where a delegation differs from the entry that made it, or was ended without one."""
    facts = body["facts"]
    then = (facts["person"], facts["duty"], facts["until"], body["actor"]["id"])
    if then != (str(row.person.uuid), row.duty, row.until.isoformat(), str(row.lender.uuid)):
        yield f"委托「{row}」与第{body['seq']}条办理记录不符"
    if over is not None and row.ended_at is None:
        yield f"委托「{row}」已经收回，现存仍为有效"


def outlived() -> Iterator[str]:
    """Name the delegations that have not run out and no longer count, and exceptions of guardian without one."""
    on = timezone.localdate()
    counting = set(lending.standing(on=on).values_list("pk", flat=True))
    open_ = Delegation.objects.filter(ended_at=None).select_related("person", "lender", "proposal")
    for row in open_.filter(until__gte=on).exclude(pk__in=counting):
        yield f"动议事项「{row.proposal}」：委托「{row}」已不再有效，原职责人或者受托人的职责已经变动，请收回。"
    known = {(str(row.proposal_id), row.person_id, access.permission(row.duty)) for row in open_}
    for case, person, codename in sorted(access.exceptions() - known):
        yield f"动议事项{case}：人员{person}的代办权限{codename}没有相应的委托。"


def misplaced() -> Iterator[str]:
    """Name the appointments that stand and have no place, and people who hold what excludes each other."""
    on = timezone.localdate()
    rows = Appointment.objects.select_related("person").filter(since__lte=on).exclude(until__lt=on)
    held: dict[Person, list[Appointment]] = {}
    for row in rows.order_by("pk"):
        held.setdefault(row.person, []).append(row)
        if row.unplaced or not placed(duty=row.duty, path=row.path):
            yield f"任职「{row}」没有与职责相符的所在单位，已不起作用，请免职后重新任命。"
    switches: dict[str, bool] = {}
    for territory in Territory.objects.all():
        switches[territory.path] = Lawbook(territory=territory, on=on).switch("administrators_combined")
    for person, own in held.items():
        combined = all(switches.get(row.path, False) for row in own)
        for n, row in enumerate(own):
            if why := clash(duties=[other.duty for other in own[:n]], duty=row.duty, combined=combined):
                yield f"「{person}」兼任{Duty(row.duty).label}：{why}。"
                break
