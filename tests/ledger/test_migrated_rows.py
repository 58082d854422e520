"""What an older release recorded fits the constraints of this one after migrate."""

from __future__ import annotations

import pytest

from proposals.models import Opinion
from tests.databases import Database

pytestmark = pytest.mark.dear(200)  # tables of an older release are migrated

TWO_CASES = """
import django; django.setup()
from proposals.models import Proposal
from tests import builders
office = builders.found_office()
common = {"territory": office.district, "path": office.district.path, "kind": "OTHER", "proposer": "甲局",
          "drafter": office.people["bianban1"], "created_at": office.now}
for title in ("甲", "乙"):
    Proposal.objects.create(title=title, **common)
"""

ASKED_TWICE = """
import django; django.setup()
from django.db import transaction
from proposals.models import Opinion, Proposal
first, second = Proposal.objects.order_by("pk").values_list("pk", flat=True)
with transaction.atomic():
    for case, unit in ((first, "区财政局"), (first, "区 财政局"), (second, "区财政局"), (first, "区人社局")):
        Opinion.objects.create(proposal_id=case, unit=unit, asked_on="2026-03-10")
"""


def test_of_two_open_askings_of_one_unit_the_newer_stays_open(database: Database) -> None:
    database.run("-c", TWO_CASES)
    database.manage("migrate", "proposals", "0028", "--verbosity=0")
    database.run("-c", ASKED_TWICE)
    database.manage("migrate", "proposals", "0027", "--verbosity=0")
    database.manage("migrate", "--verbosity=0")
    rows = Opinion.objects.using(database.alias).order_by("pk").values_list("unit", "unit_key", "superseded")
    assert list(rows) == [
        ("区财政局", "区财政局", True), ("区 财政局", "区财政局", False), ("区财政局", "区财政局", False),
        ("区人社局", "区人社局", False),
    ]  # fmt: skip
