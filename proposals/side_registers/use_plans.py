"""The year's plan of use: how many posts a body may use within a year, as it was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from proposals.side_registers.models import SideRow
from proposals.vocabulary import UNITS


class UsePlan(SideRow):
    """How many posts of one type a body may use within a year; `carried` of them were left of the year before.

    A plan that was decided anew ends with the day before the new one; what is not used lapses with the year.
    """

    year = models.PositiveSmallIntegerField("计划年度")
    body = models.ForeignKey("proposals.Body", models.PROTECT, related_name="use_plans")
    unit = models.CharField("类型", max_length=20, choices=UNITS)
    n = models.PositiveIntegerField("计划数")
    carried = models.PositiveIntegerField("其中上年结转", default=0)

    class Meta:
        ordering = ["-year", "body_id", "unit", "id"]
        constraints = [
            models.UniqueConstraint(
                name="one_use_plan_a_year", fields=["territory", "year", "body", "unit"], condition=Q(until=None)
            ),
            models.CheckConstraint(name="use_plan_of_something", condition=Q(n__gt=0)),
            models.CheckConstraint(name="carried_within_use_plan", condition=Q(carried__lte=F("n"))),
        ]

    def __str__(self) -> str:
        return f"{self.year}年 {self.get_unit_display()} {self.n}"
