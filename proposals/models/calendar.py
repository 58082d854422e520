"""The working-day calendar: the public holidays and the swapped working days of each year, as dated, cited rows."""

from __future__ import annotations

from django.db import models


class CalendarDay(models.Model):
    """A day that differs from the week: a holiday, or a weekend day worked instead."""

    day = models.DateField("日期", unique=True)
    works = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40)
    citation = models.CharField("依据", max_length=200)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}{self.name}"
