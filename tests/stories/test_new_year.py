"""A new year is opened in the browser: its calendar, and what else the office has to have by then."""

from __future__ import annotations

from datetime import date

from proposals import working_days
from proposals.models import CalendarNotice, RuleChange
from tests.new_year.notices import CITATION, NOTICE_2027
from tests.stories.town import Town


def test_a_notice_is_entered_in_the_browser_by_two_people(town: Town) -> None:
    page = town.visitor("bianban1").open("/rulebook/steps/change_calendar/")
    wrong = page.press(
        "拟定节假日安排", status=422, year=2027, citation=CITATION, text="元旦：1月1日放假", reason="新年"
    )
    assert "没有写到春节、清明" in wrong.words and "元旦：1月1日放假" in wrong.words
    page = town.visitor("bianban1").open("/rulebook/steps/change_calendar/")
    page.press("拟定节假日安排", year=2027, citation=CITATION, text=NOTICE_2027, reason="新年")
    shown = town.visitor("zhuren").open("/rulebook/")
    assert "春节：1月31日上班，2月5日至2月11日放假（7天），2月13日上班" in shown.words
    shown.press("复核生效")
    assert RuleChange.objects.get(table="change_calendar").status == "CONFIRMED"
    assert working_days.works(day=date(2027, 1, 1)) is False
    row = CalendarNotice.objects.get(year=2027)
    page = town.visitor("bianban1").open(f"/rulebook/steps/change_calendar/?row={row.uuid}")
    assert "2月5日至2月11日放假" in page.words
