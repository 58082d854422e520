"""Which jobs of the workers a person sees: the system administrator all without a title, an office those of its own."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from project.web.access import lists, policy
from proposals.models import Meeting
from proposals.vocabulary import Duty
from workflows.jobs import pulse, standing
from workflows.jobs.standing import Standing


def seen(request: HttpRequest) -> list[tuple[Standing, str]]:
    """Return the jobs that are not done and that the person sees, each with the title of its case or meeting."""
    rows, held = standing.jobs(), policy.held_by(request)
    if any(duty == Duty.SYSADMIN for duty, _ in held):
        return [(row, "") for row in rows]
    subjects = [row.subject for row in rows if row.subject]
    titles = lists.titles(subjects, held=held, person_id=request.user.pk or 0)
    own = {path for duty, path in held if duty in policy.OFFICE}
    for meeting in Meeting.objects.filter(uuid__in=subjects, territory__path__in=own).select_related("territory"):
        titles[meeting.uuid] = meeting.title
    return [(row, titles[row.subject]) for row in rows if row.subject in titles]


def complaint(request: HttpRequest, *, at: datetime) -> str:
    """Return what the person should know of the work behind the pages, or nothing; mostly one statement."""
    found = pulse.look(at=at)
    failed = sum(row.failed for row, _ in seen(request)) if found.given_up and not found.complaint else 0
    return found.complaint or (f"有{failed}件文书或材料包没有做成，请查看" if failed else "")
