"""The only place that gives tests a holiday notice of the year after the demonstration's."""

from __future__ import annotations

from datetime import date, timedelta

from proposals.organisation import working_days

NOTICE_2027 = """
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
CITATION = "国务院办公厅关于2027年部分节假日安排的通知"


def worked(day: date) -> bool | None:
    """Return whether the offices work on a day: the one day between its neighbours."""
    inner = working_days.between(start=day - timedelta(days=1), end=day + timedelta(days=1))
    return None if inner is None else bool(inner)
