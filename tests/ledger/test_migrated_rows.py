"""What an older release recorded is complete after migrate: every movement knows its day, every trigger stands."""

from __future__ import annotations

import pytest
from django.db import connections
from django.utils import timezone

from proposals.ledger import triggers
from proposals.models import BodyVersion, Movement, Opinion
from proposals.text import alike
from tests.databases import Database

pytestmark = pytest.mark.dear(200)  # tables of an older release are migrated

FOUND = """
import django; django.setup()
from django.db import transaction
from tests.ledger.books import found
with transaction.atomic():
    found()
"""

ASKED_TWICE = """
import django; django.setup()
from django.db import transaction
from proposals.models import Opinion, Proposal
from tests import builders
office = builders.found_office()
common = {"territory": office.district, "path": office.district.path, "kind": "OTHER", "proposer": "甲局",
          "drafter": office.people["bianban1"], "created_at": office.now}
with transaction.atomic():
    cases = [Proposal.objects.create(title=title, **common) for title in ("甲", "乙")]
    for case, unit in ((cases[0], "区财政局"), (cases[0], "区 财政局"), (cases[1], "区财政局"), (cases[0], "区人社局")):
        Opinion.objects.create(proposal=case, unit=unit, asked_on="2026-03-10")
"""


def test_of_two_open_askings_of_one_unit_the_newer_stays_open(database: Database) -> None:
    database.manage("migrate", "proposals", "0028", "--verbosity=0")
    database.run("-c", ASKED_TWICE)
    database.manage("migrate", "proposals", "0027", "--verbosity=0")
    database.manage("migrate", "--verbosity=0")
    rows = Opinion.objects.using(database.alias).order_by("pk").values_list("unit", "unit_key", "superseded")
    assert list(rows) == [
        ("区财政局", "区财政局", True), ("区 财政局", "区财政局", False), ("区财政局", "区财政局", False),
        ("区人社局", "区人社局", False),
    ]  # fmt: skip


def test_movements_of_an_older_release_get_the_day_on_which_they_were_recorded(database: Database) -> None:
    database.run("-c", FOUND)
    database.manage("migrate", "proposals", "0003", "--verbosity=0")
    database.manage("migrate", "--verbosity=0")
    rows = list(Movement.objects.using(database.alias))
    assert rows and all(row.recorded_on == timezone.localdate(row.recorded_at) for row in rows)
    names = BodyVersion.objects.using(database.alias).values_list("name", "name_key")
    assert names and all(alike.key(name) == key for name, key in names)
    assert triggers.missing(connections[database.alias]) == []
