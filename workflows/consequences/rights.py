"""What a step does to the rights on its case: a duty is lent, a reading given, either is ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils import timezone

from proposals.case.lifecycle import CaseStep
from proposals.models import Person, Proposal
from proposals.procedure.act import Act
from workflows import access, security_record
from workflows.desks import holders, reading
from workflows.grants import CaseGrant
from workflows.models import SecurityEvent

Kind = SecurityEvent.Kind


def follow(*, case: Proposal, act: Act) -> None:
    """Let the rights follow a step; who may read what beside his duties is kept in the security stream too."""
    match act.step:
        case CaseStep.DELEGATE:
            _give(_lent(case, act), act)
        case CaseStep.END_DELEGATION:
            access.take_back(grant=CaseGrant.objects.get(uuid=act.facts["delegation"]), at=act.at, by=act.actor.id)
        case CaseStep.GRANT_READING:
            row = reading.row_of(case=case, act=act)
            _give(row, act)
            _note(Kind.GRANTED, row, act)
        case CaseStep.END_READING:
            row = CaseGrant.objects.select_related("user", "lender").get(uuid=act.facts["grant"])
            access.take_back(grant=row, at=act.at, by=act.actor.id)
            _note(Kind.ENDED, row, act)


def _lent(case: Proposal, act: Act) -> CaseGrant:
    person, duty = Person.objects.get(uuid=act.facts["person"]), act.facts["duty"]
    return CaseGrant(
        uuid=UUID(act.facts["delegation"]), content_object=case, duty=duty, lender_id=act.actor.id, user=person,
        path=holders.place(case=case, duty=duty), since=timezone.localdate(act.at),
        until=date.fromisoformat(act.facts["until"]), reason=act.facts["reason"],
    )  # fmt: skip


def _give(row: CaseGrant, act: Act) -> None:
    """Give a right; one of the same kind that ran out or fell unseen makes room for it."""
    same = CaseGrant.objects.filter(content_object=row.content_object_id, user=row.user_id, ended_at=None)
    same.filter(permission__codename=row.codename).update(ended_at=act.at)
    access.give(grant=row)


def _note(kind: str, row: CaseGrant, act: Act) -> None:
    """Keep an event under the case's identity: those who watch the stream do not read its title."""
    case = f"case {row.content_object.uuid}"
    actor = Person.objects.get(pk=act.actor.id)
    security_record.note(kind=kind, at=act.at, person=actor, subject=case, detail=reading.said(row))
