"""Which duties nobody holds at one time: dated rows with their citations, which the database itself keeps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q

from proposals.vocabulary import Duty


class DutyConflict(models.Model):
    """Two duties that exclude each other from a day to a day, for every territory alike.

    A trigger (proposals/ledger/sql/duty) refuses the appointment that would join them, by whatever way it comes;
    `relaxed_by` names the switch with which the rulebook of a territory, with its reason, lets them go together.
    """

    one = models.CharField("职责", max_length=20, choices=Duty)
    other = models.CharField("另一职责", max_length=20, choices=Duty)
    words = models.CharField("不得兼任的说明", max_length=100)
    relaxed_by = models.CharField("可放宽的办事开关", max_length=60, blank=True)
    citation = models.CharField("依据", max_length=300)
    since = models.DateField("施行日期")
    until = models.DateField("废止日期", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="one_conflict_from_a_day", fields=["one", "other", "since"]),
            models.CheckConstraint(name="conflict_of_two_duties", condition=~Q(one=F("other"))),
            models.CheckConstraint(
                name="conflict_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_one_display()}、{self.get_other_display()}：{self.words}"


def clash(
    *, duties: Iterable[str], duty: str, combined: bool, since: date | None = None, until: date | None = None
) -> str:
    """Return why a person with these duties may not hold another one beside them, or nothing.

    `combined` is what the rulebook says of small offices: one administrator may then be another too, but nobody both
    runs the system and audits it. Between two days counts what is law on any of them; without days, all that ever was.
    """
    held = set(duties)
    if not held:
        return ""
    rows = DutyConflict.objects.filter(Q(one=duty, other__in=held) | Q(other=duty, one__in=held))
    if until is not None:
        rows = rows.filter(since__lte=until)
    if since is not None:
        rows = rows.filter(Q(until=None) | Q(until__gte=since))
    row = (rows.filter(relaxed_by="") if combined else rows).first()
    return row.words if row else ""
