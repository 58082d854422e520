"""Outgoing papers before they are papers: who drafted which words, who reviewed them, who signed them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class Manuscript(models.Model):
    """One paper on its way to its number: drafted, reviewed, signed; a change after that begins a new one.

    `wording` holds the words of every span that may be edited, by its key; `digest` is that of everything the paper
    tells but for its number and days, so that whoever signs and whoever prints mean the same paper.
    """

    class Stage(models.TextChoices):
        """How far a manuscript (拟稿) has come between its drafter and its number."""

        DRAFTED = "DRAFTED", "待核稿"
        REVIEWED = "REVIEWED", "待签发"
        SIGNED = "SIGNED", "已签发"
        RETURNED = "RETURNED", "退回修改"
        REPLACED = "REPLACED", "已重新拟稿"
        NUMBERED = "NUMBERED", "已编文号"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey("proposals.Proposal", models.PROTECT, related_name="manuscripts")
    paper = models.CharField("文书", max_length=20)
    stage = models.CharField("状态", max_length=10, choices=Stage, default=Stage.DRAFTED)
    wording = models.JSONField("文字", default=dict, blank=True)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    in_party_name = models.BooleanField("以区委名义", default=False)
    digest = models.CharField("内容校验值", max_length=64)
    drafted_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    drafted_on = models.DateField("拟稿日期")
    reviewed_by = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_on = models.DateField("核稿日期", null=True, blank=True)
    signed_by = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="+")
    signer = models.CharField("签发人", max_length=100, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)
    remark = models.CharField("退回理由", max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_manuscript_each",
                fields=["proposal", "paper"],
                condition=~Q(stage__in=("REPLACED", "NUMBERED")),
            ),
            models.CheckConstraint(
                name="manuscript_reviewed_by_another", condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("drafted_by"))
            ),
            models.CheckConstraint(
                name="manuscript_signed_by_another", condition=Q(signed_by=None) | ~Q(signed_by=F("drafted_by"))
            ),
            models.CheckConstraint(
                name="signed_manuscript_names_its_signer",
                condition=~Q(stage__in=("SIGNED", "NUMBERED")) | (~Q(signer="") & Q(signed_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.get_stage_display()}"


OPEN = (
    Manuscript.Stage.DRAFTED,
    Manuscript.Stage.REVIEWED,
    Manuscript.Stage.SIGNED,
    Manuscript.Stage.RETURNED,
)
