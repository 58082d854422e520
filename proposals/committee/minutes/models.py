"""The minutes of a meeting in versions, the members' comments on them, and numbered corrections after signing."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from proposals.committee.minutes import places


class Minutes(models.Model):
    """One version of the minutes: facts drawn from the record, wording where no fact stands; the newest counts."""

    meeting = models.ForeignKey("proposals.Meeting", models.CASCADE, related_name="minutes")
    version = models.PositiveSmallIntegerField("版次")
    sections = models.JSONField("内容")
    digest = models.CharField("校验值", max_length=64)
    written_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    signed_by = models.CharField("签发人", max_length=120, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)

    class Meta:
        ordering = ["meeting_id", "version"]
        verbose_name_plural = "minutes"
        constraints = [models.UniqueConstraint(name="minutes_version_once", fields=["meeting", "version"])]

    def __str__(self) -> str:
        return f"{self.meeting}纪要 第{self.version}稿"


class MinutesComment(models.Model):
    """What a member says when the minutes go round for 核对."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="comments")
    member = models.ForeignKey("proposals.RollEntry", models.CASCADE, related_name="minutes_comments")
    agreed = models.BooleanField("核对无误", default=True)
    text = models.TextField("核对意见", blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.member.name}：{self.text or '核对无误'}"


class CorrectionDraft(models.Model):
    """A correction that somebody drew up: it corrects nothing until another person signs it."""

    class Status(models.TextChoices):
        """What the second person made of a proposed correction."""

        WAITING = "WAITING", "待签发"
        SIGNED = "SIGNED", "已签发"
        DECLINED = "DECLINED", "不予更正"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    meeting = models.ForeignKey("proposals.Meeting", models.CASCADE, related_name="correction_drafts")
    place = models.CharField("更正处", max_length=200)
    before = models.CharField("原文", max_length=500)
    after = models.CharField("更正为", max_length=500)
    reason = models.CharField("理由", max_length=300)
    status = models.CharField("办理情况", max_length=8, choices=Status, default=Status.WAITING)
    drawn_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    drawn_name = models.CharField("拟定人", max_length=120)
    drawn_at = models.DateTimeField("拟定时间")
    settled_at = models.DateTimeField("办结时间", null=True, blank=True)
    remark = models.CharField("不予更正的理由", max_length=300, blank=True)

    class Meta:
        ordering = ["meeting_id", "id"]

    def __str__(self) -> str:
        return f"{places.in_words(self.place)}：“{self.before}”更正为“{self.after}”"


class Correction(models.Model):
    """A numbered 更正 of signed minutes; the signed text and its hash stay as they are."""

    meeting = models.ForeignKey("proposals.Meeting", models.CASCADE, related_name="corrections")
    n = models.PositiveSmallIntegerField("更正号")
    place = models.CharField("更正处", max_length=200)
    before = models.CharField("原文", max_length=500)
    after = models.CharField("更正为", max_length=500)
    reason = models.CharField("理由", max_length=300)
    by = models.CharField("签发人", max_length=120)
    at = models.DateTimeField("时间")
    # What was signed before corrections had a second person has none of these.
    draft = models.OneToOneField(CorrectionDraft, models.PROTECT, null=True, blank=True, related_name="correction")
    proposed_by = models.CharField("拟定人", max_length=120, blank=True)
    proposer = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="+")
    signed_by = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["meeting_id", "n"]
        constraints = [
            models.UniqueConstraint(name="correction_number_once", fields=["meeting", "n"]),
            models.CheckConstraint(
                name="correction_has_two_people",
                condition=Q(draft=None) | (~Q(proposer=None) & ~Q(signed_by=None) & ~Q(proposer=F("signed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"更正第{self.n}号"
