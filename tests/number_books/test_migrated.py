"""What an older release held survives: numbers in one register, days under their notice, movements with their day."""

from __future__ import annotations

import pytest
from django.db import connections
from django.utils import timezone

from docs_templates.models import AllocatedNumber
from proposals.ledger import triggers
from proposals.models import BodyVersion, CalendarDay, CalendarNotice, Movement, Proposal
from proposals.text import alike
from tests.databases import Database

pytestmark = pytest.mark.dear(200)  # tables of an older release are migrated


def test_what_an_older_release_recorded_is_kept_and_complete(database: Database) -> None:
    """Tables are migrated back and forth once for all of it: that is what costs."""
    database.run("-m", "tests.number_books.older")
    database.manage("migrate", "proposals", "0003", "--verbosity=0")
    database.manage("migrate", "--verbosity=0")
    every_movement_knows_its_day(database.alias)
    numbers_and_days_are_entered(database)


def every_movement_knows_its_day(alias: str) -> None:
    rows = list(Movement.objects.using(alias))
    assert rows and all(row.recorded_on == timezone.localdate(row.recorded_at) for row in rows)
    names = BodyVersion.objects.using(alias).values_list("name", "name_key")
    assert names and all(alike.key(name) == key for name, key in names)
    assert triggers.missing(connections[alias]) == []


def numbers_and_days_are_entered(database: Database) -> None:
    alias = database.alias
    rows = AllocatedNumber.objects.using(alias).order_by("pk")
    assert [(row.text, row.use) for row in rows] == [
        ("海编发〔2026〕1号", "TYPED"),
        ("海党办发〔2026〕5号", "EXTERNAL"),
    ]
    keys = list(Proposal.objects.using(alias).order_by("pk").values_list("number_key", flat=True))
    assert keys[0] == "收〔2026〕1号" and keys[1].startswith("收〔2026〕1号#") and keys[2] == ""
    notice = CalendarNotice.objects.using(alias).get(stands=True)
    assert notice.year == 2026 and not CalendarDay.objects.using(alias).filter(notice=None).exists()
    told = database.start("manage.py", "audit")
    told.wait(timeout=120)
    said = database.log(database.started.index(told)).read_text()
    assert "收文登记号收[2026]1号登记了两次" in said and "同一文号印在两份文书上" in said and "节假日安排" not in said
