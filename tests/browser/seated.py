"""The only place that brings a called meeting with three matters into the demonstration district, for browser stories.

`python -m tests.browser.seated` runs in the database of its environment and tells the meeting's uuid.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta

import django

TITLES = ("关于修订演示街道“三定”规定的动议", "关于修订滨河街道“三定”规定的动议", "关于修订海北街道“三定”规定的动议")


def seat(form: str = "SITTING") -> str:
    """Carry three cases to the committee a week ago, and call the meeting for now."""
    from django.utils import timezone

    from proposals.models import MeetingRule
    from tests.committee.chamber import Chamber

    secret = {"methods": ["NAMED", "SECRET"]} if form == "SECRET" else {}
    form = "SITTING" if form == "SECRET" else form
    room = Chamber(circulation=form == "CIRCULATION", **secret)
    room.office.now = timezone.now() - timedelta(days=9)
    MeetingRule.objects.update(since=room.office.now.date() - timedelta(days=300))
    cases = [room.scheduled(title, body=f"{title[4:8]}街道") for title in TITLES]
    room.plan(days=9, form=form)
    for case in cases if form == "SITTING" else cases[:2]:
        room.put(case)
    if form == "SITTING":
        room.call()
    return str(room.meeting.uuid)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    django.setup()
    from tests.browser import doors

    doors.tell(seat(*sys.argv[1:]))
