"""The registers beside the ledger: problems, duty lists, pledges, borrowed and seconded staff, reported figures."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from proposals.case.particulars.words import Claiming, PledgeForm, Settling
from proposals.vocabulary import UNITS


class Kept(models.QuerySet[Any]):
    """Rows of a side register by the day that counts."""

    def standing(self, *, on: date) -> Self:
        """Return the rows that stand on that day (both ends inclusive)."""
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class SideRow(models.Model):
    """What every row beside the ledger says of itself: whose, since when, on which paper, and whether it is real.

    `illustrative` marks a split that the founding document does not give. `entry_hash` names the entry that made the
    row, `settled_paper` and `settled_hash` the paper and entry that closed, cancelled, returned or followed it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="+")
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    paper = models.CharField("依据文件", max_length=200)
    entry_hash = models.CharField("办理记录", max_length=64, blank=True)
    settled_paper = models.CharField("办结依据", max_length=200, blank=True)
    settled_hash = models.CharField("办结记录", max_length=64, blank=True)
    illustrative = models.BooleanField("示例拆分", default=False)

    objects = Kept.as_manager()

    class Meta:
        abstract = True


class ProblemItem(SideRow):
    """One matter of the problem ledger, one account: what is wrong, until when, how and when it was settled (S11).

    `since` is the day it was entered; `unit` and `excess` say how large an excess of posts it explains.
    """

    class Topic(models.TextChoices):
        """What is wrong: too many posts, too high a rank, too many or self-made leaders."""

        OVER_QUOTA = "OVER_QUOTA", "超编"
        OVER_RANK = "OVER_RANK", "超规格"
        OVER_POSTS = "OVER_POSTS", "超领导职数配备"
        SELF_MADE_TITLE = "SELF_MADE_TITLE", "自行设置领导职务名称"
        OTHER = "OTHER", "其他"

    Way = Settling

    number = models.CharField("台账编号", max_length=40)
    batch = models.CharField("批次", max_length=60)
    body = models.ForeignKey("proposals.Body", models.PROTECT, null=True, blank=True, related_name="problems")
    body_name = models.CharField("单位", max_length=100)
    topic = models.CharField("问题类别", max_length=20, choices=Topic)
    problem = models.CharField("问题", max_length=300)
    unit = models.CharField("类型", max_length=20, choices=UNITS, blank=True)
    excess = models.PositiveIntegerField("超出数", default=0)
    settled = models.PositiveIntegerField("已分次销号数", default=0)
    due_on = models.DateField("整改时限", null=True, blank=True)
    measure = models.CharField("解决措施", max_length=300, blank=True)
    way = models.CharField("消化途径", max_length=20, choices=Way, blank=True)
    closed_on = models.DateField("实际完成时间", null=True, blank=True)
    evidence = models.JSONField("佐证材料", default=list, blank=True)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["territory", "body"])]
        constraints = [
            models.UniqueConstraint(name="problem_number_once", fields=["territory", "number"]),
            models.CheckConstraint(
                name="problem_closed_with_way", condition=Q(closed_on=None) | (~Q(way="") & ~Q(measure=""))
            ),
            models.CheckConstraint(
                name="problem_closed_after_entry", condition=Q(closed_on=None) | Q(closed_on__gte=F("since"))
            ),
            models.CheckConstraint(
                name="problem_parts_leave_a_rest", condition=Q(settled=0) | Q(settled__lt=F("excess"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.body_name} {self.get_topic_display()}"

    def stands(self, *, on: date) -> bool:
        """Return whether the problem is open on that day."""
        return self.since <= on and (self.closed_on is None or self.closed_on > on)

    def left(self, *, on: date) -> int:
        """Return how many of the problem's count are open on that day: what parts settled by then is taken off."""
        return self.excess - sum(part.n for part in self.parts.all() if part.since <= on)

    def measure_on(self, *, on: date) -> str:
        """Return the measure as it was known on that day; closing a matter writes it anew."""
        return "" if self.closed_on and self.closed_on > on else self.measure


class DutyList(SideRow):
    """A list of duties or powers of a body or a group of bodies; its type is rulebook data (S9).

    `threshold` is the claim rate in percent that binds the list; None means that nothing is measured against it.
    """

    code = models.CharField("清单编号", max_length=30)
    list_type = models.CharField("清单类型", max_length=40)
    title = models.CharField("名称", max_length=120)
    body = models.ForeignKey("proposals.Body", models.PROTECT, null=True, blank=True, related_name="duty_lists")
    threshold = models.PositiveSmallIntegerField("承接率要求（%）", null=True, blank=True)
    threshold_note = models.CharField("适用说明", max_length=200, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(name="duty_list_code_once", fields=["territory", "code"])]

    def __str__(self) -> str:
        return self.title


class DutyItem(SideRow):
    """One duty of a list, or a group of `count` duties that the document only counts together."""

    Mode = Claiming

    duty_list = models.ForeignKey(DutyList, models.PROTECT, related_name="items")
    name = models.CharField("职责（权力）事项", max_length=200)
    count = models.PositiveIntegerField("项数", default=1)
    department = models.CharField("原实施部门", max_length=100, blank=True)
    vertical = models.BooleanField("垂直管理部门", default=False)
    claimable = models.BooleanField("可承接", default=True)
    claimed_on = models.DateField("承接日期", null=True, blank=True)
    mode = models.CharField("方式", max_length=10, choices=Mode, blank=True)
    funds_follow = models.BooleanField("经费编制随转", default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    def claimed(self, *, on: date) -> bool:
        """Return whether it had been taken over by that day."""
        return self.claimed_on is not None and self.claimed_on <= on


class Pledge(SideRow):
    """A pledge (责任状) or a one-vote veto that was found, and whether it was cancelled or kept (S13).

    A case decides what becomes of it: the row that was found ends, and one with the result follows it.
    """

    Form = PledgeForm

    class Result(models.TextChoices):
        """Whether the pledge or veto was only found, or cancelled or kept by a decision."""

        FOUND = "FOUND", "待清理"
        CANCELLED = "CANCELLED", "已取消"
        KEPT = "KEPT", "保留"

    title = models.CharField("事项", max_length=160)
    form = models.CharField("形式", max_length=10, choices=Form)
    department = models.CharField("设定部门", max_length=100, blank=True)
    result = models.CharField("清理结果", max_length=10, choices=Result, default=Result.FOUND)

    class Meta:
        ordering = ["result", "id"]

    def __str__(self) -> str:
        return self.title


class Borrowed(SideRow):
    """Staff borrowed from one body by another: counts only, without a name (S19)."""

    lender = models.ForeignKey("proposals.Body", models.PROTECT, related_name="lent_out")
    borrower = models.CharField("借用单位", max_length=100)
    count = models.PositiveIntegerField("人数")
    approved = models.BooleanField("经批准", default=False)
    reason = models.CharField("事由", max_length=200, blank=True)

    class Meta:
        ordering = ["-since", "id"]

    def __str__(self) -> str:
        return f"{self.borrower} {self.count}"


class Seconded(SideRow):
    """Posts that a department keeps in a town or street, and what the place may say about their heads (S15)."""

    class Consent(models.TextChoices):
        """What say the place has over people whom a department posts there."""

        ASKED = "ASKED", "征求意见"
        AGREED = "AGREED", "征得同意"
        VETO = "VETO", "反向否决"

    department = models.CharField("派出部门", max_length=100)
    station = models.CharField("派驻机构", max_length=100)
    place = models.ForeignKey("proposals.Body", models.PROTECT, related_name="seconded_here")
    count = models.PositiveIntegerField("人数")
    consent = models.CharField("负责人调整", max_length=10, choices=Consent)
    powers = models.JSONField("属地权限", default=list, blank=True)

    class Meta:
        ordering = ["place_id", "id"]

    def __str__(self) -> str:
        return self.station


class ReportedFigure(SideRow):
    """A figure that a unit reported and no register can compute, with its source; it is quoted, never summed."""

    key = models.CharField("项目", max_length=40)
    label = models.CharField("名称", max_length=160)
    value = models.PositiveIntegerField("数值")
    measure = models.CharField("单位", max_length=10)
    group = models.CharField("类别", max_length=40)

    class Meta:
        ordering = ["group", "id"]
        constraints = [models.UniqueConstraint(name="one_figure_from_a_day", fields=["territory", "key", "since"])]

    def __str__(self) -> str:
        return self.label
