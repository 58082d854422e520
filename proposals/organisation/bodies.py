"""Bodies and what was true of them from day to day, each fact with the paper that made it."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from proposals.organisation.credit_code import validate_credit_code
from proposals.text.name_column import NameKeyField
from proposals.vocabulary import BodyCategory, Rank


class Body(models.Model):
    """An organ, a public institution, a street or an inner body: an identity that outlives its names."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="bodies")
    code = models.CharField("机构编号", max_length=30)
    opened_on = models.DateField("设立日期")
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(name="body_code_once", fields=["territory", "code"]),
            models.CheckConstraint(
                name="body_closes_after_opening", condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def version(self, *, on: date) -> BodyVersion | None:
        """Return what was true of the body on that day; nothing before it opened and after it closed."""
        return self.versions.standing(on=on).first()


class BodyVersions(models.QuerySet["BodyVersion"]):
    """Reading the register as of a day."""

    def standing(self, *, on: date) -> BodyVersions:
        """Return the versions that stand on that day (a version ends before its `valid_to`)."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)


class BodyVersion(models.Model):
    """What is true of a body from `valid_from` until the day before `valid_to`, and the paper that made it so."""

    class Nature(models.TextChoices):
        """What sort of organisation it is."""

        PARTY = "PARTY", "政党机关"
        STATE = "STATE", "国家机关"
        MASS = "MASS", "群团组织"
        PSU = "PSU", "事业单位"
        OTHER = "OTHER", "其他"

    class WelfareClass(models.TextChoices):
        """Class of a public institution."""

        NONE = "", "不适用"
        ADMINISTRATIVE = "ADMINISTRATIVE", "承担行政职能"
        WELFARE_1 = "WELFARE_1", "公益一类"
        WELFARE_2 = "WELFARE_2", "公益二类"
        BUSINESS = "BUSINESS", "从事生产经营活动"

    class Funding(models.TextChoices):
        """Where its money comes from."""

        NONE = "", "不适用"
        FULL = "FULL", "全额拨款"
        PARTIAL = "PARTIAL", "差额补贴"
        SELF = "SELF", "经费自理"

    body = models.ForeignKey(Body, models.PROTECT, related_name="versions")
    name = models.CharField("机构名称", max_length=100)
    name_key = NameKeyField()
    short_name = models.CharField("规范简称", max_length=60, blank=True)
    rank = models.PositiveSmallIntegerField("机构规格", choices=Rank, default=Rank.NONE)
    nature = models.CharField("机构性质", max_length=10, choices=Nature, default=Nature.OTHER)
    category = models.CharField("机构类别", max_length=20, choices=BodyCategory)
    parent = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="subordinate_versions")
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, validators=[validate_credit_code])
    welfare_class = models.CharField("公益类别", max_length=20, choices=WelfareClass, blank=True)
    funding = models.CharField("经费形式", max_length=10, choices=Funding, blank=True)
    plates = models.JSONField("加挂牌子", default=list, blank=True)
    duties = models.JSONField("主要职责", default=list, blank=True)
    charter = models.CharField("“三定”规定", max_length=200, blank=True)
    ends_on = models.DateField("存续期限", null=True, blank=True)
    end_condition = models.CharField("撤销条件", max_length=200, blank=True)
    tags = models.JSONField("特征", default=list, blank=True, help_text="e.g. 一类镇街")
    valid_from = models.DateField("起")
    valid_to = models.DateField("止（不含）", null=True, blank=True)
    change = models.CharField("变动", max_length=30)
    paper = models.CharField("依据文件", max_length=200)
    entry_hash = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    objects = BodyVersions.as_manager()

    class Meta:
        ordering = ["body_id", "valid_from", "id"]
        indexes = [models.Index(fields=["body", "valid_from"]), models.Index(fields=["parent"])]
        constraints = [
            models.UniqueConstraint(name="one_open_version_each", fields=["body"], condition=Q(valid_to=None)),
            models.CheckConstraint(name="body_is_not_its_own_superior", condition=~Q(parent=F("body"))),
            models.CheckConstraint(
                name="version_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """Which body took over from which: the history of a body through merge and split."""

    class How(models.TextChoices):
        """How one body came from another."""

        MERGED = "MERGED", "并入"
        SPLIT = "SPLIT", "分设"
        REPLACED = "REPLACED", "职责承接"

    predecessor = models.ForeignKey(Body, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Body, models.PROTECT, related_name="origins")
    how = models.CharField("方式", max_length=10, choices=How)
    on = models.DateField("日期")
    paper = models.CharField("依据文件", max_length=200)
    entry_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.predecessor} {self.get_how_display()} {self.successor}"
