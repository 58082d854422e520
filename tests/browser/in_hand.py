"""The only place that brings a draft and a sent proposal into the demonstration district, for tests of its pages.

`python -m tests.browser.in_hand` runs in the database of its environment and prints the addresses of both.
"""

from __future__ import annotations

import os
from datetime import timedelta

import django

PASSWORD = "liang-jian-shi-2026"


def bring() -> tuple[str, str]:
    """Draft both demonstration cases, send one of them, and let everybody sign in."""
    from django.utils import timezone

    from proposals.models import Person, Territory
    from tests.builders import Office
    from tests.papers_bound import road

    password = Person()
    password.set_password(PASSWORD)
    Person.objects.filter(is_active=True).update(password=password.password)
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
    print("CASES", *bring())
