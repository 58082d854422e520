"""The law of a territory as dated rows with citations: who decides, the caps, and every adjustable setting."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from proposals.vocabulary import BodyCategory, Decider, DecisionMode, LeaderLevel, QuotaType, Rank

CAP_SUBJECTS = (
    *QuotaType.choices,
    *LeaderLevel.choices,
    *BodyCategory.choices,
    ("PARTY_GOVERNMENT", "党政机构合计"),
)


class InForce(models.QuerySet[Any]):
    """Dated rows by the day that counts."""

    def in_force(self, *, territory: Any, on: date) -> Self:
        """Return the territory's rows that stand on that day (both ends inclusive)."""
        return self.filter(Q(until=None) | Q(until__gte=on), territory=territory, since__lte=on)


class Provision(models.Model):
    """One dated row of the law; ended and followed by another, never changed.

    `verified` is False where the wording was not seen by anyone who could tell; such rows are shown as 待核实.
    `change` is what two people made it by: one for each row that changes, one for all the rows of a founding profile.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="+")
    since = models.DateField("施行日期")
    until = models.DateField("废止日期", null=True, blank=True)
    citation = models.CharField("依据", max_length=300)
    verified = models.BooleanField("已核实", default=False)
    change = models.ForeignKey("proposals.RuleChange", models.PROTECT, null=True, blank=True, related_name="+")

    objects = InForce.as_manager()

    class Meta:
        abstract = True

    @property
    def standing(self) -> str:
        """Return how far the row may be relied on, as pages and papers print it."""
        return "" if self.verified else "待核实"


class AuthorityRule(Provision):
    """Who does what with a matter: a row applies when every filled condition matches the change line.

    Empty `kind`, `op`, `category` or `unit` match anything; ranks are inclusive; `raises_total` asks whether the line
    needs a grant from above (True), stays within the district's total (False) or does not matter (None).
    """

    kind = models.CharField("事项类型", max_length=30, blank=True)
    op = models.CharField("变更内容", max_length=30, blank=True)
    category = models.CharField("机构类别", max_length=20, choices=BodyCategory, blank=True)
    unit = models.CharField("编制（职数）类型", max_length=20, blank=True)
    min_rank = models.PositiveSmallIntegerField("最低规格", choices=Rank, default=Rank.NONE)
    max_rank = models.PositiveSmallIntegerField("最高规格", choices=Rank, default=Rank.DIVISION)
    raises_total = models.BooleanField("突破本级总量", null=True, blank=True)
    decider = models.CharField("决定机关", max_length=20, choices=Decider)
    mode = models.CharField("方式", max_length=10, choices=DecisionMode)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="authority_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(name="authority_ranks_in_order", condition=Q(max_rank__gte=F("min_rank"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind or self.op or '一般事项'} {self.get_decider_display()}{self.get_mode_display()}"


class Cap(Provision):
    """A ceiling given from above: quota total, leader posts or number of bodies of a category."""

    subject = models.CharField("对象", max_length=20, choices=CAP_SUBJECTS)
    scope = models.CharField("范围", max_length=60, blank=True, help_text="空为全区；否则写明，如：35个党政机构")
    value = models.PositiveIntegerField("限额")
    paper = models.CharField("批准文件", max_length=200, blank=True)

    class Meta:
        ordering = ["subject", "since"]
        constraints = [
            models.UniqueConstraint(name="one_cap_from_a_day", fields=["territory", "subject", "scope", "since"]),
            models.CheckConstraint(name="cap_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.value}"


class Setting(Provision):
    """One adjustable value of the rulebook; what its topic means and how it must look stands in lawbook."""

    class Topic(models.TextChoices):
        """Which sort of dated setting a row holds, hence the shape of its value."""

        SWITCH = "SWITCH", "办事开关"
        SEVERITY = "SEVERITY", "规则强度"
        ATTACHMENT = "ATTACHMENT", "必备材料"
        LEADER_SCHEDULE = "LEADER_SCHEDULE", "领导职数标准"
        TIME_LIMIT = "TIME_LIMIT", "办理时限"
        PATTERN = "PATTERN", "设置模式"
        DUTY_LIST_TYPE = "DUTY_LIST_TYPE", "清单类型"
        SIGNING = "SIGNING", "发文审签"
        COPIES = "COPIES", "抄送机关"

    topic = models.CharField("类别", max_length=20, choices=Topic)
    key = models.CharField("项目", max_length=60)
    value = models.JSONField("内容")

    class Meta:
        ordering = ["topic", "key", "since"]
        constraints = [
            models.UniqueConstraint(name="one_setting_from_a_day", fields=["territory", "topic", "key", "since"]),
            models.CheckConstraint(
                name="setting_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()} {self.key}"


class RuleChange(models.Model):
    """A change of the rulebook that one person drew up and another must confirm before it counts."""

    class Status(models.TextChoices):
        """What the second person made of a change that was drawn up."""

        WAITING = "WAITING", "待复核"
        CONFIRMED = "CONFIRMED", "已生效"
        DECLINED = "DECLINED", "未予生效"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="rule_changes")
    table = models.CharField("对象", max_length=20)
    content = models.JSONField("内容")
    reason = models.CharField("理由", max_length=500)
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.WAITING)
    drawn_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField("拟定时间")
    settled_by = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField("复核时间", null=True, blank=True)
    remark = models.CharField("复核意见", max_length=500, blank=True)

    class Meta:
        ordering = ["-drawn_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="drawer_does_not_confirm", condition=Q(settled_by=None) | ~Q(settled_by=F("drawn_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.reason}"
