"""A part of a problem that was settled: how many, how, on which paper; what remains stays open under its number."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from proposals.side_registers.models import ProblemItem, SideRow


class ProblemPart(SideRow):
    """So many of a counted problem settled by one act; the last part closes the problem itself.

    `since` is the day on which the part was settled.
    """

    problem = models.ForeignKey(ProblemItem, models.PROTECT, related_name="parts")
    n = models.PositiveIntegerField("销号数")
    way = models.CharField("消化途径", max_length=20, choices=ProblemItem.Way)
    measure = models.CharField("解决措施", max_length=300)
    evidence = models.JSONField("佐证材料", default=list, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(name="problem_part_of_something", condition=Q(n__gt=0)),
            models.CheckConstraint(name="problem_part_with_way", condition=~Q(way="") & ~Q(measure="")),
        ]

    def __str__(self) -> str:
        return f"{self.problem.number} {self.n}名"
