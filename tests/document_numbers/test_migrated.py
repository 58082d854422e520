"""What an older release held survives and fits: numbers, days with notices, movements, lent duties, open askings."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.utils import timezone
from guardian.models import UserObjectPermission
from viewflow.workflow.models import Task

from docs_templates.models import AllocatedNumber
from proposals.ledger import triggers
from proposals.models import BodyVersion, CalendarDay, CalendarNotice, Movement, Opinion, Proposal
from proposals.text import alike
from tests import databases
from tests.databases import Database
from tests.document_numbers.older import UNTIL
from tests.postgres import Server
from workflows.desks.flow import StaffingFlow
from workflows.grants import CaseGrant
from workflows.models import WorkItem

pytestmark = pytest.mark.dear(100)  # tables of an older release are migrated, on both databases


@pytest.mark.postgres
def test_what_an_older_release_recorded_is_kept_and_complete(
    tmp_path: Path, sqlite_template: Path, postgres_server: Server, postgres_template: str, django_db_blocker
) -> None:
    """Each database is migrated back and forth once for all of it, both by one process: that is what costs."""
    (beside := tmp_path / "postgresql").mkdir()
    both = (
        databases.sqlite_copy(sqlite_template, tmp_path),
        databases.postgres_copy(postgres_server, postgres_template, beside),
    )
    both[0].run("-m", "tests.document_numbers.walked", json.dumps([one.environment for one in both]), timeout=900)
    for one in both:
        with django_db_blocker.unblock(), databases.opened(one) as database:
            work_has_become_tasks(database.alias)
            lent_duties_carry_their_permission_and_none_begins_to_count(database.alias)
            every_movement_knows_its_day(database.alias)
            of_two_open_askings_of_one_unit_the_newer_stays_open(database.alias)
            numbers_and_days_are_entered(database)


def work_has_become_tasks(alias: str) -> None:
    rows = list(
        WorkItem.objects.using(alias).select_related("process", "owner", "done_by").order_by("process_id", "pk")
    )
    told = [
        (row.process.title, row.flow_task.name, row.stage, row.status, row.finished is None, row.came_from_id)
        for row in rows
    ]
    returned, closed = rows[0].pk, rows[3].pk
    assert told == [
        ("事项0", "drafting", "RETURNED", "DONE", False, None),
        ("事项0", "intake", "SUBMITTED", "NEW", True, returned),
        ("事项1", "drafting", "DRAFT", "ASSIGNED", True, None),
        ("事项2", "archiving", "CLOSED", "DONE", False, None),
        ("事项2", "archived", "ARCHIVED", "DONE", False, closed),
    ]
    assert [row.owner and row.owner.username for row in rows] == ["bianban1", None, "bianban1", "bianban1", None]
    assert [row.urgent for row in rows] == [False, True, False, False, False]
    assert rows[2].path == rows[2].process.path and rows[4].done_by == rows[3].done_by
    assert {row.process.flow_class for row in rows} == {StaffingFlow}
    assert not Task.objects.using(alias).exists()


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


def of_two_open_askings_of_one_unit_the_newer_stays_open(alias: str) -> None:
    rows = Opinion.objects.using(alias).order_by("pk").values_list("unit", "unit_key", "superseded")
    assert list(rows) == [
        ("区财政局", "区财政局", True), ("区 财政局", "区财政局", False), ("区财政局", "区财政局", False),
        ("区人社局", "区人社局", False),
    ]  # fmt: skip


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
