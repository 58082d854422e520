"""The audit holds every row of the law against the change that two people made, and names what was changed."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from proposals.models import (
    Appointment,
    AuthorityRule,
    Cap,
    MeetingRule,
    Membership,
    Rulebook,
    RuleChange,
    Setting,
)
from tests import builders
from tests.builders import Office
from tests.web.conftest import undone
from workflows.audit.reading import chains

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def ruled(django_db_setup, django_db_blocker) -> Iterator[Office]:
    """Make the law once for the module; everything is undone at its end."""
    with django_db_blocker.unblock(), undone():
        yield rules()


@pytest.fixture
def office(ruled: Office, db: None) -> Office:
    """The office, lent to one test."""
    return ruled


def rules() -> Office:
    """Return an office whose law was founded, changed, followed and ended, and whose people came and went."""
    office = builders.office_with_law()
    office.change("change_cap", counted="ADMIN", value=470, paper="批复", since="2026-04-01", citation="市级核定")
    old = Setting.objects.get(key="permit_days")
    switch = {"topic": "SWITCH", "item": "permit_days", "value": 90, "citation": "办法"}
    office.change("change_setting", **switch, since="2026-04-01", row=str(old.uuid))
    ending = Setting.objects.get(key="split_months")
    office.change("end_provision", table="change_setting", row=str(ending.uuid), until="2026-12-31")
    second, third = (str(office.people[name].uuid) for name in ("bianban2", "hegao"))
    office.change("appoint", person=second, duty="INSPECTOR", since="2026-03-01")
    office.change("appoint", person=third, duty="RECORDER", since="2026-03-01", until="2026-06-30")
    made = Appointment.objects.get(duty="INSPECTOR", person__username="bianban2")
    office.change("end_appointment", appointment=str(made.pk), until="2026-09-30")
    seat = Membership.objects.get(person__username="bianwei8")
    office.change("end_seat", seat=str(seat.pk), until="2026-03-31")
    office.change("seat_member", person=third, role="MEMBER", order=9, unit="区委编办", since="2026-03-01")
    declined = str(uuid.uuid4())
    office.rule("end_seat", "bianban1", change=declined, reason="误", seat=str(seat.pk), until="2026-05-31")
    office.rule("decline_change", "zhuren", change=declined, remark="有误")
    return office


def found() -> str:
    return "\n".join(chains.findings())


def test_nothing_is_found_in_law_that_two_people_made(office: Office) -> None:
    assert found() == ""


def test_what_came_with_the_founding_of_the_territory_is_said_openly(office: Office) -> None:
    said = io.StringIO()
    call_command("audit", stdout=said)
    appointed = Appointment.objects.count() - 2
    assert f"说明：任职{appointed}项、编委席位9个随地区建立时登记，没有变更记录可供核对。" in said.getvalue()


def update(rows: Any, **values: Any) -> Callable[[], Any]:
    return lambda: rows().update(**values)


DAMAGE: dict[str, tuple[Callable[[], Any], str]] = {
    "a cap of the profile": (update(lambda: Cap.objects.filter(subject="COORDINATION"), value=10), "限额「议事协调机构 10」"),
    "a cap of a change": (update(lambda: Cap.objects.filter(value=470), value=471), "限额「行政编制 471」"),
    "a paper of a cap": (update(lambda: Cap.objects.filter(value=470), paper="另一批复"), "与所据变更不符"),
    "who decides": (
        update(lambda: AuthorityRule.objects.filter(op="CREATE", decider="CITY"), decider="COMMITTEE"), "权限规则「",
    ),
    "the value of a setting": (update(lambda: Setting.objects.filter(value=90), value=9000), "办事设置「办事开关 permit_days」"),
    "a setting of another type": (update(lambda: Setting.objects.filter(value=90), value=0.5), "与所据变更不符"),
    "what was verified": (update(lambda: Setting.objects.filter(key="S11"), verified=True), "与所据变更不符"),
    "a day of a row": (update(lambda: Setting.objects.filter(key="S11"), since=date(2020, 1, 1)), "与所据变更不符"),
    "a rule of meeting": (update(MeetingRule.objects.all, value={"quorum": 1}), "议事规则「"),
    "a last day": (update(lambda: Cap.objects.filter(value=470), until=date(2026, 12, 31)), "废止日期没有相应的变更"),
    "a last day taken away": (update(lambda: Setting.objects.filter(key="split_months"), until=None), "废止日期没有"),
    "a row taken away": (lambda: Setting.objects.filter(key="S11").delete(), "形成的条目缺少1条"),
    "a row without a change": (update(lambda: Cap.objects.filter(value=470), change=None), "没有两人办理的变更"),
    "a row of another's change": (
        lambda: Cap.objects.filter(subject="COORDINATION").update(change=RuleChange.objects.get(table="change_cap")),
        "与所据变更不符",
    ),
    "what a change says": (
        lambda: change("change_cap", content={**RuleChange.objects.get(table="change_cap").content, "value": 471}),
        "的内容与办理记录不符",
    ),
    "why": (lambda: change("change_cap", reason="另一理由"), "的内容与办理记录不符"),
    "the rows of an adoption": (lambda: change("adopt_profile", content=one_row_less()), "的条目与办理记录的校验值不符"),
    "what was declined": (
        lambda: RuleChange.objects.filter(status="DECLINED").update(status="CONFIRMED"), "现为已生效，办理记录为未予生效",
    ),
    "who drew it up": (lambda: change("change_cap", drawn_by=other("hegao")), "的拟定人与办理记录不符"),
    "who confirmed it": (lambda: change("change_cap", settled_by=other("hegao")), "的复核人与办理记录不符"),
    "a change that nobody drew up": (lambda: planted(), "没有拟定的办理记录"),
    "an appointment that was made": (
        update(lambda: Appointment.objects.filter(duty="RECORDER"), duty="ARCHIVIST"), "形成的任职",
    ),
    "the end of an appointment": (
        update(lambda: Appointment.objects.filter(duty="OFFICE_CLERK"), until=date(2026, 12, 31)), "截止日期没有相应的变更",
    ),
    "an end taken away": (
        update(lambda: Appointment.objects.filter(duty="INSPECTOR", person__username="bianban2"), until=None), "任职「",
    ),
    "a seat that was made": (update(lambda: Membership.objects.filter(order=9), role="CHAIR"), "形成的任职"),
    "the end of a seat": (update(Membership.objects.all, until=date(2026, 12, 31)), "编委席位「"),
}  # fmt: skip


def change(table: str, **values: Any) -> None:
    RuleChange.objects.filter(table=table).update(**values)


def other(username: str) -> Any:
    from proposals.models import Person

    return Person.objects.get(username=username)


def one_row_less() -> dict[str, Any]:
    content = RuleChange.objects.get(table="adopt_profile").content
    return {**content, "rows": {**content["rows"], "caps": content["rows"]["caps"][1:]}}


def planted() -> None:
    at, district = builders.NOON, Rulebook.objects.get(territory__level="DISTRICT").territory
    RuleChange.objects.create(
        territory=district, table="change_cap", content={}, reason="无", drawn_by=other("bianban1"), drawn_at=at
    )


@pytest.mark.parametrize("name", DAMAGE)
def test_it_is_found_that_somebody_changed(office: Office, name: str) -> None:
    damage, told = DAMAGE[name]
    damage()
    assert told in found(), found()
