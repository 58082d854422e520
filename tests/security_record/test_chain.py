"""The security record is a chain: appended by whoever comes, closed to every hand, its damage found by the audit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections
from django.db.models import F

from proposals.ledger import triggers
from tests.databases import Database
from workflows import security_record
from workflows.audit.reading import going_on, marks, security
from workflows.models import SecurityEvent, SecurityHead

ROOT = Path(__file__).resolve().parents[2]
WRITERS = re.compile(r"SecurityEvent\((?!models)|SecurityEvent\.objects\.(create|bulk_create|update|get_or_create)")
AT = datetime(2026, 3, 10, 1, 2, 3, 456789, tzinfo=UTC)
NOTING = """import django; django.setup()
from django.utils import timezone
from workflows import security_record
for n in range(15):
    security_record.note(kind="SIGNED_IN", at=timezone.now(), subject=str(n))
"""
READING = """import django; django.setup()
from workflows.audit.reading import security
from workflows.models import SecurityHead
print([SecurityHead.objects.get().seq, *security.security()])
"""


@pytest.fixture
def events(db: None) -> list[SecurityEvent]:
    """Six events in a row."""
    return [
        security_record.note(kind="DENIED", at=AT + timedelta(minutes=n), subject=f"/pages/{n}/", detail="试")
        for n in range(6)
    ]


@pytest.fixture
def unguarded(events: list[SecurityEvent]) -> list[SecurityEvent]:
    """Six events behind triggers that somebody took off."""
    triggers.put_aside(connection)
    return events


def test_each_event_follows_from_the_one_before(events: list[SecurityEvent]) -> None:
    assert [one.seq for one in events] == list(range(events[0].seq, events[0].seq + 6))
    assert [one.prev_hash for one in events[1:]] == [one.hash for one in events[:-1]]
    head = SecurityHead.objects.get()
    assert (head.seq, head.hash) == (events[-1].seq, events[-1].hash)
    assert list(security.security()) == []


def test_the_zone_of_the_machine_changes_nothing(events: list[SecurityEvent], settings) -> None:
    settings.TIME_ZONE = "America/New_York"
    assert list(security.security()) == []


DAMAGE: dict[str, Callable[[int], object]] = {
    "another moment": lambda n: one(n).update(at=AT + timedelta(days=1)),
    "another kind": lambda n: one(n).update(kind="SIGNED_IN"),
    "another subject": lambda n: one(n).update(subject="/elsewhere/"),
    "another word": lambda n: one(n).update(detail="改"),
    "another hash": lambda n: one(n).update(hash="0" * 64),
    "another hash before": lambda n: one(n).update(prev_hash="0" * 64),
    "one taken out": lambda n: one(n).delete(),
    "all taken out": lambda n: SecurityEvent.objects.all().delete(),
    "tail cut": lambda n: SecurityEvent.objects.filter(seq__gte=n).delete(),
    "numbers moved": lambda n: SecurityEvent.objects.filter(seq__gte=n).order_by("-seq").update(seq=F("seq") + 100),
    "head gone": lambda n: SecurityHead.objects.all().delete(),
    "head moved": lambda n: SecurityHead.objects.update(seq=n),
}


def one(seq: int):
    return SecurityEvent.objects.filter(seq=seq)


@pytest.mark.parametrize("how", DAMAGE)
def test_every_damage_is_found(unguarded: list[SecurityEvent], how: str) -> None:
    DAMAGE[how](unguarded[2].seq)
    assert list(security.security()) != []


def test_a_tail_cut_together_with_its_head_is_found_by_the_mark(unguarded: list[SecurityEvent]) -> None:
    assert list(going_on.findings()) == []
    last, kept = unguarded[-1].seq, unguarded[2]
    SecurityEvent.objects.filter(seq__gt=kept.seq).delete()
    SecurityHead.objects.update(seq=kept.seq, hash=kept.hash)
    said = f"安全审计记录上次核对到第{last}条，现存记录与之不符，有记录被删改。"
    assert said in security.security()
    assert said in security.going_on()


def test_a_chain_written_anew_is_found_by_the_mark(unguarded: list[SecurityEvent]) -> None:
    assert list(security.going_on()) == []
    SecurityEvent.objects.all().delete()
    SecurityHead.objects.update(seq=0, hash="0" * 64)
    for n in range(unguarded[-1].seq):
        security_record.note(kind="SIGNED_IN", at=AT, subject=f"forged {n}")
    assert len(list(security.security())) == 1


def test_what_was_read_is_not_read_again(events: list[SecurityEvent]) -> None:
    assert list(security.going_on()) == []
    assert marks.read([security_record.SELF])[security_record.SELF].seq == events[-1].seq
    triggers.put_aside(connection)
    one(events[0].seq).update(detail="改")
    assert list(security.going_on()) == []
    assert list(security.security()) == [f"安全审计记录第{events[0].seq}条：内容与校验值不符。"]


def test_two_who_note_at_once_come_one_after_the_other(database: Database) -> None:
    running = [database.start("-c", NOTING) for _ in range(2)]
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    assert database.run("-c", READING).strip().endswith("[30]")


def test_no_hand_changes_an_event(database: Database) -> None:
    database.run("-c", NOTING)
    for statement in ("UPDATE workflows_securityevent SET detail = ''", "DELETE FROM workflows_securityevent"):
        with pytest.raises(Exception, match="APPEND_ONLY"), connections[database.alias].cursor() as cursor:
            cursor.execute(statement)


def test_nobody_else_writes_events() -> None:
    sources = [path for room in ("workflows", "project") for path in (ROOT / room).rglob("*.py")]
    found = {path.name for path in sources if WRITERS.search(path.read_text())}
    assert found == {"security_record.py"} and WRITERS.search("SecurityEvent.objects.create(kind=1)") is not None


def test_in_an_emptied_database_the_record_begins_anew_and_a_lost_head_beside_events_is_found(db: None) -> None:
    SecurityHead.objects.all().delete()
    assert list(security.security()) == [] == list(security.going_on())
    first = security_record.note(kind="SIGNED_IN", at=AT)
    assert (first.seq, first.prev_hash) == (1, "0" * 64) and list(security.security()) == []
    SecurityHead.objects.all().delete()
    assert list(security.security()) == ["安全审计记录的末条登记已不存在。"]
    assert security_record.note(kind="SIGNED_IN", at=AT).seq == 2
