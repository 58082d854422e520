"""The calendar goes on: next year's notice is entered by two people, and until then nothing of that year is counted."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import pytest

from proposals.models import CalendarDay, CalendarNotice
from proposals.organisation import working_days
from proposals.rulebook import calendar_text
from tests import builders
from tests.builders import Office
from tests.committee.chamber import Chamber, refused
from tests.organisation.notices import CITATION, NOTICE_2027, worked
from workflows.audit.reading import chains
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db


def notice(text: str = NOTICE_2027, **more):
    days = calendar_text.primitives(calendar_text.read(text=text, year=2027))
    return {"year": 2027, "citation": CITATION, "days": days, **more}


def at(office: Office, day: date) -> None:
    office.now = datetime.combine(day, office.now.timetz())


@pytest.fixture
def office() -> Office:
    return builders.office_with_law()


def test_a_day_past_the_known_calendar_is_unknown_and_never_counted(office: Office) -> None:
    assert worked(date(2027, 1, 1)) is None and worked(date(2025, 12, 31)) is None
    assert working_days.between(start=date(2026, 12, 28), end=date(2027, 1, 4)) is None
    assert working_days.between(start=date(2026, 12, 28), end=date(2027, 1, 1)) == 3
    assert working_days.after(day=date(2026, 12, 30), n=1) == date(2026, 12, 31)
    assert working_days.after(day=date(2026, 12, 30), n=2) is None
    office.change("change_calendar", **notice())
    assert worked(date(2027, 1, 1)) is False and worked(date(2027, 2, 13)) is True
    assert working_days.after(day=date(2026, 12, 30), n=2) == date(2027, 1, 4)
    assert list(chains.findings()) == []


def test_a_last_day_in_an_unknown_year_waits_for_the_notice(office: Office) -> None:
    at(office, date(2026, 12, 30))
    case = builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": builders.add_body(office, "甲局").uuid}])
    office.take(case, "send_to_office", "bianban1")
    office.take(case, "register_incoming", "bianban1", incoming_number="2026-1")
    item = WorkItem.objects.get(process=case, finished=None)
    assert (item.due_on, item.uncounted) == (None, True)
    assert list(chains.findings()) == []
    office.change("change_calendar", **notice())
    item.refresh_from_db()
    assert (item.due_on, item.uncounted) == (date(2027, 1, 7), False)


def test_a_year_is_settled_by_two_people_once_and_corrected_by_name(office: Office) -> None:
    change = str(uuid.uuid4())
    office.rule("change_calendar", "hegao", change=change, reason="测试", **notice())
    assert not CalendarNotice.objects.filter(year=2027).exists()
    with refused("SAME_PERSON"):
        office.rule("confirm_change", "hegao", change=change)
    rival = str(uuid.uuid4())
    office.rule("change_calendar", "bianban1", change=rival, reason="测试", **notice())
    office.rule("confirm_change", "zhuren", change=change)
    with refused("CALENDAR_KNOWN", "已经登记"):
        office.rule("confirm_change", "zhuren", change=rival)
    with refused("CALENDAR_KNOWN", "办理「更正」"):
        office.change("change_calendar", **notice())
    first = CalendarNotice.objects.get(year=2027)
    text = NOTICE_2027.replace("9月15日（周三）放假1天", "9月15日（周三）至16日（周四）放假，共2天")
    office.change("change_calendar", **notice(text, replaces=str(first.uuid)))
    assert worked(date(2027, 9, 16)) is False
    assert [one.stands for one in CalendarNotice.objects.filter(year=2027)] == [False, True]
    assert list(chains.findings()) == []


def test_a_second_district_counts_by_the_same_calendar(office: Office) -> None:
    office.change("change_calendar", **notice())
    assert set(working_days.known_years()) == {2026, 2027}
    assert CalendarNotice.objects.get(year=2027).change.territory == office.district


@pytest.mark.parametrize("days", [[], [{"day": "2027-01-01"}], [{"day": "x", "works": True, "name": ""}], "1月1日"])
def test_an_incomplete_notice_is_refused_at_the_door(office: Office, days) -> None:
    with refused("CHANGE_UNREADABLE"):
        office.change("change_calendar", year=2027, citation=CITATION, days=days)


def test_what_cannot_be_counted_opens_no_meeting_and_sends_no_circulation() -> None:
    chamber = Chamber()
    at(chamber.office, date(2026, 12, 28))
    case = chamber.scheduled()
    chamber.plan(form="CIRCULATION", days=3)
    chamber.put(case)
    with refused("CALENDAR_UNKNOWN", "日历未登记"):
        chamber.take("start_circulation", seq=1, window_until="2027-01-05")
    chamber.plan()
    chamber.put(chamber.scheduled("关于修订乙街道“三定”规定的动议", body="乙街道"))
    chamber.call()
    with refused("CALENDAR_UNKNOWN", "材料送达的工作日无法计算"):
        chamber.open()
    chamber.office.change("change_calendar", **notice())
    chamber.take("open_meeting")


def of_2027():
    return CalendarNotice.objects.filter(year=2027)


DAMAGE = {
    "a day that works": (lambda: CalendarDay.objects.filter(day="2027-01-02").update(works=True), "与登记时的校验值不符"),
    "a day taken away": (lambda: CalendarDay.objects.filter(day="2027-01-01").delete(), "与登记时的校验值不符"),
    "a founding day": (lambda: CalendarDay.objects.filter(day="2026-10-01").delete(), "2026年节假日安排"),
    "a loose day": (
        lambda: CalendarDay.objects.create(day="2027-07-01", works=False, name="停休", citation="x"), "没有所依据的",
    ),
    "another paper": (lambda: CalendarNotice.objects.filter(year=2027).update(citation="另一通知"), "与所据变更不符"),
    "another year": (lambda: CalendarNotice.objects.filter(year=2027).update(year=2028), "与所据变更不符"),
    "a lost notice": (
        lambda: (CalendarDay.objects.filter(day__year=2027).delete(), of_2027().delete()),
        "形成的节假日安排已不存在",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_the_audit_sees_that_the_calendar_was_changed(office: Office, name: str) -> None:
    office.change("change_calendar", **notice())
    damage, told = DAMAGE[name]
    damage()
    assert told in "\n".join(chains.findings())


def test_the_audit_sees_a_last_day_that_cannot_be_true(office: Office) -> None:
    body = builders.add_body(office, "演示街道", category="STREET")
    case = builders.draft(office, "SANDING_REVISE", [{"op": "CHARTER", "body": body.uuid}], title="某事项")
    WorkItem.objects.filter(process=case).update(due_on=date(2027, 1, 15))
    assert "「某事项」的办理期限2027-01-15落在节假日安排尚未登记的年份。" in list(chains.findings())
