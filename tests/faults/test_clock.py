"""A wrong clock is not believed: nothing happens by itself over a jump, nothing is written before what was written."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from proposals.models import Permit
from tests.faults.test_due import books, permit
from workflows.jobs import pulse
from workflows.jobs.owners import new_owner
from workflows.jobs.worker import Worker
from workflows.models import Pulse

__all__ = ["books"]
DAY = timedelta(days=1)


@pytest.fixture
def now(db: None) -> datetime:
    """A moment at which a worker lives."""
    at = timezone.now()
    pulse.trust(at=at)
    return at


@pytest.mark.parametrize("later", [timedelta(minutes=1), 15 * DAY], ids=["a minute", "a long holiday"])
def test_time_that_passes_is_believed(now: datetime, later: timedelta) -> None:
    assert pulse.beat(at=now + later) == ""
    assert Pulse.objects.get().at == now + later


@pytest.mark.parametrize(
    ("jump", "said"), [(15 * DAY + timedelta(minutes=1), "相差超过15天"), (timedelta(minutes=-7), "时钟倒退")]
)
def test_a_jump_holds_until_somebody_has_looked(now: datetime, jump: timedelta, said: str) -> None:
    assert said in pulse.beat(at=now + jump)
    assert said in pulse.beat(at=now + jump + timedelta(minutes=1)), "a jump is not believed the second time either"
    assert Pulse.objects.get().at == now and said in pulse.complaint(at=now)
    pulse.trust(at=now + jump)
    assert pulse.beat(at=now + jump) == "" == pulse.complaint(at=now + jump)


def test_a_clock_that_was_put_right_by_itself_holds_nothing(now: datetime) -> None:
    assert pulse.beat(at=now + 3650 * DAY)
    assert pulse.beat(at=now + timedelta(minutes=2)) == ""


def test_ten_years_ahead_no_permit_lapses(books, monkeypatch) -> None:
    pulse.trust(at=timezone.now())
    permit(books, issued_on=timezone.localdate())
    ahead = timezone.now() + 3650 * DAY
    worker = Worker(owner=new_owner(connection))
    monkeypatch.setattr(timezone, "now", lambda: ahead)
    try:
        worker.run_due()
        with pytest.raises(CommandError, match="相差超过15天"):
            call_command("run_due")
        assert Permit.objects.filter(account__balance__gt=0).exists()
        call_command("run_due", "--clock-is-right")
        assert not Permit.objects.filter(account__balance__gt=0).exists()
    finally:
        worker.owner.release()


def test_a_silent_worker_is_told(now: datetime) -> None:
    assert pulse.complaint(at=now + timedelta(minutes=4)) == ""
    assert "没有运行" in pulse.complaint(at=now + timedelta(minutes=6))
    assert Client().get(reverse("readyz")).json()["worker"] is True
    Pulse.objects.update(at=now - timedelta(minutes=6))
    answer = Client().get(reverse("readyz"))
    assert (answer.json()["worker"], answer.status_code) == (False, 200)
    Pulse.objects.all().delete()
    assert "还没有运行过" in pulse.complaint(at=now)
