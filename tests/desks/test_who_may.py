"""Who holds which duty where and when, and which exception counts: every condition from both sides of its boundary."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid5

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.utils import timezone
from guardian.shortcuts import assign_perm, get_user_perms

from proposals.models import Appointment, Proposal, SubjectKind
from proposals.procedure.act import Act, Actor
from workflows import access
from workflows.desks import lending
from workflows.grants import CaseGrant

DISTRICT, CITY, UNIT = "/wuhai/haibowan/", "/wuhai/", "/wuhai/haibowan/zuzhibu/"
DAY = timedelta(days=1)


def subject(path=DISTRICT, parent=CITY, **more):
    above = SimpleNamespace(path=parent) if parent else None
    territory = SimpleNamespace(path=path, parent=above, parent_id=1 if parent else None)
    return SimpleNamespace(territory=territory, subject_kind=SubjectKind.CASE, **more)


@pytest.mark.parametrize(
    ("duty", "path", "about", "reaches"),
    [
        ("OFFICE_CLERK", DISTRICT, subject(), True), ("OFFICE_CLERK", "/wuhai/wuda/", subject(), False),
        ("OFFICE_CLERK", CITY, subject(), False), ("OFFICE_CLERK", UNIT, subject(), False),
        ("CITY_RECEIVER", CITY, subject(), True), ("CITY_RECEIVER", DISTRICT, subject(), False),
        ("CITY_RECEIVER", "/baotou/", subject(), False), ("CITY_RECEIVER", CITY, subject(CITY, ""), True),
        ("UNIT_DRAFTER", UNIT, subject(path=DISTRICT), False), ("UNIT_HEAD", DISTRICT, subject(), False),
        ("SYSADMIN", CITY, subject(), False), ("SYSADMIN", DISTRICT, subject(), True),
    ],
)  # fmt: skip
def test_a_duty_reaches_its_own_place_and_nothing_else(duty, path, about, reaches):
    assert access.covers(duty=duty, path=path, subject=about) is reaches


@pytest.mark.parametrize(("path", "reaches"), [(UNIT, True), (f"{UNIT}ke/", True), ("/wuhai/haibowan/zuzhi/", False)])
def test_a_units_duty_reaches_what_the_unit_and_those_below_it_proposed(path, reaches):
    about = SimpleNamespace(territory=SimpleNamespace(path=DISTRICT, parent=None, parent_id=None), path=path)
    assert access.covers(duty="UNIT_DRAFTER", path=UNIT, subject=about) is reaches


@pytest.mark.parametrize(
    ("since", "until", "on", "holds"),
    [(0, None, 0, True), (1, None, 0, False), (-5, 0, 0, True), (-5, -1, 0, False), (-5, 3, 3, True),
     (-5, 3, 4, False)],
)  # fmt: skip
def test_an_appointment_counts_from_its_first_to_its_last_day(office, case, since, until, on, holds):
    person, today = office.people["hegao"], office.now.date()
    last = None if until is None else today + until * DAY
    Appointment.objects.create(person=person, duty="RECORDER", path=DISTRICT, since=today + since * DAY, until=last)
    held = access.standing(person_id=person.pk, on=today + on * DAY)
    assert (("RECORDER", DISTRICT) in held) is holds
    told = {"actor": Actor.of(person), "duties": ["RECORDER"], "subject": case, "on": today + on * DAY}
    assert access.appointed(**told) is access.holds(**told) is holds
    named = lending.appointments(on=today + on * DAY).filter(person=person, duty="RECORDER")
    assert named.exists() is holds


def test_an_administrator_acts_on_the_rulebook_only_and_the_system_by_its_own_duty(office, case):
    actor, on = office.actor("bianban1"), office.now.date()
    held = (("OFFICE_CLERK", DISTRICT), ("SYSADMIN", DISTRICT))
    rulebook = SimpleNamespace(territory=case.territory, subject_kind=SubjectKind.RULEBOOK)
    told = {"actor": actor, "duties": ["OFFICE_CLERK"], "on": on}
    assert access.appointed(subject=case, held=held[:1], **told)
    assert not access.appointed(subject=case, held=held, **told)
    assert access.appointed(subject=rulebook, held=held, **told)
    assert not access.appointed(subject=case, held=(), **told)
    system = Actor(id=0, uuid=access.SYSTEM_UUID, name="系统", post="")
    assert access.appointed(actor=system, duties=["SYSTEM"], subject=case, on=on)
    assert not access.appointed(actor=system, duties=["OFFICE_CLERK"], subject=case, on=on, held=held[:1])


@pytest.fixture
def lent(office, case) -> CaseGrant:
    """The clerk's duty on the case, lent to 核稿 from the day before to the day after."""
    today = office.now.date()
    row = CaseGrant(
        content_object=case, duty="OFFICE_CLERK", lender=office.people["bianban1"], user=office.people["hegao"],
        path=DISTRICT, since=today - DAY, until=today + DAY,
    )  # fmt: skip
    access.give(grant=row)
    return row


def lent_to(office, case, who="hegao", duty="OFFICE_CLERK", on=0):
    today = office.now.date() + on * DAY
    return access.lent_to(actor=office.actor(who), duties=[duty], subject=case, on=today)


def test_a_row_without_its_exception_lends_nothing_and_another_duty_neither(office, case, lent):
    person = office.people["hegao"]
    assert lent_to(office, case) == lent
    assert access.holds(actor=office.actor("hegao"), duties=["OFFICE_CLERK"], subject=case, on=office.now.date())
    assert get_user_perms(person, case).get() == "hold_office_clerk"
    other = Permission.objects.get(codename="hold_office_director")
    CaseGrant.objects.filter(pk=lent.pk).update(permission=other)
    assert get_user_perms(person, case).get() == "hold_office_director"
    assert lent_to(office, case) is None
    assert lent_to(office, case, duty="OFFICE_DIRECTOR") is None
    assert not access.holds(actor=office.actor("hegao"), duties=["OFFICE_CLERK"], subject=case, on=office.now.date())


def test_nobody_gets_a_right_on_a_case_past_the_row_that_says_by_whom_and_how_long(office, case):
    with pytest.raises(IntegrityError), transaction.atomic():
        assign_perm("hold_office_clerk", office.people["hegao"], case)


def test_a_lent_duty_counts_on_its_case_for_its_person_and_within_its_days(office, case, lent):
    assert [bool(lent_to(office, case, on=on)) for on in (-2, -1, 0, 1, 2)] == [False, True, True, True, False]
    assert lent_to(office, case, who="zhuren") is lent_to(office, case, duty="COMPLIANCE") is None
    other = Proposal.objects.create(
        territory=case.territory, path=DISTRICT, title="他案", kind="OTHER", drafter=office.people["bianban1"],
        created_at=office.now,
    )  # fmt: skip
    assert lent_to(office, other) is None
    assert access.lent_to(actor=office.actor("hegao"), duties=["OFFICE_CLERK"], subject=object(), on=lent.since) is None
    on = office.now.date()
    assert lending.on(case=case, day=on) == [lent] and lending.on(case=other, day=on) == []
    people = {name: office.people[name].pk for name in ("bianban1", "hegao", "zhuren")}
    found = {name: lending.concerning(case=case, person_id=pk, on=on) for name, pk in people.items()}
    assert found == {"bianban1": [lent], "hegao": [lent], "zhuren": []}


@pytest.mark.parametrize(
    "change",
    [
        lambda office, row: office.people["hegao"].__class__.objects.filter(pk=row.user_id).update(is_active=False),
        lambda office, row: office.people["hegao"].__class__.objects.filter(pk=row.lender_id).update(is_active=False),
        lambda office, row: Appointment.objects.filter(person=row.lender_id).update(until=row.since),
        lambda office, row: Appointment.objects.filter(person=row.user_id).update(until=row.since),
        lambda office, row: Proposal.objects.filter(pk=row.content_object_id).update(drafter=row.user_id),
        lambda office, row: Appointment.objects.create(
            person_id=row.user_id, duty="UNIT_DRAFTER", path=row.content_object.path, since=row.since
        ),
        lambda office, row: CaseGrant.objects.filter(pk=row.pk).update(ended_at=office.now),
    ],
)  # fmt: skip
def test_a_lent_duty_ends_with_each_of_its_conditions(office, case, lent, change):
    assert list(lending.standing(on=office.now.date())) == [lent]
    change(office, lent)
    assert list(lending.standing(on=office.now.date())) == []


def test_what_two_lenders_lent_is_taken_back_twice(office, case, lent):
    second = CaseGrant.objects.get(pk=lent.pk)
    CaseGrant.objects.filter(pk=lent.pk).update(ended_at=office.now)
    second.pk, second.uuid, second.lender = (
        None,
        CaseGrant._meta.get_field("uuid").get_default(),
        office.people["zhuren"],
    )
    second.save(force_insert=True)

    def counts():
        return lending.running(on=lent.since).filter(permission__codename="hold_office_clerk", user=lent.user).exists()

    access.take_back(grant=lent, at=office.now + DAY, by=lent.lender_id)
    assert counts() and CaseGrant.objects.get(pk=lent.pk).ended_at == office.now
    access.take_back(grant=second, at=office.now, by=lent.lender_id)
    assert not counts()
    second.refresh_from_db()
    assert (second.ended_at, second.ended_by_id) == (office.now, lent.lender_id)


def test_two_who_acted_for_each_other_are_no_two_persons(office, case, lent):
    one, other, third = (office.people[name].pk for name in ("bianban1", "hegao", "zhuren"))

    def between(a, b, since, until):
        today = office.now.date()
        return lending.between(one=a, other=b, since=today + since * DAY, until=today + until * DAY)

    assert between(one, other, 0, 0) and between(other, one, 0, 0)
    assert not between(one, third, 0, 0) and not between(third, other, 0, 0)
    assert [between(one, other, *days) for days in ((-9, -2), (-9, -1), (1, 9), (2, 9))] == [False, True, True, False]
    CaseGrant.objects.update(ended_at=office.now)
    assert (between(one, other, 0, 9), between(one, other, 1, 9)) == (True, False)


def test_the_duty_of_the_desk_is_meant_before_the_others_and_the_only_one_without_it(office, case):
    desk = lending.DESKS[case.state].duty
    assert lending.meant(case=case, facts={"duty": "ARCHIVIST"}, own=(desk,)) == "ARCHIVIST"
    assert lending.meant(case=case, facts={}, own=(desk, "ARCHIVIST")) == desk
    assert lending.meant(case=case, facts={}, own=("ARCHIVIST",)) == "ARCHIVIST"
    assert lending.meant(case=case, facts={}, own=("ARCHIVIST", "COMPLIANCE")) == ""
    assert lending.meant(case=case, facts={}, own=()) == ""


def test_only_what_one_holds_where_the_case_lies_is_ones_own_to_lend(office, case):
    person, on = office.people["bianban1"], office.now.date()
    Appointment.objects.create(person=person, duty="ARCHIVIST", path="/wuhai/wuda/", since=on)
    Appointment.objects.create(person=person, duty="COMPLIANCE", path=DISTRICT, since=on)
    Appointment.objects.filter(person=person, duty="OFFICE_CLERK").update(until=on)
    assert lending.own_duties(case=case, person_id=person.pk, on=on) == ("OFFICE_CLERK", "COMPLIANCE")
    assert lending.own_duties(case=case, person_id=person.pk, on=on + DAY) == ("COMPLIANCE",)


def test_a_delegation_is_said_and_recorded_in_full(office, case, lent):
    assert lending.said(lent) == (
        f"{office.people['hegao'].name}代{office.people['bianban1'].name}办理「区委编办经办人」，"
        f"至{lent.until.year}年{lent.until.month}月{lent.until.day}日"
    )
    act = {"actor": office.actor("bianban1"), "at": office.now, "happened_on": timezone.localdate(office.now)}
    ended = Act(step="end_delegation", facts={"delegation": str(lent.uuid)}, **act)
    assert lending.told(case=case, act=ended) == {"delegation_name": lending.said(lent)}
    assert lending.told(case=case, act=Act(step="accept", **act)) == {}
    told = lending.told(case=case, act=Act(step="delegate", facts={"person": str(office.people["zhuren"].uuid)}, **act))
    assert told["delegation"] == str(uuid5(case.uuid, f"delegation {case.head_seq + 1}"))
    assert (told["duty"], told["person_name"]) == ("OFFICE_CLERK", str(office.people["zhuren"]))


def test_who_reads_which_case(office, case):
    on = office.now.date()

    def reads(*held, person=0):
        return Proposal.objects.filter(access.readable_cases(held=held, person_id=person, on=on), pk=case.pk).exists()

    assert reads(("OFFICE_CLERK", DISTRICT)) and reads(("UNIT_DRAFTER", UNIT))
    assert not reads() and not reads(("OFFICE_CLERK", "/wuhai/wuda/")) and not reads(("UNIT_DRAFTER", f"{UNIT}ke/"))
    assert not reads(("OFFICE_CLERK", DISTRICT), ("AUDITOR", DISTRICT)) and not reads(("OFFICE_CLERK", CITY))
    for duty, path, column in (
        ("CITY_REVIEWER", CITY, "filed_on"), ("COMMITTEE_MEMBER", DISTRICT, "proposed_on"),
        ("COMMITTEE_VICE", DISTRICT, "proposed_on"), ("ATTENDEE", DISTRICT, "proposed_on"),
    ):  # fmt: skip
        assert not reads((duty, path)), duty
        Proposal.objects.filter(pk=case.pk).update(**{column: on})
        assert reads((duty, path)), duty
        Proposal.objects.filter(pk=case.pk).update(**{column: None})


def test_whoever_does_a_lent_duty_reads_the_case(office, case, lent):
    on, person = office.now.date(), office.people["hegao"].pk
    mine = Proposal.objects.filter(access.readable_cases(held=(), person_id=person, on=on))
    assert list(mine) == [case]
    assert not Proposal.objects.filter(access.readable_cases(held=(), person_id=person, on=on + 2 * DAY)).exists()
