"""The append-only record of what happened, and the records on paper that still wait for a second person."""

from __future__ import annotations

import uuid

from django.db import models


class SubjectKind(models.TextChoices):
    """What has a chain of entries of its own."""

    CASE = "case", "动议事项"
    MEETING = "meeting", "会议"
    REGISTER = "register", "台账"
    RULEBOOK = "rulebook", "办事规则"


class Entry(models.Model):
    """One act in the chain of a subject; never changed, never removed (triggers guard the table).

    `body` is canonical JSON and all that the hash covers besides the previous hash; the columns repeat parts of it for
    look-ups. The row is the idempotency record too: one key, one entry.
    """

    subject_kind = models.CharField(max_length=10, choices=SubjectKind)
    subject_id = models.UUIDField()
    seq = models.PositiveIntegerField()
    key = models.UUIDField()
    step = models.CharField(max_length=40)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    actor = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    happened_on = models.DateField()
    request_digest = models.CharField(max_length=64)
    body = models.TextField()
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    alg = models.CharField(max_length=10, default="sha256")

    class Meta:
        ordering = ["subject_kind", "subject_id", "seq"]
        constraints = [
            models.UniqueConstraint(name="entry_seq_once", fields=["subject_id", "seq"]),
            models.UniqueConstraint(name="entry_key_once", fields=["subject_id", "key"]),
        ]
        indexes = [models.Index(name="entries_of_an_actor", fields=["actor", "-at", "-id"])]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.seq} {self.step}"


class PaperRecord(models.Model):
    """What happened on paper, entered by one person and waiting for another's confirmation.

    One paper may concern several subjects (a city reply to three cases): `acts` is a list of
    {"kind", "subject", "step", "facts"}; all take effect together when it is confirmed.
    """

    class Status(models.TextChoices):
        """What the second person made of a record of something done on paper."""

        WAITING = "WAITING", "待复核"
        CONFIRMED = "CONFIRMED", "已复核"
        DECLINED = "DECLINED", "复核未通过"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="paper_records")
    title = models.CharField("事项", max_length=200)
    number = models.CharField("文号", max_length=80, blank=True)
    on_behalf_of = models.CharField("代何人（单位）", max_length=120)
    happened_on = models.DateField("发生日期")
    evidence = models.JSONField("佐证材料", default=list)
    acts = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    recorded_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField("复核意见", max_length=500, blank=True)

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(
                name="recorder_is_not_confirmer",
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("recorded_by")),
            ),
            models.UniqueConstraint(
                name="paper_number_once",
                fields=["territory", "number"],
                condition=models.Q(status__in=["WAITING", "CONFIRMED"]) & ~models.Q(number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
