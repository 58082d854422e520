"""What paper keeps: frozen facts, stored files and packages; its numbers stand beside."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from docs_templates.numbers.models import AllocatedNumber, NumberSeries
from proposals.procedure.entries import SubjectKind

__all__ = ["AllocatedNumber", "FrozenPaper", "NumberSeries", "Package", "StoredObject"]


class FrozenPaper(models.Model):
    """The facts of one paper, frozen by a step; what is printed from them is stored under its sha256."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject_kind = models.CharField(max_length=10, choices=SubjectKind)
    subject_uuid = models.UUIDField()
    slug = models.CharField("文种", max_length=30)
    version = models.PositiveSmallIntegerField("版本", default=1)
    round = models.PositiveSmallIntegerField("第几次报送", default=1)
    facts = models.TextField(help_text="canonical JSON")
    digest = models.CharField(max_length=64, help_text="sha256 of the facts")
    chain_head = models.CharField(max_length=64, blank=True, help_text="head of the chain before the freezing entry")
    frozen_by = models.CharField("冻结环节", max_length=40)
    frozen_at = models.DateTimeField()
    rendered_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    scan_sha256 = models.CharField("签章件", max_length=64, blank=True)
    fault = models.CharField("制作失败的原因", max_length=300, blank=True)

    class Meta:
        ordering = ["subject_uuid", "slug", "version"]
        constraints = [models.UniqueConstraint(name="paper_version_once", fields=["subject_uuid", "slug", "version"])]
        indexes = [models.Index(fields=["digest"])]

    def __str__(self) -> str:
        return f"{self.slug} v{self.version}"


class StoredObject(models.Model):
    """A file in the content-addressed store; the row says what it is, the digest where."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField("字节数")
    media_type = models.CharField(max_length=80)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Package(models.Model):
    """A sealed package: what went up to the city, or what went into the archive."""

    class Kind(models.TextChoices):
        """Whether the package goes to the city (报送包) or to the archive (归档包)."""

        FILING = "FILING", "报送包"
        ARCHIVE = "ARCHIVE", "归档包"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject_uuid = models.UUIDField(db_index=True)
    kind = models.CharField("种类", max_length=10, choices=Kind)
    round = models.PositiveSmallIntegerField("第几次报送", default=1)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("字节数")
    file_name = models.CharField("文件名", max_length=120)
    checks = models.JSONField("四性检测", default=list)
    sealed_entry_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["subject_uuid", "created_at"]
        constraints = [
            # A retried job finds the package it already made.
            models.UniqueConstraint(name="package_sealed_once", fields=["subject_uuid", "kind", "sealed_entry_hash"]),
            models.CheckConstraint(name="package_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return self.file_name
