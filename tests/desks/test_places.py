"""An appointment has its place, and nobody holds duties that exclude each other or loses one by getting another."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from proposals.models import Appointment, Body, BodyVersion, Person, Proposal, RuleChange
from proposals.organisation.duty_conflicts import clash
from proposals.organisation.duty_places import placed
from proposals.organisation.unit_bodies import unit_path
from proposals.rulebook.appointing import places
from proposals.vocabulary import Duty
from tests import builders
from tests.committee.chamber import refused
from workflows import access
from workflows.audit.reading import chains

HERE, DAY = "/wuhai/haibowan/", "2026-03-10"


@pytest.fixture
def newcomer(office) -> Person:
    """Somebody with an account and no duty."""
    made = Person.objects.create_user(username="xinren", name="新人", post="图书馆干部")
    office.people["xinren"] = made
    return made


def appoint(office, who, duty, **more):
    """Draw up an appointment and return its change."""
    change = str(uuid.uuid4())
    facts = {"person": str(office.people[who].uuid), "duty": duty, "since": DAY, "reason": "工作需要", **more}
    office.rule("appoint", "bianban1", change=change, **facts)
    return change


def browser(person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_drafter_appointed_on_the_site_has_his_unit_and_nothing_else(office, case, newcomer):
    own, drafts = office.bodies["甲中心"], builders.draft(
        office, "SANDING_REVISE", [{"op": "CHARTER", "body": office.bodies["甲中心"].uuid}]
    )  # fmt: skip
    Appointment.objects.create(person=newcomer, duty="INSPECTOR", path="/wuhai/wuda/", since=DAY)
    page, site = f"/rulebook/steps/appoint/?district={office.district.uuid}", browser(office.people["bianban1"])
    typed = {
        "key": str(uuid.uuid4()), "person": str(office.people["danweifuze"].uuid), "duty": "UNIT_DRAFTER", "since": DAY,
        "reason": "工作需要",
    }  # fmt: skip
    answer = site.post(page, typed)
    assert answer.status_code == 422 and "这项职责须有所在单位" in answer.content.decode()
    assert site.post(page, {**typed, "duty": "ARCHIVIST", "place": unit_path(own)}).status_code == 422
    assert site.post(page, {**typed, "place": unit_path(own)}).status_code == 302
    office.rule("confirm_change", "zhuren", change=str(RuleChange.objects.get(table="appoint").uuid))
    made = Appointment.objects.get(duty="UNIT_DRAFTER", person__username="danweifuze")
    assert (made.path, made.unit) == (unit_path(own), "甲中心")
    Appointment.objects.filter(person__username="danweifuze", duty="UNIT_HEAD").update(until="2026-03-01")
    held = access.standing(person_id=made.person_id, on=office.now.date())
    readable = access.readable_cases(held=held, person_id=made.person_id, on=office.now.date())
    assert not Proposal.objects.filter(readable).exists()
    theirs = browser(made.person)
    for address in (f"/cases/{drafts.uuid}/", f"/cases/{drafts.uuid}/facts/", f"/cases/{case.uuid}/"):
        assert theirs.get(address).status_code == 404, address
    assert theirs.get("/cases/new/").status_code == 200


@pytest.mark.parametrize(
    ("duty", "path", "code"),
    [
        ("UNIT_DRAFTER", None, "NO_UNIT"),
        ("UNIT_HEAD", HERE, "NO_UNIT"),
        ("UNIT_HEAD", f"{HERE}wuming/", "NO_UNIT"),
        ("UNIT_HEAD", "/wuhai/wuda/tushuguan/", "OUT_OF_TERRITORY"),
        ("OFFICE_CLERK", f"{HERE}zuzhibu/", "NOT_A_UNIT_DUTY"),
        ("CITY_REVIEWER", None, "OTHER_LEVEL"),
        ("SYSTEM", None, "NO_SUCH_DUTY"),
        ("KING", None, "NO_SUCH_DUTY"),
    ],
)
def test_a_duty_stands_where_it_belongs(office, newcomer, duty, path, code):
    with refused(code):
        appoint(office, "xinren", duty, **({"path": path} if path else {}))
    assert not RuleChange.objects.filter(table="appoint").exists()


def test_two_bodies_of_one_name_are_two_places(office):
    for code in ("S01", "s01"):
        body = Body.objects.create(territory=office.district, code=code, opened_on="2020-01-01")
        BodyVersion.objects.create(
            body=body, name="综合服务站", category="PSU", rank=30, valid_from="2020-01-01", change="OPENING", paper="期初",
            recorded_at=office.now,
        )  # fmt: skip
    named = {
        path: name for path, name in places(territory=office.district, on=office.now.date()).items() if "综合" in name
    }
    assert sorted(named.values()) == ["综合服务站（S01）", "综合服务站（s01）"] and len(named) == 2


def test_a_duty_without_its_place_cannot_be_made_and_an_older_one_gives_nothing(office, case):
    row = {"person": office.people["danwei"], "duty": "UNIT_DRAFTER", "path": HERE, "since": DAY}
    wrong = ({}, {"duty": "OFFICE_CLERK", "path": f"{HERE}x/"}, {"duty": "CITY_REVIEWER"}, {"path": "haibowan"})
    for one in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.create(**{**row, **one})
    Appointment.objects.filter(person=row["person"]).delete()
    Appointment.objects.create(**row, unplaced=True)
    day, key = office.now.date(), row["person"].pk
    assert access.standing(person_id=key, on=day) == ()
    assert not access.covers(duty="UNIT_DRAFTER", path=HERE, subject=case)
    assert not Proposal.objects.filter(
        access.readable_cases(held=(("UNIT_DRAFTER", HERE),), person_id=key, on=day)
    ).exists()
    assert not access.holds(
        actor=office.actor("danwei"), duties=["UNIT_DRAFTER"], subject=case, on=day, held=(("UNIT_DRAFTER", HERE),)
    )
    assert any("没有与职责相符的所在单位" in fault for fault in chains.findings())


@pytest.mark.parametrize("duty", [one for one in Duty if one != Duty.SYSTEM])
def test_every_duty_has_one_level(duty):
    fits = [deep for deep, path in enumerate(("/a/", "/a/b/", "/a/b/c/")) if placed(duty=duty, path=path)]
    assert fits in ([0], [1], [2], [0, 1]) and not placed(duty=duty, path="/") and not placed(duty=duty, path="a/b/")


@pytest.mark.parametrize("who", ["bianwei5", "zhuren", "danwei", "bianban1"])
@pytest.mark.parametrize("duty", ["AUDITOR", "SECADMIN"])
def test_nobody_is_silenced_by_being_made_an_administrator(office, who, duty):
    with refused("INCOMPATIBLE", "不得兼任业务职责"):
        appoint(office, who, duty)


def test_a_member_without_any_other_duty_is_not_silenced_either(office):
    Appointment.objects.filter(person__username="bianwei5").delete()
    with refused("INCOMPATIBLE", "编委席位将失效"):
        appoint(office, "bianwei5", "AUDITOR")
    with refused("INCOMPATIBLE", "不得兼任编委组成人员"):
        office.rule(
            "seat_member", "bianban1", change=str(uuid.uuid4()), person=str(office.people["shenji"].uuid),
            role="MEMBER", order=9, since=DAY, reason="调整",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "duty"),
    [("xitong", "AUDITOR"), ("baomi", "SYSADMIN"), ("shenji", "OFFICE_CLERK"), ("shishenhe", "ARCHIVIST")],
)
def test_what_excludes_each_other_is_refused(office, who, duty):
    with refused("INCOMPATIBLE", "请另选人员，或先办理免职"):
        appoint(office, who, duty)


def test_a_small_office_lets_one_administrator_be_another_and_nothing_more(office):
    office.change(
        "change_setting", topic="SWITCH", item="administrators_combined", value=True, since=DAY, citation="小型编办"
    )
    for who, duty in (("xitong", "AUDITOR"), ("shenji", "SYSADMIN"), ("xitong", "OFFICE_CLERK")):
        with refused("INCOMPATIBLE"):
            appoint(office, who, duty)
    office.rule("confirm_change", "zhuren", change=appoint(office, "xitong", "SECADMIN"))
    assert clash(duties=["SYSADMIN"], duty="SECADMIN", combined=True) == ""
    assert not any("兼任" in fault for fault in chains.findings())


def test_two_waiting_appointments_do_not_slip_past_each_other(office, newcomer):
    one, other = appoint(office, "xinren", "AUDITOR"), appoint(office, "xinren", "OFFICE_CLERK")
    office.rule("confirm_change", "zhuren", change=one)
    with refused("INCOMPATIBLE"):
        office.rule("confirm_change", "zhuren", change=other)
    assert not Appointment.objects.filter(person=newcomer, duty="OFFICE_CLERK").exists()


def test_the_audit_names_who_holds_what_excludes_each_other(office):
    assert list(chains.findings()) == []
    with builders.before_conflicts():
        Appointment.objects.create(person=office.people["bianwei5"], duty="AUDITOR", path=HERE, since=DAY)
    assert any("委员二" in fault and "不得兼任业务职责" in fault for fault in chains.findings())
