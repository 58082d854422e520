"""The periods of the ledger that were closed, and what stood on every account when they were."""

from __future__ import annotations

from django.db import models


class ClosedPeriod(models.Model):
    """The ledger of a territory up to a day: nothing but a correction takes effect by then any more; never taken back.

    `digest` is of what stood on every account that day, as far as it was known: up to and with `last_posting`.
    """

    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="closed_periods", db_index=False)
    through = models.DateField("封存至")
    last_posting = models.ForeignKey("proposals.Posting", models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField("结存校验值", max_length=64)
    entry_hash = models.CharField("办理记录", max_length=64)

    class Meta:
        ordering = ["-through"]
        constraints = [models.UniqueConstraint(name="closed_once", fields=["territory", "through"])]

    def __str__(self) -> str:
        return f"封存至{self.through}"
