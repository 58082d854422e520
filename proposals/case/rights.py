"""For what somebody gets a right on one case beside what his duties give him."""

from django.db import models


class GrantKind(models.TextChoices):
    """For what a right on one case was given: to do a lent duty, or to read."""

    LENT = "LENT", "委托代办"
    BORROWED = "BORROWED", "借阅"
    AUDITED = "AUDITED", "审计调阅"
    CIRCULATED = "CIRCULATED", "传阅"
