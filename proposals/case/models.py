"""A case: one staffing proposal on its way from draft to archive."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from viewflow.workflow.fields import FlowReferenceField
from viewflow.workflow.models import AbstractProcess
from viewflow.workflow.status import PROCESS

from proposals.case.lines import ChangeLine
from proposals.prepared import Prepared
from proposals.procedure.entries import SubjectKind
from proposals.procedure.subjects import Subject
from proposals.procedure.table import StateField
from proposals.vocabulary import Duty, FilingMode, Origin, State, Track, Trigger, Urgency

LINES: Prepared[ChangeLine] = Prepared(
    lambda case: ChangeLine.objects.filter(proposal=case).select_related("body", "counterpart")
)
LINES_READ = "change_lines"


FLOW = "workflows/desks.flow.StaffingFlow"


class Proposal(Subject, AbstractProcess):
    """The facts of a case, which is the process of its flow; its state moves by steps only.

    Of viewflow's own columns one is kept, the flow by which it travels; the others would repeat what the case knows.
    """

    subject_kind = SubjectKind.CASE

    # Reads the lines with more of the case, as long as it is judged and they were not read yet.
    ahead: Callable[[], Any] | None = None
    # The digest of the round that the step in hand has kept.
    kept_round = ""

    flow_class = FlowReferenceField("流程", default=FLOW, editable=False)
    objects: models.Manager[Proposal] = models.Manager()

    path = models.CharField("组织路径", max_length=120, help_text="territory path, or the proposing unit's below it")
    number = models.CharField("收文登记号", max_length=40, blank=True)
    number_key = models.CharField(max_length=60, blank=True, help_text="what tells incoming numbers apart")
    paper_number = models.CharField("来文字号", max_length=80, blank=True)
    paper_dated = models.DateField("来文日期", null=True, blank=True)
    title = models.CharField("标题", max_length=200)
    kind = models.CharField("事项类型", max_length=30)
    track = models.CharField("办理方式", max_length=10, choices=Track, default=Track.FULL)
    origin = models.CharField("来源", max_length=10, choices=Origin, default=Origin.UNIT)
    trigger = models.CharField("动议情形", max_length=20, choices=Trigger, blank=True)
    trigger_note = models.CharField("情形说明", max_length=300, blank=True)
    proposer = models.CharField("动议单位", max_length=100)
    proposer_body = models.ForeignKey("proposals.Body", models.PROTECT, null=True, blank=True, related_name="+")
    urgency = models.CharField("紧急程度", max_length=12, choices=Urgency, default=Urgency.NORMAL)
    urgency_reason = models.CharField("紧急理由", max_length=300, blank=True)
    summary = models.TextField("内容摘要", blank=True)
    background = models.TextField("基本情况", blank=True)
    reason = models.TextField("缘由", blank=True)
    vertical_flags = models.JSONField("条条干预情形", default=list, blank=True)
    leading_instruction = models.CharField("批示（文件）", max_length=300, blank=True)

    state = StateField("环节", choices=State, default=State.DRAFT)
    round = models.PositiveSmallIntegerField("第几次报送", default=1)
    filing_mode = models.CharField("上报方式", max_length=10, choices=FilingMode, blank=True)
    route = models.JSONField("审批路径", default=list, blank=True)
    agreed = models.BooleanField("是否同意", null=True, blank=True)
    decided_by = models.CharField("决定机关", max_length=20, blank=True)
    decided_digest = models.CharField("决定方案校验值", max_length=64, blank=True)
    party_committee = models.JSONField("区委意见", default=dict, blank=True)
    retitled = models.JSONField("重新确定的标题", default=dict, blank=True)
    numbers = models.JSONField("文号", default=dict, blank=True)
    sealings = models.JSONField("用印登记", default=list, blank=True)
    scans = models.JSONField("签章件", default=dict, blank=True)
    city_reply = models.JSONField("市级答复", default=dict, blank=True)
    packages = models.JSONField("报送包与归档包", default=list, blank=True)
    withdrawal = models.JSONField("撤回", default=dict, blank=True)

    accepted_on = models.DateField("受理日期", null=True, blank=True)
    routed_on = models.DateField("适用规定日期", null=True, blank=True)
    proposed_on = models.DateField("提请上会日期", null=True, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    filed_on = models.DateField("上报日期", null=True, blank=True)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    drafter = models.ForeignKey("proposals.Person", models.PROTECT, related_name="drafted")
    created_at = models.DateTimeField("建立时间")

    class Meta:
        ordering = ["-id"]
        permissions = [(f"hold_{duty.lower()}", f"代办：{label}") for duty, label in Duty.choices]
        indexes = [
            models.Index(fields=["territory", "state", "-id"]),
            models.Index(fields=["path"]),
            models.Index(name="cases_of_a_drafter", fields=["drafter", "-id"]),
            models.Index(name="cases_by_beginning", fields=["-created_at", "-id"]),
            models.Index(name="cases_by_move", fields=["territory", "moved_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="incoming_number_once", fields=["territory", "number_key"], condition=~Q(number_key="")
            ),
            models.CheckConstraint(name="case_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="case_state_needs_a_chain", condition=Q(state=State.DRAFT) | Q(head_seq__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def status(self) -> str:
        """Where viewflow sees the process: done with the archive."""
        return PROCESS.DONE if self.state == State.ARCHIVED else PROCESS.NEW

    @property
    def created(self) -> datetime:
        """When viewflow sees the process begin."""
        return self.created_at

    @property
    def finished(self) -> datetime | None:
        """When viewflow sees the process end."""
        return self.moved_at if self.state == State.ARCHIVED else None

    @cached_property
    def change_lines(self) -> tuple[ChangeLine, ...]:
        """The lines with their bodies, in order; read once, and again after their values were written."""
        if self.ahead is not None:
            self.ahead()
        if LINES_READ not in self.__dict__:
            self.take_lines(LINES(using=self._state.db, case=self.pk))
        found: tuple[ChangeLine, ...] = self.__dict__[LINES_READ]
        return found

    def take_lines(self, lines: Iterable[ChangeLine]) -> None:
        """Take the lines that were read just now for those of the case."""
        lines = tuple(lines)
        for line in lines:
            line.proposal = self
        self.__dict__[LINES_READ], self.ahead = lines, None

    def forget_lines(self) -> None:
        """Let the lines be read again, for their values were written."""
        self.__dict__.pop(LINES_READ, None)
        self.ahead = None

    @property
    def editable(self) -> bool:
        """Whether the drafter may change the facts now."""
        return self.state in (State.DRAFT, State.UNIT_COLLECTIVE, State.RETURNED, State.ARGUING, State.CITY_RETURNED)

    @property
    def effective(self) -> bool:
        """Whether the founding paper has been issued and the ledger posted."""
        return self.effective_on is not None


class Answer(models.Model):
    """One answer of the argument; it may point to a section of an uploaded report instead of repeating it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="answers")
    question = models.CharField("论证问题", max_length=30)
    text = models.TextField("回答", blank=True)
    pointer = models.CharField("见论证报告", max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_answer_each", fields=["proposal", "question"])]

    def __str__(self) -> str:
        return self.question


class BasisDocument(models.Model):
    """A document the proposal relies on; its level decides whether it may be a basis (Regulation art. 27)."""

    class Level(models.TextChoices):
        """Which authority issued the document; a ministry's own notice is no basis (条例第二十七条)."""

        PARTY_RULE = "PARTY_RULE", "党内法规"
        STATUTE = "STATUTE", "法律、行政法规、地方性法规"
        CENTRAL = "CENTRAL", "党中央、国务院文件"
        STAFFING = "STAFFING", "上级编委、编办文件"
        SUPERIOR = "SUPERIOR", "上级党委、政府文件"
        OWN = "OWN", "本级党委、政府、编委文件"
        MINISTRY = "MINISTRY", "部门规章、部门规范性文件"

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="basis")
    level = models.CharField("文件层级", max_length=12, choices=Level)
    title = models.CharField("文件名称", max_length=200)
    number = models.CharField("文号", max_length=80, blank=True)
    clause = models.CharField("有关条款", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"《{self.title}》{self.number}"


class Task(models.Model):
    """One thing to do after the decision: who leads, by when, done or explained."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="tasks")
    title = models.CharField("任务", max_length=200)
    unit = models.CharField("责任单位", max_length=100)
    due_on = models.DateField("完成时限", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    explanation = models.CharField("未完成说明", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Round(models.Model):
    """The facts of a case as they stood when they were sent; every return opens the next round."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="rounds")
    n = models.PositiveSmallIntegerField("第几次")
    sent_at = models.DateTimeField("报送时间")
    snapshot = models.JSONField("报送内容")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["n", "id"]

    def __str__(self) -> str:
        return f"{self.proposal} 第{self.n}次"
