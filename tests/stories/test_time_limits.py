"""How long a case may lie in a state: the last day by the calendar, what the lists say of it, and who is late."""

from datetime import date

from proposals.models import CalendarNotice, Setting
from proposals.rulebook import calendar_notices, calendar_text
from tests.stories.town import CLERK, FULL, Town
from workflows.models import WorkItem

LINE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}


def limited(town: Town, state: str, n: int, since: str = "2026-01-01") -> None:
    """Let two people lay a time limit down; the profile's own ends with the year before."""
    unlimited(town, state)
    town.office.change(
        "change_setting", topic="TIME_LIMIT", item=state, value=n, since=since, citation="区委编办办理时限规定"
    )


def unlimited(town: Town, state: str) -> None:
    """Let two people end the profile's time limit of a state with the year before."""
    row = Setting.objects.get(topic="TIME_LIMIT", key=state, until=None)
    town.office.change("end_provision", table="change_setting", row=str(row.uuid), until="2025-12-31")


def free(day: date) -> None:
    """Correct the year's notice by one more free day."""
    standing = CalendarNotice.objects.get(year=day.year)
    days = [calendar_text.Marked(row.day, row.works, row.name) for row in standing.days.all()]
    calendar_notices.lay(year=day.year, citation="通知", days=[*days, calendar_text.Marked(day, False, "停休")])


def taken_in(town: Town):
    """A case that lies at intake since 10 March 2026, a Tuesday."""
    case = town.draft("STAFF_TRANSFER", LINE)
    town.step(case, "send_to_office")
    town.step(case, "register_incoming")
    return case


def test_the_last_day_counts_working_days_and_leaves_holidays_out(town: Town) -> None:
    limited(town, "INTAKE_REVIEW", 5)
    free(date(2026, 3, 12))
    case = taken_in(town)
    assert WorkItem.objects.get(process=case, finished=None).due_on == date(2026, 3, 18)
    town.pass_days(2)
    sheet = town.visitor(CLERK).open(f"/cases/{case.uuid}/").words
    assert "2026年3月18日" in sheet and "本环节5个工作日，已用1个。区委编办办理时限规定 待核实" in sheet


def test_a_case_goes_from_near_to_late_and_the_lists_find_it(town: Town) -> None:
    limited(town, "INTAKE_REVIEW", 5)
    case = taken_in(town)
    assert "2026年3月17日" in town.visitor(CLERK).open("/").words
    assert "临近到期" not in town.visitor(CLERK).words
    town.pass_days(5)
    assert "2026年3月17日 临近到期" in town.visitor(CLERK).open("/").words
    assert case.title not in town.visitor(CLERK).open("/cases/?term=LATE").words
    town.pass_days(3)
    clerk = town.visitor(CLERK)
    assert "2026年3月17日 已超期" in clerk.open("/").words
    assert case.title in clerk.open("/cases/?term=LATE").words
    assert case.title not in clerk.open("/cases/?term=SOON").words


def test_how_early_the_lists_say_so_is_a_dated_switch(town: Town) -> None:
    limited(town, "INTAKE_REVIEW", 5)
    town.office.change(
        "change_setting", topic="SWITCH", item="near_limit_days", value=7, since="2026-03-11", citation="办理时限规定"
    )
    case = taken_in(town)
    assert "临近到期" not in town.visitor(CLERK).open("/").words
    assert case.title not in town.visitor(CLERK).open("/cases/?term=SOON").words
    town.pass_days(1)
    assert "2026年3月17日 临近到期" in town.visitor(CLERK).open("/").words
    assert case.title in town.visitor(CLERK).open("/cases/?term=SOON").words


def test_a_case_that_lies_on_no_desk_has_no_last_day(town: Town) -> None:
    case = town.draft("STAFF_TRANSFER", LINE)
    item = WorkItem.objects.get(process=case)
    item.delete()
    row = town.visitor(CLERK).open("/cases/").page.xpath("//main//tbody/tr")[0]
    assert [cell.text_content().strip() for cell in row.iter("td")][-2:] == ["—", "—"]
    item.save()  # the audit at the end of the module would miss it


def test_a_new_limit_binds_only_what_comes_to_the_state_after_it(town: Town) -> None:
    limited(town, "INTAKE_REVIEW", 5, since="2026-04-01")
    case = taken_in(town)
    assert WorkItem.objects.get(process=case, finished=None).due_on is None
    town.pass_days(40)
    other = taken_in(town)
    assert WorkItem.objects.get(process=other, finished=None).due_on == date(2026, 4, 24)
    unlimited(town, "ARGUING")
    town.step(other, "accept", checks_passed=True)
    assert WorkItem.objects.get(process=other, finished=None).due_on is None
