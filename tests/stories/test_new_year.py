"""A new year is opened in the browser: its calendar, and what else the office has to have by then."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction

from docs_templates.models import AllocatedNumber, NumberSeries
from docs_templates.numbers import register
from proposals.models import CalendarNotice, RuleChange
from proposals.rulebook import calendar_text
from tests.organisation.notices import CITATION, NOTICE_2027, worked
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
    assert worked(date(2027, 1, 1)) is False
    row = CalendarNotice.objects.get(year=2027)
    page = town.visitor("bianban1").open(f"/rulebook/steps/change_calendar/?row={row.uuid}")
    assert "2月5日至2月11日放假" in page.words


def test_from_november_on_the_office_is_asked_for_the_next_year(town: Town) -> None:
    capped = {"counted": "ADMIN", "scope": "年度", "value": 5, "paper": "乌编发〔2026〕1号", "citation": "年度下达"}
    town.office.change("change_cap", **capped, since="2026-01-01", until="2026-12-31")
    with transaction.atomic():
        register.allocate(
            territory=town.office.district.path, word="海编办函", year=2026, subject=uuid.uuid4(), purpose="x",
            at=town.office.now,
        )  # fmt: skip
    try:
        town.pass_days((date(2026, 10, 31) - town.office.now.date()).days)
        assert "年度准备" not in town.visitor("bianban1").open("/").words
        town.pass_days(1)
        page = town.visitor("bianban1").open("/")
        for said in ("2027年节假日安排", "2027年编办函字号（海编办函）", "2026年12月31日到期）的下一期限额"):
            assert said in page.words, said
        assert "年度准备" not in town.visitor("danwei").open("/").words
        page.follow("2027年编办函字号（海编办函）").press("拟定启用发文字号", reason="新年度")
        town.visitor("zhuren").open("/rulebook/").press("复核生效")
        days = calendar_text.primitives(calendar_text.read(text=NOTICE_2027, year=2027))
        town.office.change("change_calendar", year=2027, citation=CITATION, days=days)
        town.office.change("change_cap", **capped, since="2027-01-01", until="2027-12-31")
        assert "年度准备" not in town.visitor("bianban1").open("/").words
        assert NumberSeries.objects.get(year=2027).word == "海编办函"
    finally:
        AllocatedNumber.objects.all().delete()
        NumberSeries.objects.filter(year=2026).delete()
