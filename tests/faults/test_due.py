"""What falls due happens by itself: once, however many workers there are, not before its day, one failure apart."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from proposals.models import Entry, Permit, Posting, Register
from tests.databases import Database
from tests.faults.lapsing import LAST, permit
from tests.faults.test_worker import wait_for
from tests.ledger.books import FULL, Books, found
from workflows.jobs import due
from workflows.jobs.owners import new_owner
from workflows.jobs.worker import Worker

COUNT = 9


def test_two_workers_let_every_permit_lapse_once(database: Database) -> None:
    permits = json.loads(database.run("-m", "tests.faults.lapsing", COUNT).splitlines()[-1])
    for _ in range(2):
        database.start("manage.py", "worker")
    left = Permit.objects.using(database.alias).filter(uuid__in=permits, account__balance__gt=0)

    wait_for(lambda: not left.exists())

    assert Entry.objects.using(database.alias).filter(step="expire_permit", actor__username="system").count() == COUNT
    assert Posting.objects.using(database.alias).filter(kind="EXPIRE").count() == COUNT


@pytest.fixture
def books(db) -> Books:
    opened = found()
    Register.objects.create(territory=opened.territory)
    return opened


def noon(day):
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def test_a_permit_is_good_on_its_last_day_and_lapses_on_the_next(books: Books) -> None:
    one = permit(books, n=3, issued_on=books.on)
    assert due.run(at=noon(LAST)) == (0, 0)
    assert books.balance("乙中心", FULL, "COMMITTED") == 3
    assert due.run(at=noon(LAST + timedelta(days=1))) == (1, 0)
    assert (books.balance("乙中心", FULL, "COMMITTED"), books.balance("乙中心", FULL)) == (0, 10)
    entry = Entry.objects.get(step="expire_permit")
    assert (entry.actor.username, json.loads(entry.body)["facts"]) == ("system", {"permit": str(one.uuid)})
    assert due.run(at=noon(LAST + timedelta(days=2))) == (0, 0)


def test_one_that_is_refused_does_not_stop_the_rest(books: Books, caplog, capsys) -> None:
    stuck = permit(books, issued_on=LAST + timedelta(days=60))
    rest = [permit(books, issued_on=books.on) for _ in range(2)]
    with caplog.at_level(logging.WARNING):
        outcome = due.run(at=noon(LAST + timedelta(days=1)))
    assert outcome == (2, 1)
    assert str(stuck.uuid) in caplog.text and "可用数额不足" in caplog.text
    assert not Permit.objects.filter(pk__in=[one.pk for one in rest], account__balance__gt=0).exists()


def test_one_that_breaks_does_not_stop_the_rest(books: Books, monkeypatch, caplog) -> None:
    broken, whole = (permit(books, issued_on=books.on) for _ in range(2))
    perform = due.perform

    def breaking(*, facts, **more):
        if facts["permit"] == str(broken.uuid):
            raise ZeroDivisionError
        return perform(facts=facts, **more)

    monkeypatch.setattr(due, "perform", breaking)
    assert due.run(at=noon(LAST + timedelta(days=1))) == (1, 1)
    assert str(broken.uuid) in caplog.text
    assert Permit.objects.get(account__balance__gt=0) == broken


def test_the_command_for_cron_says_what_came_of_it(books: Books, capsys) -> None:
    permit(books, issued_on=books.on)
    call_command("run_due")
    assert "到期释放用编核准单1件。" in capsys.readouterr().out
    permit(books, issued_on=timezone.localdate() + timedelta(days=9))
    with pytest.raises(CommandError, match="另有1件未能释放") as failure:
        call_command("run_due")
    assert failure.value.returncode == 1


def test_a_worker_looks_at_its_start_and_then_not_before_the_hour(books: Books) -> None:
    worker = Worker(owner=new_owner(connection))
    try:
        permit(books, issued_on=books.on)
        worker.run_due()
        assert not Permit.objects.filter(account__balance__gt=0).exists()
        permit(books, issued_on=books.on)
        worker.run_due()
        assert Permit.objects.filter(account__balance__gt=0).exists()
        worker.look_again = 0.0
        worker.run_due()
        assert not Permit.objects.filter(account__balance__gt=0).exists()
    finally:
        worker.owner.release()
