"""What an older release recorded is complete after migrate: every movement knows its day, every trigger stands."""

from __future__ import annotations

from django.db import connections
from django.utils import timezone

from proposals.ledger import triggers
from proposals.models import BodyVersion, Movement
from proposals.text import alike
from tests.databases import Database

FOUND = """
import django; django.setup()
from django.db import transaction
from tests.ledger.books import found
with transaction.atomic():
    found()
"""


def test_movements_of_an_older_release_get_the_day_on_which_they_were_recorded(database: Database) -> None:
    database.run("-c", FOUND)
    database.manage("migrate", "proposals", "0003", "--verbosity=0")
    database.manage("migrate", "--verbosity=0")
    rows = list(Movement.objects.using(database.alias))
    assert rows and all(row.recorded_on == timezone.localdate(row.recorded_at) for row in rows)
    names = BodyVersion.objects.using(database.alias).values_list("name", "name_key")
    assert names and all(alike.key(name) == key for name, key in names)
    assert triggers.missing(connections[database.alias]) == []
