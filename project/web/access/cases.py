"""Which cases and files a person reaches, and which drafts a person may change; what is out of reach does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from docs_templates.models import FrozenPaper, Package
from project.web.access import lists, policy, security_stream
from project.web.access.visit import Visit
from proposals.case.drafts import UPLOADS_OPEN
from proposals.models import Meeting, Proposal, SubjectKind, Upload
from proposals.procedure.act import Actor
from proposals.vocabulary import Duty, State
from workflows import access
from workflows.grants import CaseGrant

# Until the office has accepted a draft, and again when it came back, the unit may change it; later only the office.
WITH_THE_UNIT = (State.DRAFT, State.UNIT_COLLECTIVE, State.RETURNED)


def case_of(request: Visit, case: UUID) -> Proposal:
    """Return the case, or raise Http404 when it does not exist or the person may not read it."""
    held, who = policy.held_by(request), request.user.pk
    found = lists.by_duty(held=held, case=case)
    if found is None:
        found = lists.let(held=held, person_id=who, case=case)
        if found is None:
            raise Http404
        security_stream.note_reading(request, subject=f"case {case}", detail=request.path)
    return found


def upload_of(request: Visit, upload: UUID) -> Upload:
    """Return a file of a case that the person may read, or raise Http404."""
    found = Upload.objects.select_related("proposal", "territory").filter(uuid=upload).first()
    if found is None:
        raise Http404
    if found.proposal is None:
        readers = policy.MEETING
        if not any(duty in readers and path == found.territory.path for duty, path in policy.held_by(request)):
            raise Http404
        return found
    case_of(request, found.proposal.uuid)
    return found


def paper_of(request: Visit, paper: UUID) -> tuple[FrozenPaper, str]:
    """Return a printed paper that the person may read and the title of what it is about, or raise Http404."""
    found = FrozenPaper.objects.exclude(rendered_sha256="").filter(uuid=paper).first()
    if found is None:
        raise Http404
    return found, subject_title(request, kind=found.subject_kind, uuid=found.subject_uuid)


def package_of(request: Visit, package: UUID) -> Package:
    """Return the sealed package of a case that the person may read, or raise Http404."""
    found = Package.objects.filter(uuid=package).first()
    if found is None:
        raise Http404
    case_of(request, found.subject_uuid)
    return found


def subject_title(request: Visit, *, kind: str, uuid: UUID) -> str:
    """Return the title of a case or a meeting whose papers the person may read, or raise Http404."""
    if kind == SubjectKind.CASE:
        return case_of(request, uuid).title
    meeting = Meeting.objects.select_related("territory").filter(uuid=uuid).first()
    readers = policy.OFFICE | policy.COMMITTEE | policy.INSPECTION
    if meeting is None or not any(
        duty in readers and path == meeting.territory.path for duty, path in policy.held_by(request)
    ):
        raise Http404
    return meeting.title


def may_edit(request: Visit, case: Proposal, *, lent: Sequence[CaseGrant] | None = None) -> bool:
    """Return whether the person may change what the case says now."""
    return case.editable and may_file(request, case, lent=lent)


def may_file(request: Visit, case: Proposal, *, lent: Sequence[CaseGrant] | None = None) -> bool:
    """Return whether the person may add files: the office until the end, the unit while it has the draft.

    `lent` are the duties lent on the case that count today, where they were read already.
    """
    if case.state not in UPLOADS_OPEN:
        return False
    duties = {Duty.OFFICE_CLERK} | ({Duty.UNIT_DRAFTER} if case.state in WITH_THE_UNIT else set())
    who, today = Actor.of(request.user), timezone.localdate()
    held = policy.held_by(request)
    return access.holds(actor=who, duties=duties, subject=case, on=today, held=held, rights=lent)
