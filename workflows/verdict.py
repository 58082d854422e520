"""judge: the one answer to whether a step may be taken, with every reason at once; it greys buttons and stops posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from proposals.case.values import in_force
from proposals.models import Entry, SubjectKind
from proposals.procedure import asks
from proposals.procedure.act import Act
from proposals.procedure.paper_records import PaperRecordStep
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Precondition, Preconditions
from proposals.rules import law
from proposals.rules.overriding import OVERRIDE_PRECONDITIONS
from proposals.vocabulary import Duty
from workflows import access, carried, subjects
from workflows.attempt import Attempt
from workflows.preconditions import days, files
from workflows.preconditions.case import CASE_PRECONDITIONS
from workflows.preconditions.desks import next_desk
from workflows.preconditions.desks.lending import RULEBOOK_PRECONDITIONS
from workflows.preconditions.paper_records import REGISTER_PRECONDITIONS
from workflows.preconditions.papers import readable
from workflows.preconditions.papers.numbers import NUMBER_PRECONDITIONS
from workflows.preconditions.papers.signing import HANDS, duties_of

# What a step must wait for besides its own preconditions: what papers, desks and lent duties say.
ABOVE: Mapping[str, Preconditions] = {
    SubjectKind.CASE: {**CASE_PRECONDITIONS, **OVERRIDE_PRECONDITIONS},
    SubjectKind.MEETING: {},
    SubjectKind.REGISTER: REGISTER_PRECONDITIONS,
    SubjectKind.RULEBOOK: {
        step: (*RULEBOOK_PRECONDITIONS.get(step, ()), *NUMBER_PRECONDITIONS.get(step, ()))
        for step in {**RULEBOOK_PRECONDITIONS, **NUMBER_PRECONDITIONS}
    },
}

BEHIND = timedelta(minutes=5)  # what clocks of two servers may differ by


def preconditions_of(*, kind: str, step: str) -> tuple[Precondition, ...]:
    """Return everything that must hold before a step, each asked of subject and act."""
    return (*ABOVE[kind].get(step, ()), *subjects.step_of(kind=kind, step=step).preconditions)


def judge(attempt: Attempt) -> list[Reason]:
    """Return every reason against the step: the table, the version seen, the duty, the facts, the order, the law.

    An empty list means that the step may be taken. In a preview (a button) no fact is missed yet; every precondition is
    asked all the same and says what it can before it needs a fact that the page does not know.
    """
    attempt.act = subjects.read_once(attempt.subject, attempt.row, attempt.act, preview=attempt.preview)
    closed = [*_table(attempt), *_clock(attempt)]
    reasons = [*closed, *_seen(attempt), *_duty(attempt)]
    if not attempt.preview:
        asked = subjects.asks_of(kind=attempt.subject.subject_kind, step=attempt.row.step)
        reasons += asks.missing(asks=asked, facts=attempt.act.facts)
        if not attempt.carried:  # what is carried along was read with the step that carries it
            reasons += readable.facts_readable(attempt, asked)
    if not reasons:
        reasons += days.on_its_day(attempt)
    if not reasons:
        reasons += _preconditions(attempt)
        _paper_duty(attempt)
        reasons += next_desk.somebody_receives(attempt)
        reasons += _law(attempt)
        reasons += files.examined(attempt)
    return reasons


def _table(attempt: Attempt) -> Iterator[Reason]:
    step = subjects.step_of(kind=attempt.subject.subject_kind, step=attempt.row.step)
    if step.retired:
        yield Reason("NOT_OPEN", f"「{attempt.row.label}」已不再这样办理，请提出动议事项。")
    elif not step.is_open(attempt.subject.state):
        stands = attempt.subject.get_state_display()
        yield Reason("NOT_OPEN", f"事项现处于「{stands}」环节，不能办理「{attempt.row.label}」。")


def _clock(attempt: Attempt) -> Iterator[Reason]:
    """A clock that runs behind what it wrote before would put acts in a wrong order; some seconds are forgiven."""
    moved, at = attempt.subject.moved_at, attempt.act.at
    if moved is not None and moved - at > BEHIND:
        now, then = timezone.localtime(at), timezone.localtime(moved)
        yield Reason(
            "CLOCK_BEHIND",
            f"服务器时钟（{now:%Y年%-m月%-d日%H:%M}）早于本事项上一次办理的时间（{then:%Y年%-m月%-d日%H:%M}），"
            "请联系系统管理员校准时钟后再办理。",
        )


def _seen(attempt: Attempt) -> Iterator[Reason]:
    subject = attempt.subject
    if attempt.carried or attempt.preview or attempt.seen is None:
        return
    concern = subject.concern_of(attempt.act) if hasattr(subject, "concern_of") else subject.concern
    if attempt.seen != concern:
        last = Entry.objects.filter(subject_id=subject.uuid, seq=subject.head_seq).select_related("actor").first()
        news = "内容已被修改"
        if last is not None:
            label = subjects.row_of(kind=subject.subject_kind, step=last.step).label
            news = f"{last.actor.name}于{timezone.localtime(last.at):%H:%M}办理了「{label}」"
        yield Reason("STALE", f"您打开页面之后，{news}。请刷新页面，看过最新情况后再办理。")


def _duty(attempt: Attempt) -> Iterator[Reason]:
    if attempt.carried:
        return
    act, row = attempt.act, attempt.row
    on = timezone.localdate(act.at)
    who_may = {"actor": act.actor, "duties": row.duties, "subject": attempt.subject, "on": on}
    if access.appointed(**who_may, held=attempt.held):
        return
    attempt.lent = access.lent_to(**who_may, rights=attempt.rights)
    if attempt.lent is None and not access.gives_back(act=act, subject=attempt.subject, on=on):
        who = "、".join(dict.fromkeys(Duty(duty).label for duty in row.duties))
        yield Reason("NOT_YOURS", f"「{row.label}」由{who}办理，您没有这项职责。")


def _preconditions(attempt: Attempt) -> Iterator[Reason]:
    subject, act = attempt.subject, attempt.act
    if attempt.preview:
        act = replace(act, facts=Awaited(act.facts))
    for precondition in preconditions_of(kind=subject.subject_kind, step=act.step):
        yield from _so_far(precondition, subject, act) if attempt.preview else precondition(subject, act)
    if act.step == PaperRecordStep.RECORD_ON_BEHALF and not attempt.preview:
        yield from _recorded(attempt)


def _paper_duty(attempt: Attempt) -> None:
    """Settle by whose lent duty a paper is handled, where its rule leaves it to one of the step's duties."""
    act, case = attempt.act, attempt.subject
    if act.step not in HANDS or attempt.carried or attempt.preview:
        return
    who_may = {"actor": act.actor, "duties": duties_of(case, act), "subject": case, "on": act.happened_on}
    if who_may["duties"] and not access.appointed(**who_may, held=attempt.held):
        attempt.lent = access.lent_to(**who_may)


class Unanswered(Exception):
    """A precondition asked for a fact that the form has not answered yet."""


class Awaited(dict[str, Any]):
    """The facts that a page has so far; what is still to be typed in is told from a fault of the program."""

    def __missing__(self, name: str) -> Any:
        raise Unanswered(name)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or self[str(name)]

    def items(self) -> Any:
        """Refuse to be read whole: who reads all facts needs all of them."""
        raise Unanswered("*")

    __iter__ = keys = values = items

    def get(self, name: str, default: Any = None) -> Any:
        """Return a fact that is known; whether one that is not known will be given, nobody can say yet."""
        return self[name]


def _so_far(precondition: Precondition, subject: Any, act: Act) -> Iterator[Reason]:
    """Yield what a precondition says before it asks for a fact that is not there yet."""
    try:
        yield from precondition(subject, act)
    except Unanswered:
        return


def _recorded(attempt: Attempt) -> Iterator[Reason]:
    """A record on paper is judged when it is entered, act by act, as far as the acts before it leave that open."""
    judged = set()
    for one in carried.ordered(attempt.act.facts.get("acts") or []):
        if one.get("kind") not in (SubjectKind.CASE, SubjectKind.MEETING):
            yield Reason("NOT_ON_PAPER", "只能补录动议事项和会议的办理情况。")
            return
        other = carried.proposed(one=one, act=attempt.act)
        if other.subject.territory_id != attempt.subject.territory_id or other.row.duties == (Duty.SYSTEM,):
            yield Reason("NOT_ON_PAPER", f"「{other.row.label}」不能由本单位补录。")
        elif one["subject"] not in judged:
            yield from judge(other)
        judged.add(one["subject"])


def _law(attempt: Attempt) -> Iterator[Reason]:
    if attempt.subject.subject_kind != SubjectKind.CASE:
        return
    on = attempt.act.happened_on
    values, read = in_force.said(attempt.act.facts), attempt.act.reading
    attempt.findings = list(
        law.findings(case=attempt.subject, step=attempt.row.step, on=on, values=values, reading=read)
    )
    for finding in attempt.findings:
        if finding.blocks:
            yield Reason(finding.rule, f"{finding.message}{finding.remedy}", finding.citation)
