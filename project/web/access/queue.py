"""Which jobs of the workers a person sees: the system administrator all without a title, an office those of its own."""

from __future__ import annotations

from django.http import HttpRequest

from project.web.access import lists, policy
from proposals.models import Meeting
from proposals.vocabulary import Duty
from workflows.jobs import standing
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


def given_up(request: HttpRequest) -> int:
    """Return how many of the jobs that the person sees were given up; mostly one count that finds none."""
    return sum(row.failed for row, _ in seen(request)) if standing.given_up() else 0
