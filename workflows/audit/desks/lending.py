"""What chains say of lent duties, held against the delegations that count; and duties that have no place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from proposals.case.asks import GrantKind
from proposals.case.lifecycle import CaseStep
from proposals.law.lawbook import Lawbook
from proposals.models import Appointment, Entry, Person, Proposal, Territory
from proposals.organisation.duty_conflicts import clash
from proposals.organisation.duty_places import placed
from proposals.vocabulary import Duty
from workflows.desks import lending
from workflows.grants import CaseGrant


def delegations(case: Proposal, entries: Sequence[Entry], bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Say which delegations of a case are not as they were lent, and which acts were done in no valid one."""
    lent = CaseGrant.objects.filter(content_object=case, kind=GrantKind.LENT).select_related("user", "lender")
    rows = {str(row.uuid): row for row in lent}
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
    entry: Entry, body: Mapping[str, Any], lender: Mapping[str, str], row: CaseGrant | None, over: Entry | None
) -> Iterator[str]:
    """Say whether an act that names a lender was done in a delegation that counted on that day."""
    on = timezone.localdate(entry.at)
    said = (body["actor"]["id"], lender["id"], lender["duty"])
    fits = row and said == (str(row.user.uuid), str(row.lender.uuid), row.duty) and row.since <= on <= row.until
    if not fits or over is not None:
        yield f"第{entry.seq}条（{entry.step}）由{body['actor']['name']}代{lender['name']}办理，没有有效的委托"


def _as_told(row: CaseGrant, body: Mapping[str, Any], over: Entry | None) -> Iterator[str]:
    """Say where a delegation differs from the entry that made it, or was ended without one."""
    facts = body["facts"]
    then = (facts["person"], facts["duty"], facts["until"], body["actor"]["id"])
    if then != (str(row.user.uuid), row.duty, row.until.isoformat(), str(row.lender.uuid)):
        yield f"委托「{row}」与第{body['seq']}条办理记录不符"
    if over is not None and row.ended_at is None:
        yield f"委托「{row}」已经收回，现存仍为有效"


def outlived() -> Iterator[str]:
    """Name the lent duties that have not run out and no longer count."""
    on = timezone.localdate()
    counting = set(lending.standing(on=on).values_list("pk", flat=True))
    open_ = CaseGrant.objects.filter(ended_at=None, kind=GrantKind.LENT, until__gte=on)
    for row in open_.select_related("user", "lender", "content_object").exclude(pk__in=counting):
        yield f"动议事项「{row.content_object}」：委托「{row}」已不再有效，原职责人或者受托人的职责已经变动，请收回。"


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
        switches[territory.path] = Lawbook.standing(territory=territory, on=on).switch("administrators_combined")
    for person, own in held.items():
        combined = all(switches.get(row.path, False) for row in own)
        for n, row in enumerate(own):
            if why := clash(
                duties=[other.duty for other in own[:n]], duty=row.duty, combined=combined, since=on, until=on
            ):
                yield f"「{person}」兼任{Duty(row.duty).label}：{why}。"
                break
