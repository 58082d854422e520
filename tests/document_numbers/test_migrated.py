"""What an older release held survives and fits: numbers, days with notices, movements, lent duties, open askings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connections
from django.utils import timezone
from guardian.models import UserObjectPermission
from viewflow.workflow.models import Task

from docs_templates.models import AllocatedNumber
from proposals.ledger import triggers
from proposals.models import BodyVersion, CalendarDay, CalendarNotice, Movement, Opinion, Proposal
from proposals.text import alike
from tests.databases import Database
from tests.document_numbers.older import UNTIL
from workflows.desks.flow import StaffingFlow
from workflows.grants import CaseGrant
from workflows.models import WorkItem

pytestmark = pytest.mark.dear(200)  # tables of an older release are migrated


def test_what_an_older_release_recorded_is_kept_and_complete(database: Database) -> None:
    """Tables are migrated back and forth once for all of it: that is what costs."""
    database.run("-m", "tests.document_numbers.older")
    database.manage("migrate", "proposals", "0003", "--verbosity=0")
    one_permission_is_missing_and_one_stands_alone(database.alias)
    work_lies_on_desks(database.alias)
    one_unit_was_asked_twice(database.alias)
    database.manage("migrate", "--verbosity=0")
    work_has_become_tasks(database.alias)
    lent_duties_carry_their_permission_and_none_begins_to_count(database.alias)
    every_movement_knows_its_day(database.alias)
    of_two_open_askings_of_one_unit_the_newer_stays_open(database.alias)
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


def work_lies_on_desks(alias: str) -> None:
    """Lay the first case on the clerk's desk, after the drafter's, as the older release did; archive the last one."""
    columns = "subject_kind, subject_id, title, stage, duty, path, urgent, since, open, person_id, done_by_id, done_at"
    values = "'case', uuid, title, %s, %s, path, %s, created_at, %s, {}, {}, {}"
    row = f"SELECT {values} FROM proposals_proposal WHERE title=%s"
    done, waiting = row.format("drafter_id", "drafter_id", "created_at"), row.format("NULL", "NULL", "NULL")
    with connections[alias].cursor() as cursor:
        for rows, told in (
            (done, ("RETURNED", "UNIT_DRAFTER", False, False, "事项0")),
            (waiting, ("SUBMITTED", "OFFICE_CLERK", True, True, "事项0")),
            (done, ("CLOSED", "ARCHIVIST", False, False, "事项2")),
        ):
            cursor.execute(f"INSERT INTO workflows_workitem ({columns}) {rows}", told)
        cursor.execute("UPDATE proposals_proposal SET state='ARCHIVED', head_seq=1 WHERE title='事项2'")
    connections[alias].close()


def one_unit_was_asked_twice(alias: str) -> None:
    """Ask one unit twice under two spellings, as the older release let one do, and others beside it."""
    columns = "unit, asked_on, result, text, adopted, proposal_id"
    row = f"INSERT INTO proposals_opinion ({columns}) SELECT %s, '2026-03-10', '', '', '', id FROM proposals_proposal"
    asked = (("事项0", "区财政局"), ("事项0", "区 财政局"), ("事项1", "区财政局"), ("事项0", "区人社局"))
    with connections[alias].cursor() as cursor:
        for title, unit in asked:
            cursor.execute(f"{row} WHERE title=%s", (unit, title))
    connections[alias].close()


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
