"""Databases of an older release, migrated to this one: `python -m tests.document_numbers.walked ENVIRONMENTS`."""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Fill each database, take it back to the older release, leave in it what that one left, and migrate it anew."""
    import django

    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.db import connections

    from tests.document_numbers import drawn, older
    from tests.warm import read_anew

    own = dict(os.environ)
    with drawn.once():
        for environment in json.loads(sys.argv[1]):
            read_anew({**own, **environment})
            ContentType.objects.clear_cache()
            older.main()
            call_command("migrate", "proposals", "0003", verbosity=0)
            one_permission_is_missing_and_one_stands_alone()
            work_lies_on_desks()
            one_unit_was_asked_twice()
            call_command("migrate", verbosity=0)
            connections.close_all()


def one_permission_is_missing_and_one_stands_alone() -> None:
    from django.contrib.auth.models import Permission
    from guardian.models import UserObjectPermission

    beside = UserObjectPermission.objects
    assert {row.permission.codename for row in beside.all()} == {"hold_office_clerk", "hold_office_director"}
    beside.filter(permission__codename="hold_office_director").delete()
    one = beside.first()
    assert one is not None
    alone = Permission.objects.get(codename="hold_compliance")
    one.pk, one.permission_id = None, alone.pk
    beside.bulk_create([one])  # no look at the case, whose table is an older one now


def work_lies_on_desks() -> None:
    """Lay the first case on the clerk's desk, after the drafter's, as the older release did; archive the last one."""
    from django.db import connection

    columns = "subject_kind, subject_id, title, stage, duty, path, urgent, since, open, person_id, done_by_id, done_at"
    values = "'case', uuid, title, %s, %s, path, %s, created_at, %s, {}, {}, {}"
    row = f"SELECT {values} FROM proposals_proposal WHERE title=%s"
    done, waiting = row.format("drafter_id", "drafter_id", "created_at"), row.format("NULL", "NULL", "NULL")
    with connection.cursor() as cursor:
        for rows, told in (
            (done, ("RETURNED", "UNIT_DRAFTER", False, False, "事项0")),
            (waiting, ("SUBMITTED", "OFFICE_CLERK", True, True, "事项0")),
            (done, ("CLOSED", "ARCHIVIST", False, False, "事项2")),
        ):
            cursor.execute(f"INSERT INTO workflows_workitem ({columns}) {rows}", told)
        cursor.execute("UPDATE proposals_proposal SET state='ARCHIVED', head_seq=1 WHERE title='事项2'")


def one_unit_was_asked_twice() -> None:
    """Ask one unit twice under two spellings, as the older release let one do, and others beside it."""
    from django.db import connection

    columns = "unit, asked_on, result, text, adopted, proposal_id"
    row = f"INSERT INTO proposals_opinion ({columns}) SELECT %s, '2026-03-10', '', '', '', id FROM proposals_proposal"
    asked = (("事项0", "区财政局"), ("事项0", "区 财政局"), ("事项1", "区财政局"), ("事项0", "区人社局"))
    with connection.cursor() as cursor:
        for title, unit in asked:
            cursor.execute(f"{row} WHERE title=%s", (unit, title))


if __name__ == "__main__":
    main()
