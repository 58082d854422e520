"""A file that came from outside, and what it is for."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from proposals.case.correspondence.examinations import Examination


class Uploads(models.QuerySet["Upload"]):
    """The files of cases and meetings, with what was found in them."""

    def told(self) -> Uploads:
        """Tell of every file its `standing`, where it is unusable the `objection`, and the pages that were `counted`.

        The row itself is sealed: what is found out after it was written stands beside it.
        """
        found = Examination.objects.filter(sha256=OuterRef("sha256"))
        return self.annotate(
            standing=Coalesce(Subquery(found.values("standing")[:1]), Value(Examination.Standing.USABLE)),
            objection=Coalesce(Subquery(found.values("reason")[:1]), Value("")),
            counted=Coalesce("pages", Subquery(found.values("pages")[:1])),
        )

    def counting(self) -> Uploads:
        """Leave out what was declared void or found unusable."""
        return self.filter(dropped=False).exclude(_standing(Examination.Standing.UNUSABLE))

    def usable(self) -> Uploads:
        """Leave out what was declared void, found unusable, or is not examined yet."""
        return self.filter(dropped=False).exclude(
            _standing(Examination.Standing.UNUSABLE, Examination.Standing.WAITING)
        )


def _standing(*standings: str) -> Exists:
    return Exists(Examination.objects.filter(sha256=OuterRef("sha256"), standing__in=standings))


class Upload(models.Model):
    """A file that came from outside; its bytes stand in the content-addressed store."""

    class Purpose(models.TextChoices):
        """What a file is handed in as; kinds and lines name the ones they require."""

        UNIT_REQUEST = "UNIT_REQUEST", "单位请示"
        PARTY_GROUP_MINUTES = "PARTY_GROUP_MINUTES", "党组（党委）会议纪要"
        ARGUMENT_REPORT = "ARGUMENT_REPORT", "论证报告"
        POLICY_BASIS = "POLICY_BASIS", "政策依据"
        PLAN = "PLAN", "调整方案"
        DUTIES = "DUTIES", "职责划分（去向）对照"
        PEOPLE = "PEOPLE", "人员分流（转隶）方案"
        OPINION = "OPINION", "征求意见材料"
        FISCAL = "FISCAL", "财政意见"
        INSTRUCTION = "INSTRUCTION", "领导批示"
        PRE_COMM = "PRE_COMM", "沟通预审意见"
        PARTY_COMMITTEE = "PARTY_COMMITTEE", "区委常委会纪要（节录）"
        CITY_REPLY = "CITY_REPLY", "市级批复（备案）文件"
        SIGNED_SCAN = "SIGNED_SCAN", "签章件扫描"
        MEETING_SCAN = "MEETING_SCAN", "会议记录扫描"
        TASK = "TASK", "落实情况佐证"
        OTHER = "OTHER", "其他说明或佐证材料"

    # Columns of rows that were asked with `told`, and of no others.
    standing: str
    objection: str
    counted: int | None

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="+")
    proposal = models.ForeignKey("proposals.Proposal", models.PROTECT, null=True, blank=True, related_name="uploads")
    purpose = models.CharField("材料类型", max_length=20, choices=Purpose)
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField("字节数")
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    declared_clean = models.BooleanField("不含国家秘密", default=False)
    uploaded_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    round = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(
        "所针对方案校验值", max_length=64, blank=True, help_text="empty while the lines are in hand"
    )
    dropped = models.BooleanField("作废", default=False)

    objects = Uploads.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(name="upload_declared_clean", condition=Q(declared_clean=True))]

    def __str__(self) -> str:
        return self.name
