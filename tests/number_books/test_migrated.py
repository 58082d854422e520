"""What an older release held survives: its numbers stand in one register, its days under their notice."""

from __future__ import annotations

import pytest

from docs_templates.models import AllocatedNumber
from proposals.models import CalendarDay, CalendarNotice, Proposal
from tests.databases import Database

pytestmark = pytest.mark.dear(200)  # tables of an older release are migrated


def test_numbers_and_days_of_an_older_release_are_kept_and_entered(database: Database) -> None:
    database.run("-m", "tests.number_books.older")
    database.manage("migrate", "proposals", "0008", "--verbosity=0")
    database.manage("migrate", "--verbosity=0")
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
