"""The register of document numbers: every series of a year, every number of it once, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class NumberSeries(models.Model):
    """One run of numbers: a code word or a class of the archive, of one territory, in one year.

    An `own` series is counted here, so that its gaps are known; of another issuer's only single numbers are. A series
    that two people opened names its `change` and the `role` of its papers; others open with their first number.
    """

    class Role(models.TextChoices):
        """For which papers the numbers of a series are."""

        COMMITTEE = "COMMITTEE", "编委发文"
        OFFICE = "OFFICE", "编办发文"
        LETTER = "LETTER", "编办函"
        PERMIT = "PERMIT", "用编核准单"

    territory = models.CharField("组织路径", max_length=120)
    word = models.CharField("机关代字", max_length=60)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最后编号", default=0)
    own = models.BooleanField("本单位编号", default=True)
    role = models.CharField("用于", max_length=10, choices=Role, blank=True)
    change = models.ForeignKey("proposals.RuleChange", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="series_once", fields=["territory", "word", "year"]),
            models.UniqueConstraint(
                name="one_series_a_role", fields=["territory", "role", "year"], condition=~Q(role="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕"


class AllocatedNumber(models.Model):
    """A number that was given, typed, told by another office, used on paper or left out; it stands once for good."""

    class Use(models.TextChoices):
        """How a number came to be used, or that it never will be."""

        ALLOTTED = "ALLOTTED", "系统编号"
        TYPED = "TYPED", "手工填写"
        EXTERNAL = "EXTERNAL", "外单位编号"
        PAPER = "PAPER", "线下已用"
        VOID = "VOID", "作废"

    series = models.ForeignKey(NumberSeries, models.PROTECT, null=True, blank=True, related_name="allocated")
    number = models.PositiveIntegerField("编号", null=True, blank=True)
    territory = models.CharField("组织路径", max_length=120, blank=True)
    text = models.CharField("文号", max_length=120)
    key = models.CharField(max_length=160, blank=True, help_text="what tells numbers apart, however they are typed")
    use = models.CharField("情形", max_length=10, choices=Use, default=Use.ALLOTTED)
    reason = models.CharField("说明", max_length=500, blank=True)
    subject_uuid = models.UUIDField(null=True, blank=True)
    purpose = models.CharField("用途", max_length=60, blank=True, help_text="which paper of the subject carries it")
    dated = models.DateField("日期", null=True, blank=True)
    allocated_at = models.DateTimeField()
    change = models.ForeignKey("proposals.RuleChange", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["series", "number"]
        constraints = [
            models.UniqueConstraint(name="number_given_once", fields=["series", "number"]),
            models.UniqueConstraint(name="one_number_a_paper", fields=["subject_uuid", "purpose"]),
            models.UniqueConstraint(name="number_stands_once", fields=["territory", "key"], condition=~Q(key="")),
            models.CheckConstraint(name="number_left_out_says_why", condition=~Q(use="VOID") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.text
