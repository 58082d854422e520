"""What every step of a case asks of the person who takes it."""

from django.db import models

from proposals.procedure.asks import (
    LINE,
    MANY,
    PAPER,
    TEXT,
    Ask,
)


class GrantKind(models.TextChoices):
    """For what a right on one case was given: to do a lent duty, or to read."""

    LENT = "LENT", "委托代办"
    BORROWED = "BORROWED", "借阅"
    AUDITED = "AUDITED", "审计调阅"
    CIRCULATED = "CIRCULATED", "传阅"


SIX_CHECKS = (
    ("content", "内容合规"),
    ("law", "依据一致"),
    ("procedure", "程序严密"),
    ("truth", "材料真实"),
    ("form", "公文规范"),
    ("complete", "要件齐全"),
)
REASON = Ask("reason", "理由", TEXT, help="写明哪里不符、需要怎样办理")
OPINION = Ask("opinion", "意见", TEXT, required=False)
CHECKS = Ask("checks", "不符合的审查项", MANY, required=False, choices=SIX_CHECKS)
PAPER_ASK = Ask("paper", "文书", PAPER)
CITY_NUMBER = Ask("number", "市级文号", LINE)
OTHERWISE = "批准数额多于报送，或以其他类型批准（如报2名副职、批1名正职）的，照抄批复原文"
TITLE = Ask(
    "title", "标题（事由）", LINE, required=False, help="标题中的数额按审定数自动改写；系统无法确定的，请在此写明"
)
PARTY_MEETING = Ask("meeting", "常委会会议（届次、次数）", LINE)
