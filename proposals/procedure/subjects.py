"""What every subject of steps has in common, and the two subjects that have no state: register and rulebook."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from proposals.procedure.entries import SubjectKind


class Subject(models.Model):
    """A row with a chain of entries; `revision` counts its changes, `head_*` name the newest entry."""

    subject_kind: ClassVar[str]

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="%(class)ss")
    revision = models.PositiveIntegerField(default=0)
    head_seq = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    moved_at = models.DateTimeField("进入本环节时间", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def concern(self) -> str:
        """The version that a page shows and a step must name."""
        return f"{self.revision}"


class Register(Subject):
    """The register of a territory: headcount moves, opening balances, records of what happened on paper."""

    subject_kind = SubjectKind.REGISTER
    state = ""

    class Meta:
        constraints = [models.UniqueConstraint(name="one_register_each", fields=["territory"])]

    def __str__(self) -> str:
        return f"{self.territory}台账"


class Rulebook(Subject):
    """The rulebook of a territory: dated settings and appointments."""

    subject_kind = SubjectKind.RULEBOOK
    state = ""

    class Meta:
        constraints = [models.UniqueConstraint(name="one_rulebook_each", fields=["territory"])]

    def __str__(self) -> str:
        return f"{self.territory}办事规则"
