"""The double-entry quota ledger: accounts, movements, and what the database keeps of them by itself.

`Account.balance`, `Account.floor` and `DayTotal` are written by the triggers on movements alone (triggers.py).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from proposals.vocabulary import UNITS


class Holder(models.TextChoices):
    """Who an account belongs to."""

    BODY = "BODY", "机构"
    # What the district has and has not given to anybody.
    POOL = "POOL", "区级余量"
    TALENT = "TALENT", "人才引进编制周转池"
    CITY = "CITY", "市级"


class Compartment(models.TextChoices):
    """What the posts of an account are doing. Approved = all of them together; actual = OCCUPIED + PLEDGED."""

    VACANT = "VACANT", "空编"
    COMMITTED = "COMMITTED", "已核未入"
    OCCUPIED = "OCCUPIED", "实有"
    # Kept for one case from its decision to its founding paper: vacant posts, and posts that move with their people.
    HELD = "HELD", "在办占用"
    PLEDGED = "PLEDGED", "随编待转"


class Account(models.Model):
    """Posts (or organ places) of one unit with one holder in one compartment; `key` names it in one word."""

    key = models.CharField(max_length=160, unique=True)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="accounts", db_index=False)
    holder = models.CharField("户主", max_length=10, choices=Holder)
    body = models.ForeignKey(
        "proposals.Body", models.PROTECT, null=True, blank=True, related_name="accounts", db_index=False
    )
    unit = models.CharField("类型", max_length=20, choices=UNITS)
    compartment = models.CharField("状态", max_length=10, choices=Compartment)
    case = models.UUIDField(null=True, blank=True)
    balance = models.IntegerField("数额", default=0)
    floor = models.IntegerField("超额导入下限", default=0)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["territory", "holder", "unit"]),
            models.Index(fields=["body", "unit"]),
            models.Index(fields=["case"], condition=~Q(case=None), name="account_of_case"),
        ]
        constraints = [
            # Only an imported excess may stand below zero; the city's account is the world outside.
            models.CheckConstraint(
                name="account_never_overdrawn", condition=Q(holder="CITY") | Q(balance__gte=F("floor"))
            ),
            models.CheckConstraint(name="floor_never_above_zero", condition=Q(floor__lte=0)),
            models.CheckConstraint(
                name="body_account_names_its_body",
                condition=Q(holder="BODY", body__isnull=False) | (~Q(holder="BODY") & Q(body__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """One act on the ledger and the paper or decision behind it; its movements stand or fall together."""

    class Kind(models.TextChoices):
        """What the act was."""

        OPENING = "OPENING", "期初登记"
        GRANT = "GRANT", "上级下达"
        HOLD = "HOLD", "占用"
        RELEASE = "RELEASE", "释放占用"
        POST = "POST", "入账"
        ENROL = "ENROL", "入编"
        LEAVE = "LEAVE", "减员"
        EXPIRE = "EXPIRE", "核准单到期"
        HAND_BACK = "HAND_BACK", "核准单退回"
        REVERSAL = "REVERSAL", "更正"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="postings")
    kind = models.CharField("性质", max_length=10, choices=Kind)
    subject = models.UUIDField("事项", help_text="case or register")
    entry_hash = models.CharField("办理记录", max_length=64)
    paper = models.CharField("依据文件", max_length=200, blank=True)
    effective_on = models.DateField("生效日期")
    recorded_at = models.DateTimeField("登记时间")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject", "kind"]), models.Index(fields=["territory", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="reversal_names_what_it_reverses",
                condition=Q(kind="REVERSAL", reverses__isnull=False) | (~Q(kind="REVERSAL") & Q(reverses__isnull=True)),
            ),
            # The founding paper of a case is posted exactly once.
            models.UniqueConstraint(name="case_posted_once", fields=["subject"], condition=Q(kind="POST")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.paper}"


# Recorded after its day, and before it: most are recorded on their day and stand in neither index.
LATE = Q(effective_on__lt=F("recorded_on"))
EARLY = Q(effective_on__gt=F("recorded_on"))


class Movement(models.Model):
    """`n` of a unit go from one account to another: balanced by construction, appended and never changed.

    `recorded_on` is the local day of `recorded_at`: it tells who is late or early, in an index as well (ADR 12).
    """

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="movements")
    unit = models.CharField("类型", max_length=20, choices=UNITS)
    source = models.ForeignKey(Account, models.PROTECT, related_name="outgoing", db_index=False)
    target = models.ForeignKey(Account, models.PROTECT, related_name="incoming", db_index=False)
    n = models.PositiveIntegerField("数额")
    line = models.UUIDField("调整事项", null=True, blank=True)
    effective_on = models.DateField("生效日期")
    recorded_at = models.DateTimeField("登记时间")
    recorded_on = models.DateField("登记日期")

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["source", "recorded_at"]),
            models.Index(fields=["target", "recorded_at"]),
            models.Index(fields=["source", "effective_on", "recorded_at"], condition=LATE, name="late_from"),
            models.Index(fields=["target", "effective_on", "recorded_at"], condition=LATE, name="late_to"),
            models.Index(fields=["source", "recorded_at", "effective_on"], condition=EARLY, name="early_from"),
            models.Index(fields=["target", "recorded_at", "effective_on"], condition=EARLY, name="early_to"),
        ]
        constraints = [
            models.CheckConstraint(name="movement_of_something", condition=Q(n__gt=0)),
            models.CheckConstraint(name="movement_goes_somewhere", condition=~Q(source=F("target"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.n}"


class DayTotal(models.Model):
    """What went in and out of an account with effect on one day, and what then stood: one row tells any later day."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="days", db_index=False)
    day = models.DateField("日期")
    incoming = models.PositiveIntegerField(default=0)
    outgoing = models.PositiveIntegerField(default=0)
    closing = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="one_total_a_day", fields=["account", "day"])]

    def __str__(self) -> str:
        return f"{self.day} +{self.incoming} -{self.outgoing}"


class UseWay(models.TextChoices):
    """How posts that may be used are filled."""

    RECRUIT = "RECRUIT", "招录（聘）"
    TRANSFER = "TRANSFER", "调入"
    RESETTLE = "RESETTLE", "安置"
    TALENT = "TALENT", "引才"
    OTHER = "OTHER", "其他"


class Permit(models.Model):
    """用编核准单: posts a body may fill until a day; what is left of it is the balance of its committed account.

    One that came with the opening balance belongs to no case.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="permits")
    case = models.UUIDField("事项", null=True, blank=True)
    number = models.CharField("核准单号", max_length=80, blank=True)
    account = models.OneToOneField(Account, models.PROTECT, related_name="permit")
    n = models.PositiveIntegerField("核准数")
    issued_on = models.DateField("核准日期")
    expires_on = models.DateField("有效期至")
    ways = models.CharField("用编方式", max_length=60, blank=True)
    post = models.CharField("岗位", max_length=300, blank=True)
    from_outside = models.BooleanField("区外调入", default=False)
    entry_hash = models.CharField("办理记录", max_length=64, blank=True)

    class Meta:
        ordering = ["expires_on", "id"]
        constraints = [models.CheckConstraint(name="permit_of_something", condition=Q(n__gt=0))]

    def __str__(self) -> str:
        return self.number or str(self.uuid)


class HeadcountReport(models.Model):
    """How many people another office counts in a body for a month, for the monthly reconciliation."""

    class Source(models.TextChoices):
        """Which office counted the people."""

        ORGANISATION = "ORGANISATION", "组织部门"
        PERSONNEL = "PERSONNEL", "人社部门"
        FINANCE = "FINANCE", "财政部门"

    territory = models.ForeignKey("proposals.Territory", models.PROTECT, related_name="headcount_reports")
    month = models.DateField("月份", help_text="first day of the month")
    source = models.CharField("来源", max_length=12, choices=Source)
    body = models.ForeignKey("proposals.Body", models.PROTECT, related_name="headcount_reports")
    unit = models.CharField("类型", max_length=20, choices=UNITS)
    count = models.PositiveIntegerField("人数")
    explanation = models.CharField("差异说明", max_length=200, blank=True)
    entry_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["month", "body_id", "unit", "source"]
        constraints = [models.UniqueConstraint(name="one_count_a_month", fields=["month", "source", "body", "unit"])]

    def __str__(self) -> str:
        return f"{self.month} {self.source} {self.count}"
