"""The law changes by two people, from a day on, with a citation; what it said before stays to be read."""

import uuid
from datetime import date

import pytest

from proposals.law.lawbook import Lawbook
from proposals.models import Appointment, AuthorityRule, Cap, Entry, Rulebook, RuleChange, Setting
from tests import builders
from workflows.attempt import Ref, Refused
from workflows.perform import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return builders.office_with_law()


def take(office, step: str, who: str, **facts) -> Entry:
    return perform(
        subject=Ref("rulebook", Rulebook.objects.get(territory=office.district).uuid),
        step=step,
        actor=office.actor(who),
        at=office.tick(),
        key=uuid.uuid4(),
        seen=None,
        **builders.told(facts),
    )


def drawn():
    """Return the changes that the test itself drew up, beside the founding ones."""
    return RuleChange.objects.exclude(reason="测试")


def cited() -> dict:
    return {"change": str(uuid.uuid4()), "reason": "调整", "since": "2026-04-01", "citation": "细则"}


def cap(**facts) -> dict:
    usual = {
        "counted": "ADMIN",
        "value": 470,
        "paper": "乌编发〔2026〕8号",
        "since": "2026-04-01",
        "citation": "市级核定",
    }
    return {"change": str(uuid.uuid4()), "reason": "市级调整总量", **usual, **facts}


def test_a_cap_counts_only_after_another_person_confirmed_it(office) -> None:
    facts = cap()
    take(office, "change_cap", "bianban1", **facts)
    assert "ADMIN" not in Lawbook.standing(territory=office.district, on=date(2026, 4, 1)).caps
    take(office, "confirm_change", "zhuren", change=facts["change"])
    assert Lawbook.standing(territory=office.district, on=date(2026, 4, 1)).caps["ADMIN"].value == 470
    assert "ADMIN" not in Lawbook.standing(territory=office.district, on=date(2026, 3, 31)).caps


def test_nobody_confirms_what_he_drew_up_himself(office) -> None:
    facts = cap()
    take(office, "change_cap", "zhuren", **facts)
    with pytest.raises(Refused) as refusal:
        take(office, "confirm_change", "zhuren", change=facts["change"])
    assert refusal.value.codes == {"SAME_PERSON"}
    assert str(refusal.value) == "办事规则须由两人办理，拟定人不能复核自己拟定的变更。"
    assert not Cap.objects.filter(value=470).exists()


def test_a_change_is_settled_once(office) -> None:
    facts = cap()
    take(office, "change_cap", "bianban1", **facts)
    take(office, "decline_change", "zhuren", change=facts["change"], remark="文号不符")
    assert drawn().get().get_status_display() == "未予生效"
    with pytest.raises(Refused) as refusal:
        take(office, "confirm_change", "hegao", change=facts["change"])
    assert refusal.value.codes == {"CHANGE_SETTLED"}


def test_a_new_row_follows_the_old_one_without_a_gap(office) -> None:
    old = Setting.objects.get(key="permit_days")
    change = str(uuid.uuid4())
    take(
        office, "change_setting", "bianban1", change=change, topic="SWITCH", item="permit_days", value=90,
        since="2026-04-01", citation="用编管理办法", reason="缩短有效期", row=str(old.uuid),
    )  # fmt: skip
    take(office, "confirm_change", "hegao", change=change)
    old.refresh_from_db()
    assert old.until == date(2026, 3, 31)
    values = [
        Lawbook.standing(territory=office.district, on=day).switch("permit_days")
        for day in (old.until, date(2026, 4, 1))
    ]
    assert values == [180, 90]


@pytest.mark.parametrize(
    ("step", "facts"),
    [
        ("change_cap", cap(value="many")),
        ("change_cap", cap(counted="NOTHING")),
        ("change_cap", cap(row=str(uuid.uuid4()))),
        ("change_setting", {**cited(), "topic": "SWITCH", "item": "nothing", "value": True}),
        ("change_setting", {**cited(), "topic": "SWITCH", "item": "permit_days", "value": "ninety"}),
        ("change_setting", {**cited(), "topic": "SEVERITY", "item": "S11", "value": "LOUD"}),
        ("change_setting", {**cited(), "topic": "SEVERITY", "item": "NO-RULE", "value": "WARN"}),
        ("change_setting", {**cited(), "topic": "SEVERITY", "item": "R27", "value": "WARN"}),
        ("change_setting", {**cited(), "topic": "SEVERITY", "item": "D486-06U", "value": "INFO"}),
    ],
)
def test_a_change_that_could_not_take_effect_is_refused_when_it_is_drawn_up(office, step: str, facts: dict) -> None:
    with pytest.raises(Refused) as refusal:
        take(office, step, "bianban1", **facts)
    assert refusal.value.codes & {"CHANGE_UNREADABLE", "NO_SUCH_ROW"}
    assert not drawn().exists()


def test_two_rows_of_one_day_are_refused_when_drawn_up_and_when_confirmed(office) -> None:
    first, second = cap(), cap(value=480)
    for facts in (first, second):
        take(office, "change_cap", "bianban1", **facts)
    take(office, "confirm_change", "zhuren", change=first["change"])
    for step, who, facts in (
        ("confirm_change", "zhuren", {"change": second["change"]}), ("change_cap", "bianban1", cap(value=490)),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            take(office, step, who, **facts)
        assert refusal.value.codes == {"CHANGE_CONFLICTS"}
        assert "同一条目自同一日期起已有规定" in str(refusal.value)
    assert Cap.objects.get(subject="ADMIN", scope="").value == 470


def test_an_authority_row_is_drawn_up_confirmed_and_ended(office) -> None:
    change = str(uuid.uuid4())
    take(
        office, "change_rule", "bianban1", change=change, op="OTHER", decider="OFFICE", mode="AUDIT", citation="细则",
        since="2026-04-01", reason="补充",
    )  # fmt: skip
    take(office, "confirm_change", "zhuren", change=change)
    row = AuthorityRule.objects.get(change__uuid=change)
    ending = str(uuid.uuid4())
    take(
        office, "end_provision", "bianban2", change=ending, table="change_rule", row=str(row.uuid), until="2026-12-31",
        reason="废止",
    )  # fmt: skip
    take(office, "confirm_change", "zhuren", change=ending)
    row.refresh_from_db()
    assert row.until == date(2026, 12, 31)


def test_people_are_appointed_and_dismissed_by_two(office) -> None:
    person = office.people["bianban2"]
    change = str(uuid.uuid4())
    take(
        office, "appoint", "bianban1", change=change, person=str(person.uuid), duty="INSPECTOR", since="2026-03-10",
        reason="岗位调整",
    )  # fmt: skip
    take(office, "confirm_change", "zhuren", change=change)
    appointment = Appointment.objects.get(person=person, duty="INSPECTOR")
    ending = str(uuid.uuid4())
    take(
        office, "end_appointment", "bianban1", change=ending, appointment=str(appointment.pk), until="2026-06-30",
        reason="调离",
    )  # fmt: skip
    take(office, "confirm_change", "zhuren", change=ending)
    appointment.refresh_from_db()
    assert appointment.until == date(2026, 6, 30)


def test_an_appointment_stays_within_the_territory(office) -> None:
    facts = {"person": str(office.people["bianban2"].uuid), "duty": "CITY_REVIEWER", "path": "/wuhai/"}
    with pytest.raises(Refused) as refusal:
        take(office, "appoint", "bianban1", change=str(uuid.uuid4()), since="2026-03-10", reason="越权", **facts)
    assert "OUT_OF_TERRITORY" in refusal.value.codes
    assert "只能任免本级和所属单位的人员。" in str(refusal.value)


def test_every_change_of_the_law_stands_in_the_rulebooks_chain(office) -> None:
    facts = cap()
    take(office, "change_cap", "bianban1", **facts)
    take(office, "confirm_change", "zhuren", change=facts["change"])
    rulebook = Rulebook.objects.get(territory=office.district)
    assert list(Entry.objects.filter(subject_id=rulebook.uuid).values_list("step", flat=True)) == [
        "change_meeting_rule", "confirm_change", "adopt_profile", "confirm_change", "change_cap", "confirm_change",
    ]  # fmt: skip
