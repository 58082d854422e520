"""Who has the ball: the tasks of the flow, which are the worklist, the security stream, and imports on their way in."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from viewflow.workflow import STATUS
from viewflow.workflow.models import AbstractTask

from proposals.models import SubjectKind
from proposals.vocabulary import Duty, State
from workflows.grants import CaseGrant

__all__ = ["CaseGrant", "OpeningImport", "Pulse", "SecurityEvent", "SecurityHead", "VerifiedChain", "WorkItem"]


class WorkItem(AbstractTask, models.Model):
    """One task of viewflow: a case at a desk, and at the same time one line of somebody's worklist.

    It is laid on whoever holds a duty on a path, or on its owner alone. The case's state is the authority and the desks
    follow it; the one open item says who has the case. Columns of viewflow that nothing here asks for are left out.
    """

    process = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, related_name="work_items", verbose_name="动议事项"
    )
    stage = models.CharField("环节", max_length=20, choices=State)
    duty = models.CharField("职责", max_length=20, choices=Duty)
    path = models.CharField("组织路径", max_length=120)
    owner = models.ForeignKey(
        "proposals.Person", models.PROTECT, null=True, blank=True, related_name="work_items", db_index=False,
        verbose_name="办理人",
    )  # fmt: skip
    came_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    urgent = models.BooleanField("紧急", default=False)
    due_on = models.DateField("办理期限", null=True, blank=True)
    uncounted = models.BooleanField("日历未登记", default=False, help_text="a limit reaches beyond the known years")
    urged_at = models.DateTimeField("催办时间", null=True, blank=True)
    status = models.CharField("状态", max_length=50, default=STATUS.NEW)
    created = models.DateTimeField("到达时间")
    finished = models.DateTimeField("办毕时间", null=True, blank=True)
    done_by = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="done_items")

    # A generic relation of the base cannot be left out; its index, which nothing would read, can.
    owner_permission_content_type = models.ForeignKey(
        "contenttypes.ContentType", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    started = scheduled = previous = token = external_task_id = None

    objects: models.Manager[WorkItem] = models.Manager()

    class Meta:
        ordering = ["-urgent", "-id"]
        constraints = [
            models.UniqueConstraint(name="one_desk_at_a_time", fields=["process"], condition=Q(finished=None)),
            models.CheckConstraint(
                name="finished_is_done",
                condition=Q(status=STATUS.DONE, finished__isnull=False) | (~Q(status=STATUS.DONE) & Q(finished=None)),
            ),
        ]
        indexes = [
            models.Index(
                name="worklist_of_a_desk",
                fields=["path", "duty", "-urgent", "-id"],
                condition=Q(finished=None, owner=None),
            ),
            models.Index(name="worklist_of_a_person", fields=["owner", "-urgent", "-id"], condition=Q(finished=None)),
            models.Index(name="worklist_last_days", fields=["due_on"], condition=Q(finished=None)),
            models.Index(name="worklist_done", fields=["done_by", "-finished"], condition=Q(finished__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.process} {self.stage}"


class SecurityEvent(models.Model):
    """One link of the security record: who came in, who was turned away, what was handed out; appended, never changed.

    Only workflows.security_record writes it: each event carries the hash of the one before it.
    """

    class Kind(models.TextChoices):
        """What happened, or was refused."""

        REFUSED = "REFUSED", "办理被拒"
        SIGNED_IN = "SIGNED_IN", "登录"
        FAILED = "FAILED", "登录失败"
        LOCKED_OUT = "LOCKED_OUT", "暂停登录"
        SIGNED_OUT = "SIGNED_OUT", "退出"
        DENIED = "DENIED", "越权访问"
        DOWNLOADED = "DOWNLOADED", "下载"
        EXPORTED = "EXPORTED", "导出"
        READ = "READ", "查阅"
        APPOINTED = "APPOINTED", "任职变动"
        GRANTED = "GRANTED", "准予查阅"
        ENDED = "ENDED", "结束查阅"

    at = models.DateTimeField("时间")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    person = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.CharField("对象", max_length=120, blank=True)
    detail = models.TextField("内容", blank=True)
    seq = models.PositiveBigIntegerField("序号", unique=True)
    prev_hash = models.CharField("上一条校验值", max_length=64)
    hash = models.CharField("校验值", max_length=64)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject}"

    @property
    def about(self) -> str:
        """What it concerned, as its readers may know it: older downloads were noted under the title of a case."""
        told = self.kind != self.Kind.DOWNLOADED or self.subject.startswith(("材料 ", "文书 ", "材料包 "))
        return self.subject if told else "文件"


class SecurityHead(models.Model):
    """The end of the security record: one row, locked while an event is appended."""

    seq = models.PositiveBigIntegerField("末条", default=0)
    hash = models.CharField("校验值", max_length=64)

    def __str__(self) -> str:
        return f"第{self.seq}条"


class OpeningImport(models.Model):
    """An opening balance on its way in: the kept workbook, how far the worker has come with it, and what it found."""

    class Stage(models.TextChoices):
        """How far it has come; the first two and the fourth are the worker's."""

        READING = "READING", "读取"
        CHECKING = "CHECKING", "核对"
        CHECKED = "CHECKED", "确认"
        ENTERING = "ENTERING", "登记"
        ENTERED = "ENTERED", "登记完毕"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="+")
    opened_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("选择时间")
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    on = models.DateField("期初日期")
    paper = models.CharField("依据文件", max_length=200)
    stage = models.CharField("环节", max_length=10, choices=Stage, default=Stage.READING)
    sheet = models.CharField("工作表", max_length=20, blank=True)
    done = models.PositiveIntegerField("已处理行数", default=0)
    total = models.PositiveIntegerField("总行数", default=0)
    faults = models.JSONField(
        "问题", default=list, blank=True, help_text="[sheet, row, column, message]; the first ones"
    )
    fault_count = models.PositiveIntegerField("问题数", default=0)
    told = models.JSONField(
        "读取说明", default=list, blank=True, help_text="[sheet, row, column, message]; the first ones"
    )
    told_count = models.PositiveIntegerField("说明数", default=0)
    preview = models.JSONField("读到的内容", default=list, blank=True, help_text="[sheet, headings, rows, rows in all]")
    summary = models.JSONField("内容", default=list, blank=True, help_text="[label, value]")
    confirmed_by = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="+")
    refusals = models.JSONField("不予登记的原因", default=list, blank=True, help_text="[code, message, citation]")
    job = models.UUIDField(null=True, blank=True, help_text="the worker's present or last job")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.get_stage_display()}"


class VerifiedChain(models.Model):
    """How far the chain of a subject was verified; signed, so that nobody shortens the next reading in the database."""

    SECURITY = "security"

    subject_kind = models.CharField(max_length=10, choices=[*SubjectKind.choices, (SECURITY, "安全审计记录")])
    subject_id = models.UUIDField(unique=True)
    seq = models.PositiveIntegerField("末条")
    hash = models.CharField("校验值", max_length=64)
    state = models.CharField("环节", max_length=20, blank=True)
    at = models.DateTimeField("核对时间")
    signature = models.CharField("签名", max_length=100)

    def __str__(self) -> str:
        return f"{self.get_subject_kind_display()}{self.subject_id}：第{self.seq}条"


class Pulse(models.Model):
    """When a worker last lived, which is also the last moment of the clock that is trusted; one row."""

    at = models.DateTimeField("最近运行")
    held = models.CharField(
        "停止原因", max_length=200, blank=True, help_text="why nothing happens by itself, or nothing"
    )

    def __str__(self) -> str:
        return self.held or str(self.at)
