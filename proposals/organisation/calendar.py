"""The working-day calendar: what the yearly notice says of public holidays and swapped working days."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class CalendarNotice(models.Model):
    """The notice that settles the working days of a year; one that corrects it takes its place and it stands no more.

    The days are the country's, so one calendar serves every territory; `change` is what two people entered it by,
    empty for the year with which the site was founded.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    year = models.PositiveSmallIntegerField("年份")
    citation = models.CharField("依据", max_length=200)
    change = models.ForeignKey("proposals.RuleChange", models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, help_text="sha256 of the days that it names")
    stands = models.BooleanField("现行", default=True)

    class Meta:
        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint(name="one_calendar_a_year", fields=["year"], condition=Q(stands=True)),
        ]

    def __str__(self) -> str:
        return f"{self.year}年节假日安排"


class CalendarDay(models.Model):
    """A day that differs from the week: a holiday, or a weekend day worked instead."""

    day = models.DateField("日期", unique=True)
    works = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40)
    citation = models.CharField("依据", max_length=200)
    notice = models.ForeignKey(CalendarNotice, models.PROTECT, null=True, blank=True, related_name="days")

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}{self.name}"
