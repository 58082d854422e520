"""What follows from a step besides its own facts: route, ledger, papers, desk, delegation and work after the commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from proposals.case import tasks
from proposals.case.consents import consents, opinions
from proposals.case.correspondence import incoming
from proposals.case.lifecycle import CaseStep
from proposals.committee.steps import system_facts
from proposals.law import law_in_time, routing
from proposals.law.changes import RulebookStep
from proposals.law.lawbook import Lawbook
from proposals.models import Entry, SubjectKind
from proposals.plan.loading import concerned
from proposals.procedure.act import Act
from proposals.procedure.traits import Trait
from proposals.register.steps import ledger_steps
from proposals.rules import law, overriding
from workflows import queue, subjects
from workflows.attempt import Attempt
from workflows.consequences import moments, of_rules, rights
from workflows.desks import hand_over, lending, reading
from workflows.desks.flow import DESKS
from workflows.grants import CaseGrant
from workflows.models import WorkItem
from workflows.papers import of_steps
from workflows.seals.digests import sealing


def complete(attempt: Attempt) -> Act:
    """Return the act with the facts that the system adds: numbers, digests, roll, rule, presence, tally."""
    subject, act = attempt.subject, attempt.act
    match subject.subject_kind:
        case SubjectKind.CASE:
            act = replace(act, acting_for=attempt.lent.lender.name if attempt.lent else "")
            added = {**of_steps.system_facts(case=subject, act=act), **opinions.system_facts(subject, act)}
            added = {**added, **moments.system_facts(case=subject, act=act, effective_on=added.get("effective_on"))}
            added |= tasks.system_facts(case=subject, act=act)
            added |= lending.told(case=subject, act=act) | reading.told(case=subject, act=act)
            added |= incoming.system_facts(case=subject, act=act)
            added |= overriding.system_facts(case=subject, act=act)
        case SubjectKind.MEETING:
            added = system_facts.computed(subject, act)
        case SubjectKind.REGISTER:
            added = ledger_steps.system_facts(register=subject, act=act)
        case _:
            added = {}
    return replace(act, facts={**act.facts, **added})


def freeze(attempt: Attempt, act: Act) -> Mapping[str, Any]:
    """Return what belongs to the entry besides the facts: route, law, papers' digests, overrides, the quote, the rows.

    Facts of papers are guarded here, before anything is written: a missing value or glyph raises Refused.
    """
    frozen: dict[str, Any] = {}
    if attempt.quoted:
        frozen["quotes"] = attempt.quoted
    if attempt.lent:
        frozen["acting_for"] = _lender(attempt.lent)
    if attempt.subject.subject_kind == SubjectKind.CASE:
        if act.step in law_in_time.ROUTED:
            on = law_in_time.day(case=attempt.subject, on=act.happened_on, step=act.step)
            known = concerned(act.reading, on=act.happened_on).standing
            frozen["route"] = routing.settle(case=attempt.subject, on=on, as_of=act.happened_on, versions=known)
            frozen["routed_on"] = on
        if seen := consents.given_for(attempt.subject, act):
            frozen["given_for"] = seen
        if Trait.KEEPS_ROUND in traits_of(attempt) and (kept := _kept(attempt)):
            frozen["snapshot"] = kept
        if law.asked(step=act.step, on=act.happened_on):
            frozen["law"] = Lawbook.of(case=attempt.subject, on=act.happened_on).version
        if attempt.findings:
            frozen["findings"] = [finding.summary() for finding in attempt.findings]
    if digests := of_steps.freeze(subject=attempt.subject, act=act):
        frozen["papers"] = digests
    # Last of all: everything that belongs to the subject has been written, and what follows belongs to others.
    return {**frozen, **sealing(attempt.subject)}


def follow(attempt: Attempt, act: Act, entry: Entry) -> None:
    """Let the ledger, the desks, delegations and the work after the commit follow the entry."""
    subject = attempt.subject
    if subject.subject_kind == SubjectKind.CASE:
        moments.follow(case=subject, act=act, entry=entry)
        hand_over.follow(desks=DESKS, case=subject, entry=entry)
        rights.follow(case=subject, act=act)
        if act.step == CaseStep.URGE:
            WorkItem.objects.filter(process=subject, finished=None).update(urged_at=act.at)
    elif subject.subject_kind == SubjectKind.REGISTER:
        moments.follow_register(register=subject, act=act, entry=entry)
    elif subject.subject_kind == SubjectKind.RULEBOOK and act.step == RulebookStep.CONFIRM_CHANGE:
        of_rules.follow(act=act)
    queue.enqueue_for(subject=subject, act=act, entry=entry)


def stamp(attempt: Attempt, act: Act, before: str) -> None:
    """Date a subject whose state moved, and count up its revision if pages that were shown before are stale now."""
    subject = attempt.subject
    if subject.state != before:
        subject.moved_at = act.at
    subject.revision += Trait.QUIET not in traits_of(attempt)


def traits_of(attempt: Attempt) -> frozenset[Trait]:
    """Return what is special about the step that is attempted."""
    return subjects.step_of(kind=attempt.subject.subject_kind, step=attempt.row.step).traits


def _kept(attempt: Attempt) -> str | None:
    if attempt.subject.kept_round:
        return str(attempt.subject.kept_round)
    rounds = attempt.subject.rounds.filter(sent_at=attempt.act.at)
    digest: str | None = rounds.values_list("digest", flat=True).last()
    return digest


def _lender(row: CaseGrant) -> dict[str, str]:
    lender = row.lender
    return {
        "id": str(lender.uuid), "name": lender.name, "post": lender.post, "duty": row.duty, "delegation": str(row.uuid)
    }  # fmt: skip
