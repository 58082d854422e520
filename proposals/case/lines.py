"""The lines of a case: each says one change of the register or the ledger, with its three values."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from proposals.case.particulars.table import Particulars
from proposals.case.particulars.words import ChangeOp
from proposals.vocabulary import UNIT_LABELS, UNITS, LeaderLevel, QuotaType, Rank

GIVING = (ChangeOp.QUOTA_ADD, ChangeOp.LEADER_ADD)
CREATING = (ChangeOp.CREATE, ChangeOp.SPLIT, ChangeOp.CREATE_INNER, ChangeOp.COORD_CREATE)


class ChangeLine(models.Model):
    """One change a case asks for. A line without a number of posts counts as one matter: requested 1, granted 1 or 0.

    The city may grant more than was decided, or posts of another type (`granted_instead` of `granted_unit`, besides or
    in place of `granted`): its own words then stand in `granted_wording`. proposals.in_force reads what is in force.

    A body that only comes into being with the case has the uuid of the line that creates it, and so has a list of
    duties; other lines name it by that. `params` is what the table of particulars declares; `says` reads it.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    proposal = models.ForeignKey("proposals.Proposal", models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField("序号", default=0)
    op = models.CharField("调整事项", max_length=20, choices=ChangeOp)
    body = models.ForeignKey("proposals.Body", models.PROTECT, null=True, blank=True, related_name="lines")
    body_name = models.CharField("机构（拟设）名称", max_length=100, blank=True)
    counterpart = models.ForeignKey("proposals.Body", models.PROTECT, null=True, blank=True, related_name="other_lines")
    unit = models.CharField("编制（职数）类型", max_length=20, choices=UNITS, blank=True)
    rank = models.PositiveSmallIntegerField("规格", choices=Rank, null=True, blank=True)
    requested = models.PositiveIntegerField("申请数", null=True, blank=True)
    decided = models.PositiveIntegerField("决定数", null=True, blank=True)
    granted = models.PositiveIntegerField("批准数", null=True, blank=True)
    granted_unit = models.CharField("另批类型", max_length=20, choices=UNITS, blank=True)
    granted_instead = models.PositiveIntegerField("另批数", null=True, blank=True)
    granted_wording = models.CharField("批准原文", max_length=300, blank=True)
    params = models.JSONField("内容", default=dict, blank=True)
    remark = models.CharField("说明", max_length=300, blank=True)
    # The superior's name where a namesake stands elsewhere; told to the lines that a page shows (placed_lines.placed).
    place = ""

    class Meta:
        ordering = ["proposal_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                name="granted_beyond_decided_in_words",
                condition=Q(granted=None) | Q(decided=None) | Q(granted__lte=F("decided")) | ~Q(granted_wording=""),
            ),
            models.CheckConstraint(
                name="granted_instead_in_words",
                condition=Q(granted_instead=None, granted_unit="")
                | Q(granted_instead__gt=0) & ~Q(granted_unit="") & ~Q(granted_unit=F("unit")) & ~Q(granted_wording=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_op_display()} {self.place}{self.body_name}".rstrip()

    @property
    def says(self) -> Particulars:
        """What the line says besides its columns."""
        return Particulars(self.params)

    @property
    def amount(self) -> int:
        """The number that counts now: granted, else decided, else requested; a line without a number counts one."""
        values = (self.granted, self.decided, self.requested)
        return next((value for value in values if value is not None), 1)

    @property
    def named(self) -> UUID | None:
        """The uuid of the body the line names: the one it changes, or the parent or origin of the one it creates."""
        return self.body.uuid if self.body else self.says.new_body

    @property
    def target(self) -> UUID | None:
        """The uuid of the body the line changes or creates."""
        return self.uuid if self.op in CREATING else self.named

    @property
    def other(self) -> UUID | None:
        """The uuid of the other body: receiver of a transfer or merger, superior of a new body."""
        return self.counterpart.uuid if self.counterpart else self.says.new_counterpart

    @property
    def row(self) -> UUID | None:
        """The uuid of the row of a register beside the ledger that the line names."""
        return self.says.row

    @property
    def other_units(self) -> tuple[str, ...]:
        """The types of which the city may give posts instead of those that the line asks for."""
        alike = next((kind.values for kind in (LeaderLevel, QuotaType) if self.unit in kind.values), ())
        return tuple(unit for unit in alike if unit != self.unit and self.op in GIVING)

    @property
    def unit_label(self) -> str:
        """What is counted, in the office's words."""
        return UNIT_LABELS.get(self.unit, "")
