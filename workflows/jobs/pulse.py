"""The pulse of the workers: who reads it knows that one lives, and that the clock has not jumped since it was trusted.

A clock ten years ahead would let every permit lapse at once; nothing that happens by itself happens over a jump.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Max, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from proposals.models import Entry
from proposals.procedure.locks import locked_rows
from workflows.models import Pulse

BEAT = timedelta(minutes=1)
SILENT = timedelta(minutes=5)
# The longest holidays of a year, and a server that was off over them, are no jump.
LONGEST_PAUSE = timedelta(days=15)
BACKWARDS = timedelta(minutes=5)
_FAILED = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by()
_GIVEN_UP = _FAILED.values("status").annotate(n=Count("pk")).values("n")


def beat(*, at: datetime) -> str:
    """Say that a worker lives at a moment; return why nothing may happen by itself, or nothing.

    Over a jump the trusted moment stays where it was, until somebody has looked at the clock (`trust`).
    """
    with transaction.atomic():
        row = locked_rows(Pulse.objects.all()).first()
        if row is None:
            row = Pulse(at=_newest_entry() or at)
        row.held = _jump(since=row.at, at=at)
        if not row.held:
            row.at = at
        row.save()
    return row.held


def trust(*, at: datetime) -> None:
    """Take the clock as right from this moment on: somebody has looked at it."""
    with transaction.atomic():
        row = locked_rows(Pulse.objects.all()).first() or Pulse()
        row.at, row.held = at, ""
        row.save()


class Look(NamedTuple):
    """What people should know of the workers, or nothing, and how many jobs were given up."""

    complaint: str
    given_up: int


def look(*, at: datetime) -> Look:
    """Look at the workers, in one statement."""
    row = Pulse.objects.annotate(given_up=Coalesce(Subquery(_GIVEN_UP), 0)).first()
    return Look(_complaint(row, at), row.given_up if row else 0)


def complaint(*, at: datetime) -> str:
    """Return what people should know: the clock jumped, or no worker has lived for a while; or nothing."""
    return _complaint(Pulse.objects.first(), at)


def _complaint(row: Pulse | None, at: datetime) -> str:
    if row is None:
        return "后台程序还没有运行过，文书和材料包暂时不能制作，请联系系统管理员。"
    if row.held:
        return row.held
    if at - row.at > SILENT:
        since = timezone.localtime(row.at)
        return f"后台程序自{since:%Y年%-m月%-d日%H:%M}起没有运行，文书和材料包暂时不能制作，请联系系统管理员。"
    return ""


def _newest_entry() -> datetime | None:
    newest: datetime | None = Entry.objects.aggregate(newest=Max("at"))["newest"]
    return newest


def _jump(*, since: datetime, at: datetime) -> str:
    told = f"服务器时钟现为{timezone.localtime(at):%Y年%-m月%-d日%H:%M}，上次运行时为{timezone.localtime(since):%Y年%-m月%-d日%H:%M}"
    asked = "请系统管理员核对时钟，无误后执行 manage.py run_due --clock-is-right。到期事项暂不自动办理。"
    if at - since > LONGEST_PAUSE:
        return f"{told}，相差超过{LONGEST_PAUSE.days}天，{asked}"
    if since - at > BACKWARDS:
        return f"{told}，时钟倒退，{asked}"
    return ""
