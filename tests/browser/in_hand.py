"""The only place that brings a draft and a sent proposal into the demonstration district, for tests of its pages.

`python -m tests.browser.in_hand` runs in the database of its environment and tells the uuids of both.
"""

from __future__ import annotations

import os
from datetime import timedelta

import django


def bring() -> tuple[str, str]:
    """Draft both demonstration cases and send one of them."""
    from django.utils import timezone

    from proposals.models import Person, Territory
    from tests.builders import Office
    from tests.papers_bound import road

    district = Territory.objects.get(level="DISTRICT")
    people = {person.username: person for person in Person.objects.all()}
    # An hour ago: each step moves this clock on, and no page takes one before what was written.
    then = timezone.now() - timedelta(hours=1)
    office = Office(city=district.parent, district=district, people=people, now=then)
    draft, sent = road.drafted(office, "b"), road.drafted(office, "a")
    office.take(sent, "send_to_office", "bianban1")
    return str(draft.uuid), str(sent.uuid)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    django.setup()
    from tests.browser import doors

    doors.tell(*bring())
