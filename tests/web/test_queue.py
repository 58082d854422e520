"""后台任务: an office sees and takes up again what was given up of its own, the administrator all without titles."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.faults.test_given_up import job
from tests.web.conftest import Visit, World
from workflows.jobs import faults, pulse


def test_each_sees_what_concerns_him_and_nobody_else_anything(world: World, visit: Visit) -> None:
    pulse.trust(at=timezone.now())
    failed = {"status": TaskResultStatus.FAILED, "worker_ids": ["a"] * 3, "traceback": "ValueError: 缺字"}
    own = job(args_kwargs={"args": [str(world.sent.uuid), 1], "kwargs": {}}, **failed)
    other = job(args_kwargs={"args": [str(uuid.uuid4()), 1], "kwargs": {}}, **failed)
    page = visit("bianban1").get(reverse("queue")).content.decode()
    assert world.sent.title in page and str(own.pk) in page and str(other.pk) not in page and "缺字" in page
    whole = visit("xitong").get(reverse("queue")).content.decode()
    assert str(own.pk) in whole and str(other.pk) in whole and world.sent.title not in whole
    assert visit("danwei").get(reverse("queue")).status_code == 403
    assert "有1件文书或材料包没有做成" in visit("bianban1").get(reverse("worklist")).content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("OSError: [Errno 28] No space left on device", "磁盘空间已满"),
        ("PermissionError: [Errno 13] Permission denied: '/srv/archive'", "没有写入权限"),
        ("django.db.utils.OperationalError: database is locked", "数据库暂时连不上或正忙"),
        ("workflows.jobs.worker.WorkerDied: 3 workers died while running it", "后台程序几次中断"),
        ("KeyError: 'x'", "请把原文告诉系统管理员"),
        ("proposals.Refused: 标题缺字形", "标题缺字形"),
        ("", ""),
    ],
)
def test_what_went_wrong_is_told_in_words_beside_the_programs_own(said: str, told: str) -> None:
    words = faults.told(faults.last_line(f"Traceback (most recent call last):\n  File\n{said}" if said else ""))
    assert told in words and bool(words) == bool(said) and not re.search("[a-zA-Z]{3}", words)


def test_one_press_takes_up_one_and_never_anothers(world: World, visit: Visit) -> None:
    failed = {"status": TaskResultStatus.FAILED, "worker_ids": ["a"] * 3}
    own = job(args_kwargs={"args": [str(world.sent.uuid), 1], "kwargs": {}}, **failed)
    other = job(args_kwargs={"args": [str(uuid.uuid4()), 1], "kwargs": {}}, **failed)
    clerk = visit("bianban1")
    for wanted, left in ((str(other.pk), 2), (str(own.pk), 1), ("", 1)):
        clerk.post(reverse("queue"), {"job": wanted})
        assert DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count() == left
    visit("xitong").post(reverse("queue"), {})
    assert not DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).exists()
