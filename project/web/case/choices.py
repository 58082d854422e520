"""What the form of a step offers to choose from, and what it proposes: papers, files, people, the next number."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from django.utils import timezone

from project.web.forms.asked import Offer
from proposals.case.consents import opinions
from proposals.case.correspondence import incoming
from proposals.case.lifecycle import CaseStep
from proposals.case.values import placed_lines
from proposals.models import Examination, Person, Proposal, SubjectKind, Upload
from proposals.organisation import body_words
from proposals.plan import trial
from proposals.procedure.act import Actor
from proposals.procedure.asks import BODY, PAPER, UPLOAD, VALUES, Ask
from proposals.rules import overriding
from proposals.vocabulary import Duty
from workflows import access, subjects
from workflows.desks import lending, reading
from workflows.papers import manuscripts, of_steps


def of(*, case: Proposal, step: str, who: Person) -> Offer:
    """Return what the fields of the step offer to this person; only what the step asks for is read."""
    asks = subjects.asks_of(kind=SubjectKind.CASE, step=step)
    kinds = {ask.kind for ask in asks}
    return Offer(
        papers=_papers(case, step) if PAPER in kinds else (),
        uploads=files(case) if UPLOAD in kinds else (),
        people=people(case, step, who),
        bodies=bodies(case) if BODY in kinds else (),
        lines=placed_lines.placed(trial.lines_of(case), on=timezone.localdate()) if VALUES in kinds else (),
        choices=_choices(case, step, who),
    )


def _choices(case: Proposal, step: str, who: Person) -> dict[str, list[tuple[str, str]]]:
    today = timezone.localdate()
    if step == CaseStep.DELEGATE:
        own = lending.own_duties(case=case, person_id=who.pk, on=today)
        return {"duty": [(duty, Duty(duty).label) for duty in own]}
    if step == CaseStep.END_DELEGATION:
        rows = lending.concerning(case=case, person_id=who.pk, on=today)
        return {"delegation": [(str(row.uuid), lending.said(row)) for row in rows]}
    if step == CaseStep.END_READING:
        duties, actor = subjects.row_of(kind=SubjectKind.CASE, step=step).duties, Actor.of(who)
        office = access.holds(actor=actor, duties=duties, subject=case, on=today)
        rows = reading.to_end(case=case, person_id=who.pk, office=office, on=today)
        return {"grant": [(str(row.uuid), reading.said(row)) for row in rows]}
    if step == CaseStep.FINISH_TASK:
        return {"task": tasks(case)}
    if step == CaseStep.RECORD_OPINION and (waiting := opinions.choices(case)):
        return {"unit": waiting}
    return {"finding": overriding.choices(case, on=today)} if step == CaseStep.OVERRIDE else {}


def _papers(case: Proposal, step: str) -> list[tuple[str, str]]:
    if step in manuscripts.WRITING:
        return list(manuscripts.choices(case=case, step=step))
    return list(
        of_steps.made(case=case)
        if step in (CaseStep.ATTACH_SIGNED_SCAN, CaseStep.REISSUE_PAPER)
        else of_steps.choices(case)
    )


def files(case: Proposal) -> list[tuple[str, str]]:
    """Return the files of the case, newest first."""
    rows = case.uploads.counting().told().order_by("-pk")
    waits: Mapping[str, str] = {Examination.Standing.WAITING: f"（{Examination.Standing.WAITING.label}）"}
    return [(str(one.uuid), f"{one.get_purpose_display()}：{one.name}{waits.get(one.standing, '')}") for one in rows]


def scans(cases: Iterable[Proposal]) -> list[tuple[str, str]]:
    """Return the files of the cases by their digest: the scan of a paper is named by its content."""
    rows = Upload.objects.usable().filter(proposal__in=list(cases)).order_by("-pk")
    return list({upload.sha256: f"{upload.get_purpose_display()}：{upload.name}" for upload in rows}.items())


def people(case: Proposal, step: str, who: Person) -> list[tuple[str, str]]:
    """Return to whom the person may lend a duty on the case, or whom he may let read it, in the order of posts."""
    today = timezone.localdate()
    if step == CaseStep.DELEGATE:
        duties = lending.own_duties(case=case, person_id=who.pk, on=today)
        able = lending.eligible(case=case, lender_id=who.pk, duties=duties, on=today)
    elif step == CaseStep.GRANT_READING:
        able = reading.eligible(case=case, on=today)
    else:
        return []
    return [(str(person.uuid), str(person)) for person in able]


def bodies(case: Proposal) -> list[tuple[str, str]]:
    """Return the bodies of the register in their words, those that the lines name first."""
    known = body_words.Bodies.standing(territory_id=case.territory_id, on=timezone.localdate())
    concerned = {pk for line in case.change_lines for pk in (line.body_id, line.counterpart_id)}
    ordered = sorted(known.by_pk, key=lambda pk: pk not in concerned)
    return [(str(known.by_pk[pk].uuid), known.words[pk]) for pk in ordered]


def tasks(case: Proposal) -> list[tuple[str, str]]:
    """Return the tasks that are still open."""
    rows = case.tasks.filter(done_on=None)
    return [(str(task.uuid), f"{number}. {task.title}（{task.unit}）") for number, task in enumerate(rows, start=1)]


def asks(*, case: Proposal, step: str, sent: Container[str] = ()) -> tuple[Ask, ...]:
    """Return what the form of the step asks: a case that was entered before keeps its incoming number.

    What the browser has `sent` is read all the same: a form sent twice says twice the same.
    """
    asked = subjects.asks_of(kind=SubjectKind.CASE, step=step)
    if step != CaseStep.REGISTER_INCOMING:
        return asked
    return tuple(
        ask._replace(required=not case.number) if ask.name == "incoming_number" else ask
        for ask in asked
        if not case.number or ask.name in sent or ask.name != "incoming_number"
    )


def initial(*, case: Proposal, step: str, named: str = "") -> dict[str, Any]:
    """Return what the form proposes; the person may write something else. `named` is the task of the button pressed."""
    if step == CaseStep.FINISH_TASK:
        return {"task": named}
    if step == CaseStep.REGISTER_INCOMING:
        proposed = incoming.next_number(territory=case.territory, on=timezone.localdate())
        return {"incoming_number": proposed, "paper_number": case.paper_number, "paper_dated": case.paper_dated}
    return {}
