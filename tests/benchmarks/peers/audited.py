"""The columns that the tables of the peers have in common: a proposal, and who did what to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Proposed(models.Model):
    """What a proposal says."""

    title = models.CharField(max_length=200)
    unit = models.CharField(max_length=100)
    delta = models.IntegerField(default=0)
    votes = models.IntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class Audited(models.Model):
    """One row for each step."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    action = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
