"""A holiday notice is read as it is published, and every fault is said with its line."""

from datetime import date

import pytest

from proposals.rulebook import calendar_text
from proposals.rulebook.calendar_text import NoticeUnreadable
from tests.builders import read as data
from tests.organisation.notices import NOTICE_2027

NOTICE_2026 = """
元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
清明节：4月4日（周六）至6日（周一）放假，共3天。
劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
端午节：6月19日（周五）至21日（周日）放假，共3天。
中秋节：9月25日（周五）至27日（周日）放假，共3天。
国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def test_the_published_text_gives_the_days_of_the_year() -> None:
    found = calendar_text.read(text=NOTICE_2026, year=2026)
    wanted = {one["day"]: one["works"] for one in data("calendar_2026.json")["days"]}
    assert {one.day.isoformat(): one.works for one in found} == wanted


def test_what_is_shown_of_a_notice_reads_back_as_the_same_notice() -> None:
    for text, year in ((NOTICE_2026, 2026), (NOTICE_2027, 2027)):
        days = calendar_text.read(text=text, year=year)
        assert calendar_text.read(text="\n".join(calendar_text.summary(days)), year=year) == days


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1月1日（周五）至3日", "1月1日（周四）至3日", "第2行：2027年1月1日是星期五，不是星期四"),
        ("共7天。1月31日", "共8天。1月31日", "第3行：写明共8天，按日期算是7天"),
        ("2月13日（周六）上班", "2月12日上班", "2027年2月12日是星期五，本来就上班"),
        ("2月5日（周五）至11日", "2月30日至11日", "第3行：没有2月30日至11日这一天"),
        ("4月3日（周六）至5日（周一）放假，共3天", "4月5日至3日放假", "起止日期颠倒或过长"),
        ("五、端午节：6月9日（周三）放假1天。\n", "", "没有写到端午（《全国年节及纪念日放假办法》第二条）"),
        ("六、中秋节：9月15日（周三）放假1天。", "六、中秋节：放假1天。", "第7行：没有读到日期"),
        ("六、中秋节：9月15日（周三）放假1天。", "中秋节 9月15日放假", "第7行：请写成"),
        ("9月15日（周三）放假1天", "9月15日（周三）", "第7行：2027年9月15日没有写明放假还是上班"),
        ("9月15日（周三）放假1天", "10月9日放假", "既写放假又写上班"),
        ("9月15日（周三）放假1天", "2028年9月15日放假", "2028年9月15日不在2027年"),
    ],
)  # fmt: skip
def test_every_fault_is_said_with_its_line(old: str, new: str, said: str) -> None:
    assert old in NOTICE_2027
    with pytest.raises(NoticeUnreadable) as unreadable:
        calendar_text.read(text=NOTICE_2027.replace(old, new), year=2027)
    assert said in str(unreadable.value)


def test_a_holiday_over_new_year_and_full_width_signs_are_read() -> None:
    text = NOTICE_2027.replace("1月1日（周五）至3日（周日）放假，共3天", "2026年12月31日—2027年1月3日放假，共4天")
    found = calendar_text.read(text=text.replace("2月5日", "２月５日"), year=2027)
    assert date(2026, 12, 31) in [one.day for one in found] and date(2027, 2, 5) in [one.day for one in found]
