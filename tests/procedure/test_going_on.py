"""The reading of chains, whole and going on: what it costs, what it finds and what only the whole audit finds."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from proposals.models import Entry, Proposal, Register, Subject
from proposals.procedure import chronicle
from proposals.procedure.act import Act
from tests import builders
from tests.builders import Office
from tests.web.conftest import undone
from workflows.audit.reading import batches, chains, going_on
from workflows.models import VerifiedChain
from workflows.subjects import MODELS


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Office]:
    """An office whose cases and register have some entries, made once for the module and undone at its end."""
    with django_db_blocker.unblock(), override_settings(ARCHIVE_ROOT=tmp_path_factory.mktemp("archive")), undone():
        office = builders.office_with_law()
        for _ in range(8):
            write(office, draft(office), 30)
        yield office


@pytest.fixture
def office(written: Office, db: None) -> Office:
    """The office with a clock and a list of bodies of its own, lent to one test."""
    return replace(written, bodies=dict(written.bodies))


def draft(office: Office) -> Proposal:
    body = office.bodies.get("甲街道") or builders.add_body(office, "甲街道", category="STREET")
    return builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body.uuid}])


def write(office: Office, subject: Subject, times: int, **frozen: object) -> None:
    """Let a subject's chain grow past the door: what is read here is the chain alone."""
    for _ in range(times):
        at = office.tick()
        act = Act(step="urge", actor=office.actor("hegao"), at=at, happened_on=at.date())
        chronicle.write(
            subject=subject, act=act, key=uuid.uuid4(), from_state=subject.state, to_state=subject.state, request="",
            frozen=frozen,
        )  # fmt: skip
    subject.save()


def changed(entry: Entry, **values: str) -> None:
    """Change an entry as only who may drop triggers can."""
    table, columns = Entry._meta.db_table, ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(f"UPDATE {table} SET {columns} WHERE id = %s", [*values.values(), entry.pk])
        for _, sql in triggers:
            cursor.execute(sql)


def newest(office: Office) -> Proposal:
    return Proposal.objects.filter(territory=office.district).latest("pk")


def test_it_takes_one_statement_for_a_hundred_entries_beside_what_an_empty_reading_takes(office: Office) -> None:
    with CaptureQueriesContext(
        connection,
    ) as first:
        assert list(going_on.findings()) == []
    with CaptureQueriesContext(connection) as again:
        assert list(going_on.findings()) == []
    assert len(first) - len(again) <= Entry.objects.count() / 100 + 1
    assert len(again) <= 16, "what stands still costs nothing for each entry"


@pytest.fixture
def chains_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the whole audit read chains only: what stands beside them grows with what it says."""
    monkeypatch.setattr(chains, "rows", lambda *told: iter(()))


@pytest.mark.usefixtures("chains_alone")
def test_the_whole_audit_takes_one_statement_for_a_hundred_entries(office: Office) -> None:
    with CaptureQueriesContext(connection) as few:
        assert not list(chains.findings())
    before, first = Entry.objects.count(), Entry.objects.earliest("pk")
    quotes = {"subject": str(first.subject_id), "seq": first.seq, "hash": first.hash}
    for _ in range(42):
        write(office, draft(office), 40, quotes=quotes)
    with CaptureQueriesContext(connection) as many:
        assert not list(chains.findings())
    assert len(many) - len(few) <= (Entry.objects.count() - before) / 100


@pytest.mark.usefixtures("chains_alone")
def test_a_step_taken_while_a_batch_is_read_is_no_fault(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    read = batches.entries

    def meanwhile(batch, **after):
        monkeypatch.setattr(batches, "entries", read)
        write(office, newest(office), 1)
        return read(batch, **after)

    monkeypatch.setattr(batches, "entries", meanwhile)
    assert not list(chains.findings())


@pytest.mark.usefixtures("chains_alone")
def test_the_whole_audit_says_on_the_other_stream_how_far_it_is(office: Office) -> None:
    said, told = io.StringIO(), io.StringIO()
    with suppress(CommandError):
        call_command("audit", stdout=said, stderr=told)
    assert f"{Entry.objects.count()}条记录。" in told.getvalue().splitlines()[-1]
    assert "进度" not in said.getvalue()


def test_it_goes_on_where_an_interrupted_one_ended(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "TOGETHER", 3)
    heard: list[int] = []

    def told(read: int, entries: int) -> None:
        heard.append(entries)
        if len(heard) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(going_on.findings(told=told))
    assert VerifiedChain.objects.filter(subject_kind__in=MODELS).count() == 6
    rest: list[int] = []
    assert list(going_on.findings(told=lambda read, entries: rest.append(entries))) == []
    assert rest[-1] == Entry.objects.count() - heard[-1]


def test_what_is_changed_after_the_mark_is_found(office: Office) -> None:
    list(going_on.findings())
    write(office, newest(office), 3)
    changed(Entry.objects.filter(subject_id=newest(office).uuid).latest("seq"), step="accept")
    assert len(list(going_on.findings())) == 1
    with pytest.raises(CommandError, match="共发现1处不符"):
        call_command("audit", "--new")


def test_what_is_changed_before_the_mark_is_found_by_the_whole_audit(office: Office) -> None:
    list(going_on.findings())
    changed(Entry.objects.filter(subject_id=newest(office).uuid).earliest("seq"), step="accept")
    assert list(going_on.findings()) == []
    assert any("环节与上一条记录不一致" in one for one in islice(chains.findings(), 20))


def test_a_head_that_went_back_is_found(office: Office) -> None:
    list(going_on.findings())
    Proposal.objects.filter(pk=newest(office).pk).update(head_seq=5)
    assert "有记录被删改" in next(going_on.findings())


def test_a_forged_mark_is_none(office: Office) -> None:
    changed(Entry.objects.filter(subject_id=newest(office).uuid).earliest("seq"), step="accept")
    list(going_on.findings())
    one, other = newest(office), Proposal.objects.exclude(pk=newest(office).pk).latest("pk")
    known = VerifiedChain.objects.get(subject_id=other.uuid)
    VerifiedChain.objects.create(
        subject_kind=known.subject_kind, subject_id=one.uuid, seq=one.head_seq, hash=one.head_hash,
        state=one.state, at=known.at, signature=known.signature,
    )  # fmt: skip
    assert len(list(going_on.findings())) == 1, "it is read from its first entry"


def test_the_register_too_is_marked(office: Office) -> None:
    register = Register.objects.get(territory=office.district)
    write(office, register, 2)
    list(going_on.findings())
    assert VerifiedChain.objects.get(subject_id=register.uuid).hash == register.head_hash
