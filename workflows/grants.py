"""A right on one case until a day: guardian's per-object permission with its lender, its days and its reason."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import F, Q
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from proposals.case.asks import GrantKind
from proposals.organisation.duty_places import LENDABLE
from proposals.vocabulary import Duty

# The permissions of a case: one for each duty (proposals.case.models), and Django's own for reading it.
HOLD, READ = "hold_", "view_proposal"


class Grants(UserObjectPermissionManager, models.Manager["CaseGrant"]):
    """guardian's manager, with the type of what it finds."""


class CaseGrant(UserObjectPermissionBase, models.Model):
    """What somebody may do on one case besides his duties, lent by whom, from a day to a day.

    `user`, `permission` and `content_object` are guardian's: whom, what, on which case. guardian knows no day, so
    whether a row counts is asked of workflows.desks.lending at every use; what has ended stays as a row. `duty` and
    `path` say of a lent duty whose it is and where; a reading has neither.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("类别", max_length=12, choices=GrantKind, default=GrantKind.LENT)
    content_object = models.ForeignKey(
        "proposals.Proposal", models.PROTECT, related_name="grants", verbose_name="动议事项"
    )
    user = models.ForeignKey("proposals.Person", models.PROTECT, related_name="grants", verbose_name="受托人")
    permission = models.ForeignKey(Permission, models.PROTECT)
    duty = models.CharField("职责", max_length=20, choices=Duty, blank=True)
    lender = models.ForeignKey("proposals.Person", models.PROTECT, related_name="+")
    path = models.CharField("组织路径", max_length=120, blank=True)
    since = models.DateField("委托自")
    until = models.DateField("委托至")
    reason = models.TextField("理由", blank=True)
    ended_at = models.DateTimeField("收回时间", null=True, blank=True)
    ended_by = models.ForeignKey("proposals.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = Grants()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="one_open_grant", fields=["user", "permission", "content_object"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="lent_to_another", condition=Q(ended_at__isnull=False) | ~Q(user=F("lender"))),
            models.CheckConstraint(
                name="only_a_desk_is_lent",
                condition=Q(ended_at__isnull=False)
                | Q(kind=GrantKind.LENT, duty__in=LENDABLE)
                | ~Q(kind=GrantKind.LENT) & Q(duty=""),
            ),
            models.CheckConstraint(
                name="lent_until_after_since", condition=Q(ended_at__isnull=False) | Q(until__gte=F("since"))
            ),
        ]
        indexes = [
            models.Index(name="grants_of_a_person", fields=["user", "until"], condition=Q(ended_at=None)),
        ]

    def __str__(self) -> str:
        lent = self.kind == GrantKind.LENT
        return f"{self.user}（代{self.lender}）" if lent else f"{self.user}（{self.get_kind_display()}）"

    @property
    def codename(self) -> str:
        """The name of the permission that the row ought to give."""
        return f"{HOLD}{self.duty.lower()}" if self.kind == GrantKind.LENT else READ
