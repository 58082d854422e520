"""The one door: nothing happens to a case, a meeting, a register or a rulebook but through perform."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from proposals.case import search
from proposals.models import Entry
from proposals.procedure import chronicle
from proposals.procedure.act import Act, Actor
from proposals.procedure.columns import Columns
from proposals.procedure.reasons import Reason
from workflows import access, carried, subjects
from workflows.attempt import Attempt, Ref, Refused
from workflows.consequences import of_steps
from workflows.verdict import judge


def perform(
    *, subject: Ref, step: str, actor: Actor, at: datetime, key: UUID, seen: str | None,
    on_behalf_of: str = "", happened_on: date | None = None, evidence: tuple[str, ...] = (),
    sealed: Mapping[str, str] | None = None, facts: Mapping[str, Any] | None = None,
) -> Entry:  # fmt: skip
    """Take one step, or raise Refused with every reason at once.

    A known key answers the entry it made (KEY_REUSED when it was used for something else); `seen` is the concern shown,
    None only for steps that no page offers. `facts` are primitives; what is `sealed` reaches the step alone, no digest.
    """
    row = subjects.row_of(kind=subject.kind, step=step)
    act = Act(
        step=step, actor=actor, at=at, happened_on=happened_on or timezone.localdate(at), on_behalf_of=on_behalf_of,
        evidence=evidence, facts=chronicle.primitive(facts or {}), sealed=sealed or {},
    )  # fmt: skip
    request = chronicle.digest([act.actor.uuid, act.step, act.on_behalf_of, happened_on, evidence, act.facts])

    def once() -> Entry:
        with transaction.atomic(durable=True):
            opened = subjects.opened(subject, key, access.HELD.ask(person=actor.id, on=timezone.localdate(at)))
            if opened.known is not None:
                return _same(Entry.objects.get(pk=opened.known), request)
            attempt = Attempt(subject=opened.subject, row=row, act=act, seen=seen, held=access.held(*opened.beside))
            return take(attempt, key=key, request=request)

    try:
        return once()
    except IntegrityError:
        return once()  # somebody else committed the same a moment ago: judged again with that in sight


def take(attempt: Attempt, *, key: UUID, request: str) -> Entry:
    """Judge, move, remember, and let the consequences follow, inside the caller's transaction."""
    subject, act = attempt.subject, attempt.act
    read, before, said = Columns.of(subject), subject.state, search.said(subject)
    if reasons := judge(attempt):
        raise Refused(reasons)
    act = of_steps.complete(attempt)
    subjects.body_of(subject, act.step)(subject, act)
    of_steps.stamp(attempt, act, before)
    frozen = of_steps.freeze(attempt, act)
    entry = chronicle.write(
        subject=subject, act=act, key=key, from_state=before, to_state=subject.state, request=request, frozen=frozen
    )
    read.save_changed(subject)
    search.follow(subject, said)
    of_steps.follow(attempt, act, entry)
    for other in carried.along(subject=subject, act=act, entry=entry):
        take(other, key=carried.key_for(entry=entry, attempt=other), request=request)
    return entry


def _same(known: Entry, request: str) -> Entry:
    if known.request_digest != request:
        raise Refused([Reason("KEY_REUSED", "这一次操作已用于办理别的事项，请刷新页面后重新办理。")])
    return known
