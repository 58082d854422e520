"""What was said of a case before its decision: by whom, in which round, and of which lines; nothing is overwritten."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from proposals.text.name_column import NameKeyField


class Given(models.Model):
    """A word given for the lines that were shown with it; it falls when they change (see the module consents)."""

    round = models.PositiveSmallIntegerField("针对第几次报送", default=1)
    digest = models.CharField("所针对方案校验值", max_length=64, blank=True)
    lines = models.JSONField("所针对的方案", default=list, blank=True)

    class Meta:
        abstract = True


class Consent(Given):
    """What the city, the compliance desk, the office's meeting or the chair said; asked first, answered once."""

    class Kind(models.TextChoices):
        """Whose word it is."""

        CITY = "CITY", "市委编办沟通意见"
        COMPLIANCE = "COMPLIANCE", "合法合规审查意见"
        OFFICE = "OFFICE", "室务会意见"
        CHAIR = "CHAIR", "编委主任意见"

    class Result(models.TextChoices):
        """What was answered; only 同意 lets the case go on, and only for the lines it was given for."""

        AGREE = "AGREE", "同意"
        CHANGE = "CHANGE", "建议修改"
        UNFIT = "UNFIT", "不宜提出"
        OBJECT = "OBJECT", "不同意"

    proposal = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="consents")
    kind = models.CharField("意见", max_length=10, choices=Kind)
    asked_on = models.DateField("送请日期")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    result = models.CharField("结果", max_length=10, choices=Result, blank=True)
    by = models.CharField("答复人", max_length=100, blank=True)
    asked = models.TextField("送请内容", blank=True)
    text = models.TextField("意见内容", blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="consent_answered_with_a_result",
                condition=Q(answered_on=None, result="") | (~Q(answered_on=None) & ~Q(result="")),
            ),
            models.UniqueConstraint(
                name="one_open_question_a_kind", fields=["proposal", "kind"], condition=Q(answered_on=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.get_result_display() or '尚未答复'}"


class Opinion(Given):
    """What an affected body says in writing: agree, has comments, or no reply in time; every asking is a row.

    `body` tells two bodies of one name apart; `superseded` is an asking whose lines changed before it was answered.
    """

    class Result(models.TextChoices):
        """What an affected body answered, or that it let the day pass."""

        AGREE = "AGREE", "同意"
        COMMENT = "COMMENT", "有意见"
        OVERDUE = "OVERDUE", "逾期未复"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="opinions")
    unit = models.CharField("单位", max_length=100)
    unit_key = NameKeyField(of="unit")
    body = models.ForeignKey("proposals.Body", models.PROTECT, null=True, blank=True, related_name="+")
    asked_on = models.DateField("征求日期")
    due_on = models.DateField("答复期限", null=True, blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    result = models.CharField("意见", max_length=10, choices=Result, blank=True)
    text = models.TextField("意见内容", blank=True)
    adopted = models.CharField("采纳情况", max_length=300, blank=True)
    superseded = models.BooleanField("已另行征求", default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_asking_a_unit",
                fields=["proposal", "unit_key"],
                condition=Q(body=None, replied_on=None, superseded=False),
            ),
            models.UniqueConstraint(
                name="one_open_asking_a_body",
                fields=["proposal", "body"],
                condition=~Q(body=None) & Q(replied_on=None, superseded=False),
            ),
            models.CheckConstraint(name="opinion_replied_with_a_result", condition=Q(replied_on=None) | ~Q(result="")),
        ]

    def __str__(self) -> str:
        return self.unit


class WrittenException(Given):
    """特批说明: a named person lets one finding pass, for the lines it was found on.

    `finding` is the finding's own identity (rules.base.Finding.key); rows of older releases know rule and words only.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="exceptions")
    finding = models.CharField("所针对核查意见的标识", max_length=120, blank=True)
    rule = models.CharField("规则编号", max_length=20)
    message = models.TextField("核查意见")
    reason = models.TextField("特批理由", blank=True)
    by = models.CharField("特批人", max_length=100, blank=True)
    written_on = models.DateField("特批日期")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="one_exception_a_finding_and_plan",
                fields=["proposal", "finding", "digest"],
                condition=~Q(finding=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.message}"

    def passes(self, *, key: str, rule: str, message: str) -> bool:
        """Return whether it was given for a finding; one of an older release named it by rule and words."""
        return self.finding == key or (not self.finding and (self.rule, self.message) == (rule, message))
