"""The lines of a case: each says one change of the register or the ledger, with its three values."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from proposals.vocabulary import UNIT_LABELS, UNITS, LeaderLevel, QuotaType, Rank


class ChangeOp(models.TextChoices):
    """What a line does; a case may mix them."""

    CREATE = "CREATE", "设立机构"
    ABOLISH = "ABOLISH", "撤销机构"
    MERGE = "MERGE", "并入（合并）"
    SPLIT = "SPLIT", "分设机构"
    RENAME = "RENAME", "更名"
    RERANK = "RERANK", "调整机构规格"
    REAFFILIATE = "REAFFILIATE", "调整隶属关系"
    RECLASSIFY = "RECLASSIFY", "调整类别"
    ADD_PLATE = "ADD_PLATE", "加挂牌子"
    REMOVE_PLATE = "REMOVE_PLATE", "摘除牌子"
    CREATE_INNER = "CREATE_INNER", "设立内设机构"
    ABOLISH_INNER = "ABOLISH_INNER", "撤销内设机构"
    MERGE_INNER = "MERGE_INNER", "合并内设机构"
    RENAME_INNER = "RENAME_INNER", "内设机构更名"
    COORD_CREATE = "COORD_CREATE", "设立议事协调机构"
    COORD_ABOLISH = "COORD_ABOLISH", "撤销议事协调机构"
    DUTY_ADD = "DUTY_ADD", "增加职责（准入）"
    DUTY_MOVE = "DUTY_MOVE", "划转职责"
    DUTY_DROP = "DUTY_DROP", "取消职责"
    DUTY_CLAIM = "DUTY_CLAIM", "承接权责事项"
    DUTY_LIST = "DUTY_LIST", "建立权责清单"
    CHARTER = "CHARTER", "制定（修订）“三定”规定"
    QUOTA_ADD = "QUOTA_ADD", "核增编制"
    QUOTA_CUT = "QUOTA_CUT", "核减编制"
    QUOTA_TRANSFER = "QUOTA_TRANSFER", "调剂编制"
    QUOTA_CONVERT = "QUOTA_CONVERT", "调整编制结构"
    LEADER_ADD = "LEADER_ADD", "核增领导职数"
    LEADER_CUT = "LEADER_CUT", "核减领导职数"
    LEADER_TRANSFER = "LEADER_TRANSFER", "调剂领导职数"
    LEADER_CONVERT = "LEADER_CONVERT", "调整职数层级"
    POOL_GROW = "POOL_GROW", "核定（扩大）人才周转池"
    POOL_SHRINK = "POOL_SHRINK", "核减人才周转池"
    POOL_USE = "POOL_USE", "使用周转池编制"
    POOL_RETURN = "POOL_RETURN", "归还周转池编制"
    LEVEL_UP = "LEVEL_UP", "上划市级"
    LEVEL_DOWN = "LEVEL_DOWN", "市级下放"
    USE = "USE", "使用编制"
    USE_PLAN = "USE_PLAN", "年度用编计划"
    CORRECT = "CORRECT", "更正登记信息"
    RECTIFY = "RECTIFY", "问题整改（销号）"
    PLEDGE_KEEP = "PLEDGE_KEEP", "保留（新设）责任状、一票否决"
    PLEDGE_CANCEL = "PLEDGE_CANCEL", "取消责任状、一票否决"
    BORROW = "BORROW", "批准借调抽调"
    BORROW_END = "BORROW_END", "清退借调抽调"
    OTHER = "OTHER", "其他"


GIVING = (ChangeOp.QUOTA_ADD, ChangeOp.LEADER_ADD)
CREATING = (ChangeOp.CREATE, ChangeOp.SPLIT, ChangeOp.CREATE_INNER, ChangeOp.COORD_CREATE)


class ChangeLine(models.Model):
    """One change a case asks for. A line without a number of posts counts as one matter: requested 1, granted 1 or 0.

    The city may grant more than was decided, or posts of another type (`granted_instead` of `granted_unit`, besides or
    in place of `granted`): its own words then stand in `granted_wording`. proposals.in_force reads what is in force.

    A body that only comes into being with the case has the uuid of the line that creates it; other lines name it in
    `params["new_body"]` or `params["new_counterpart"]`. Other keys of `params`: name, short_name, category, nature,
    code, plate, duty, source (POOL or CITY; also where posts go), people (随编划转), leaders (what becomes of the
    leader posts and incumbents of a body that closes), to_unit, return_on, ends_on,
    end_condition; for the registers beside the ledger: row (the uuid of the row a line names) with its words at that
    time in row_name, way, measure, mode, form, department, list_type, threshold. A list that only comes into being with
    the case has the uuid of its line.
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
        return f"{self.get_op_display()} {self.place}{self.body_name}"

    @property
    def amount(self) -> int:
        """The number that counts now: granted, else decided, else requested; a line without a number counts one."""
        values = (self.granted, self.decided, self.requested)
        return next((value for value in values if value is not None), 1)

    @property
    def named(self) -> UUID | None:
        """The uuid of the body the line names: the one it changes, or the parent or origin of the one it creates."""
        return self.body.uuid if self.body else _named(self.params.get("new_body"))

    @property
    def target(self) -> UUID | None:
        """The uuid of the body the line changes or creates."""
        return self.uuid if self.op in CREATING else self.named

    @property
    def other(self) -> UUID | None:
        """The uuid of the other body: receiver of a transfer or merger, superior of a new body."""
        return self.counterpart.uuid if self.counterpart else _named(self.params.get("new_counterpart"))

    @property
    def row(self) -> UUID | None:
        """The uuid of the row of a register beside the ledger that the line names."""
        return _named(self.params.get("row"))

    @property
    def other_units(self) -> tuple[str, ...]:
        """The types of which the city may give posts instead of those that the line asks for."""
        alike = next((kind.values for kind in (LeaderLevel, QuotaType) if self.unit in kind.values), ())
        return tuple(unit for unit in alike if unit != self.unit and self.op in GIVING)

    @property
    def unit_label(self) -> str:
        """What is counted, in the office's words."""
        return UNIT_LABELS.get(self.unit, "")


def _named(value: str | None) -> UUID | None:
    return UUID(value) if value else None
