"""What was recorded stays recorded: the database itself refuses to change it, on both databases."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections
from django.utils import timezone

from proposals.ledger import triggers
from proposals.models import Entry, Person
from tests.databases import Database

EVERYWHERE = ["UPDATE proposals_entry SET step = 'forged'", "DELETE FROM proposals_entry"]
ONLY_ON = {
    "sqlite": ["INSERT OR REPLACE INTO proposals_entry SELECT * FROM proposals_entry"],
    "postgresql": ["TRUNCATE proposals_entry CASCADE"],
}


@pytest.fixture
def entry(database: Database) -> Entry:
    """One entry, written as a plain row."""
    person = Person(username="clerk", name="经办", post="科员")
    person.save(using=database.alias)
    written = Entry(
        subject_kind="case",
        subject_id=uuid4(),
        seq=1,
        key=uuid4(),
        step="save_draft",
        actor_id=person.pk,
        at=timezone.now(),
        happened_on=date(2026, 11, 2),
        request_digest="0" * 64,
        body="{}",
        prev_hash="0" * 64,
        hash="1" * 64,
    )
    written.save(using=database.alias)
    return written


def test_our_migrate_leaves_every_trigger_in_place(database: Database) -> None:
    assert triggers.missing(connections[database.alias]) == []


def test_a_recorded_entry_is_never_changed(database: Database, entry: Entry) -> None:
    for statement in EVERYWHERE + ONLY_ON[database.vendor]:
        with pytest.raises(DatabaseError, match="APPEND_ONLY"), connections[database.alias].cursor() as cursor:
            cursor.execute(statement)

    kept = Entry.objects.using(database.alias).get(pk=entry.pk)
    assert (kept.step, kept.hash) == (entry.step, entry.hash)


def test_a_lost_trigger_is_noticed_and_put_back(database: Database) -> None:
    connection = connections[database.alias]
    on_table = " ON proposals_entry" if database.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER proposals_entry_no_update{on_table}")

    assert triggers.missing(connection) == ["proposals_entry_no_update"]
    with pytest.raises(RuntimeError, match="dongyi.E001"):
        database.manage("check", "--tag", "durability")

    connection.close()
    database.manage("migrate", "--verbosity=0")
    assert triggers.missing(connection) == []
