"""What the page of a case shows: its road and record in words, its steps and what stands against them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from docs_templates.catalogue import BY_SLUG
from project.web import door
from project.web.access.visit import Visit
from project.web.case.page_reading import PageReading
from proposals.case.lifecycle import CaseStep
from proposals.case.steps.book import STEPS
from proposals.committee.carried import RESOLVED_AS
from proposals.models import Entry
from proposals.procedure.act import signed
from proposals.procedure.asks import INSTEAD, PAPER
from proposals.procedure.chronicle import lender_in
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import following
from proposals.procedure.table import Row
from proposals.procedure.traits import Trait
from proposals.vocabulary import UNIT_LABELS, Duty, State
from workflows import subjects

BY_MEETING = frozenset(RESOLVED_AS.values()) | {
    CaseStep.BEGIN_DELIBERATION, CaseStep.PUT_OVER, CaseStep.CIRCULATE, CaseStep.FALL_BACK, CaseStep.DRAFT_MINUTES,
    CaseStep.SIGN_MINUTES,
}  # fmt: skip
LABELS: Mapping[str, str] = {slug: paper.label for slug, paper in BY_SLUG.items()}
# Where a step has nothing to do it is not shown at all.
IDLE = frozenset({"NOTHING_LENT", "NOBODY_READS"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One step that is open in the case's state, and what stands against taking it."""

    step: str
    label: str
    grave: bool
    aside: bool
    moves: bool
    reasons: tuple[Reason, ...]

    @property
    def mine(self) -> bool:
        """Whether the step is one of the person's own duties, whatever else stands against it."""
        return all(reason.code != "NOT_YOURS" for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the record, said in words; names and posts are those of that day."""

    seq: int
    label: str
    actor: str
    post: str
    on_behalf_of: str
    confirmed_by: str
    at: datetime
    happened_on: date
    from_state: str
    to_state: str
    facts: tuple[tuple[str, str], ...]
    hash: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A state the case really came to, and when."""

    state: str
    label: str
    at: datetime


def choices(request: Visit, read: PageReading) -> list[Choice]:
    """Return every step that is open in the case's state, forward steps first, each with its reasons."""
    case = read.case
    rows = [row for row in following(STEPS, case) if offered(row)]
    found = [
        Choice(
            step=row.step,
            label=row.label,
            grave=Trait.GRAVE in STEPS[row.step].traits,
            aside=Trait.ASIDE in STEPS[row.step].traits,
            moves=row.target is not None,
            reasons=tuple(door.against(request, subject=case, step=row.step, read=read.again(), lent=read.lent)),
        )
        for row in rows
    ]
    shown = [one for one in found if all(reason.code not in IDLE for reason in one.reasons)]
    return sorted(shown, key=lambda one: (one.aside, one.grave, not one.moves))


def offered(row: Row) -> bool:
    """Return whether a person takes the step on the page of the case: not the system, not the meeting."""
    return Duty.SYSTEM not in row.duties and row.step not in BY_MEETING


def road(entries: Sequence[Entry]) -> list[Stop]:
    """Return the states the case came to, in order, from the record and from nothing else."""
    moves = [entry for entry in entries if entry.to_state != entry.from_state]
    start = (
        [Stop(state=entries[0].from_state, label=State(entries[0].from_state).label, at=entries[0].at)]
        if entries
        else []
    )
    return [*start, *(Stop(state=entry.to_state, label=State(entry.to_state).label, at=entry.at) for entry in moves)]


def record(entries: Iterable[Entry]) -> list[Line]:
    """Return the record of a case, every entry with the facts it was taken with."""
    return [_line(entry) for entry in entries]


def _line(entry: Entry) -> Line:
    body = json.loads(entry.body)
    return Line(
        seq=entry.seq,
        label=subjects.row_of(kind=entry.subject_kind, step=entry.step).label,
        actor=signed(body["actor"]["name"], lender_in(body)),
        post=body["actor"]["post"],
        on_behalf_of=body["on_behalf_of"],
        confirmed_by=body["confirmed_by"],
        at=entry.at,
        happened_on=entry.happened_on,
        from_state=entry.from_state,
        to_state=entry.to_state,
        facts=tuple(said(kind=entry.subject_kind, step=entry.step, facts=body["facts"])),
        hash=entry.hash,
    )


def said(*, kind: str, step: str, facts: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield label and words of every fact that the step asked for."""
    added = subjects.step_of(kind=kind, step=step).added
    yield from ((label, facts[name]) for name, label in added if facts.get(name))
    for ask in subjects.asks_of(kind=kind, step=step):
        value = facts.get(ask.name)
        if value in (None, "", [], {}) or ask.kind in ("upload", "person", "values", "body"):
            continue
        if ask.kind == INSTEAD:
            yield ask.label, "、".join(f"{UNIT_LABELS[one['unit']]}{one['n']}名" for one in value.values())
            continue
        words = LABELS if ask.kind == PAPER else dict(ask.choices)
        if isinstance(value, list):
            yield ask.label, "、".join(words.get(one, str(one)) for one in value)
        else:
            yield ask.label, "是" if value is True else words.get(value, str(value))
