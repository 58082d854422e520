"""What an older release held survives: numbers in one register, days with notices, movements with days, lent duties."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connections
from django.utils import timezone
from guardian.models import UserObjectPermission

from docs_templates.models import AllocatedNumber
from proposals.ledger import triggers
from proposals.models import BodyVersion, CalendarDay, CalendarNotice, Movement, Proposal
from proposals.text import alike
from tests.databases import Database
from tests.document_numbers.older import UNTIL
from workflows.grants import CaseGrant

pytestmark = pytest.mark.dear(200)  # tables of an older release are migrated


def test_what_an_older_release_recorded_is_kept_and_complete(database: Database) -> None:
    """Tables are migrated back and forth once for all of it: that is what costs."""
    database.run("-m", "tests.document_numbers.older")
    database.manage("migrate", "proposals", "0003", "--verbosity=0")
    one_permission_is_missing_and_one_stands_alone(database.alias)
    database.manage("migrate", "--verbosity=0")
    lent_duties_carry_their_permission_and_none_begins_to_count(database.alias)
    every_movement_knows_its_day(database.alias)
    numbers_and_days_are_entered(database)


def one_permission_is_missing_and_one_stands_alone(alias: str) -> None:
    beside = UserObjectPermission.objects.using(alias)
    assert {row.permission.codename for row in beside.all()} == {"hold_office_clerk", "hold_office_director"}
    beside.filter(permission__codename="hold_office_director").delete()
    one = beside.first()
    assert one is not None
    alone = Permission.objects.using(alias).get(codename="hold_compliance")
    one.pk, one.permission_id = None, alone.pk
    beside.bulk_create([one])  # no look at the case, whose table is an older one now
    connections[alias].close()


def lent_duties_carry_their_permission_and_none_begins_to_count(alias: str) -> None:
    rows = {row.user.username: row for row in CaseGrant.objects.using(alias).select_related("user", "permission")}
    kept, cut, uncounted = rows["hegao"], rows["zhuren"], rows["bianban2"]
    assert (kept.path, kept.since.isoformat(), kept.until.isoformat()) == ("/wuhai/haibowan/", "2026-03-10", UNTIL)
    assert (kept.kind, kept.permission.codename, kept.reason) == ("LENT", "hold_office_clerk", "出差")
    assert (cut.path, cut.until - cut.since <= timedelta(days=30)) == ("/wuhai/haibowan/", True)
    assert (cut.permission.codename, cut.reason) == ("hold_office_clerk", "")
    assert uncounted.permission.codename == "hold_office_director"
    assert [row.ended_at is None for row in (kept, cut, uncounted)] == [True, True, False]
    assert not UserObjectPermission.objects.using(alias).exists()


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
    assert "检索词" not in said
