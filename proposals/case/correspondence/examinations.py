"""What was found in a file that came from outside: one row for its bytes, however often and wherever they are named."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Sum


class Examination(models.Model):
    """Whether bytes may be used; they stand in the archive once they may, and beside it until then.

    Bytes without a row were looked into before they were named.
    """

    class Standing(models.TextChoices):
        """How far the examination has come."""

        WAITING = "WAITING", "检查中"
        USABLE = "USABLE", "可用"
        UNUSABLE = "UNUSABLE", "不可用"

    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField("字节数")
    brought_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    came_at = models.DateTimeField()
    times = models.PositiveIntegerField("送检次数", default=1)
    standing = models.CharField("检查情况", max_length=10, choices=Standing, default=Standing.WAITING)
    reason = models.CharField("不可用的原因", max_length=400, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    unread = models.CharField("密级标志未检的部分", max_length=200, blank=True)
    scanner = models.CharField("查毒", max_length=80, blank=True, help_text="empty where nothing scanned it")
    codes_wanted = models.BooleanField("需识别页脚标识", default=False)
    codes = models.JSONField("各页的标识", null=True, blank=True)
    codes_fault = models.CharField("没有识别出标识的原因", max_length=400, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    examined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(name="brought_lately", fields=["brought_by", "came_at"])]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}：{self.get_standing_display()}"

    def as_stored(self) -> dict[str, Any]:
        """Return the four columns of an upload that its bytes settle, by name."""
        return {"sha256": self.sha256, "media_type": self.media_type, "size": self.size, "pages": self.pages}

    @property
    def waits(self) -> bool:
        """Whether nothing is known of the file yet."""
        return self.standing == self.Standing.WAITING

    @property
    def unfinished(self) -> bool:
        """Whether the worker has something left to do with the file."""
        wanted = self.codes_wanted and self.codes is None and self.standing == self.Standing.USABLE
        return self.waits or wanted

    @property
    def said(self) -> str:
        """What a page says of the file: what was found, and what was not looked for."""
        if self.standing != self.Standing.USABLE:
            return self.reason
        unread = f"密级标志未检（{self.unread}）" if self.unread else ""
        return "；".join(filter(None, (unread, self.scanner or "病毒未检")))


def brought(*, person_id: int, since: datetime) -> tuple[int, int]:
    """Return how many files and bytes a person has had examined since a moment; the same bytes count as often."""
    rows = Examination.objects.filter(brought_by=person_id, came_at__gte=since)
    sums = rows.aggregate(files=Sum("times"), bytes=Sum(F("size") * F("times")))
    return sums["files"] or 0, sums["bytes"] or 0
