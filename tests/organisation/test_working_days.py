"""Working days count weekends that are worked and leave out holidays of the calendar."""

from datetime import date

import pytest

from proposals.models import CalendarDay
from proposals.organisation import working_days
from tests.organisation.notices import worked

pytestmark = pytest.mark.django_db
NATIONAL_DAY = [date(2026, 10, day) for day in range(1, 8)]


@pytest.fixture(autouse=True)
def calendar():
    rows = [CalendarDay(day=day, works=False, name="国庆节", citation="通知") for day in NATIONAL_DAY]
    rows.append(CalendarDay(day=date(2026, 10, 10), works=True, name="调休上班", citation="通知"))
    CalendarDay.objects.bulk_create(rows)


@pytest.mark.parametrize(("day", "works"), [("2026-10-01", False), ("2026-10-10", True), ("2026-10-11", False)])
def test_a_day_is_worked_by_the_calendar_and_else_by_the_week(day, works):
    assert worked(date.fromisoformat(day)) is works


def test_days_between_two_days_leave_out_the_holidays():
    assert working_days.between(start=date(2026, 9, 30), end=date(2026, 10, 12)) == 3
    assert working_days.between(start=date(2026, 10, 8), end=date(2026, 10, 9)) == 0


def test_the_third_working_day_after_the_eve_of_a_holiday():
    assert working_days.after(day=date(2026, 9, 30), n=3) == date(2026, 10, 10)
