"""One case is shown until a day to somebody whom no duty lets read it; both sides end it, and nothing else opens."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from guardian.shortcuts import get_user_perms

from project.web.access import policy
from proposals.models import Appointment, Entry, Person, Proposal
from proposals.organisation.duty_places import ADMINISTRATORS
from proposals.vocabulary import State
from tests import builders
from tests.committee.chamber import refused
from workflows import access
from workflows.audit.reading import chains
from workflows.desks import lending, reading
from workflows.grants import CaseGrant
from workflows.models import SecurityEvent

UNTIL = "2026-03-20"
DAY = timedelta(days=1)


def show(office, case, to="bianwei4", who="zhuren", **more):
    facts = {"purpose": "BORROWED", "until": UNTIL, "reason": "核对旧案", **more}
    return office.take(case, "grant_reading", who, person=str(office.people[to].uuid), **facts)


def reads(office, case, who="bianwei4", on=0):
    day, person = office.now.date() + on * DAY, office.people[who].pk
    held = access.standing(person_id=person, on=day)
    found = Proposal.objects.filter(access.readable_cases(held=held, person_id=person, on=day))
    return found.filter(pk=case.pk).exists()


def browser(office, who) -> Client:
    client = Client()
    client.force_login(office.people[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_case_is_shown_to_one_person_until_a_day(office, case):
    assert not reads(office, case)
    show(office, case)
    assert [reads(office, case, on=on) for on in (-1, 0, 10, 11)] == [False, True, True, False]
    assert not reads(office, case, who="bianwei2")
    assert get_user_perms(office.people["bianwei4"], case).get() == "view_proposal"
    assert not lending.standing(on=office.now.date()).exists()


def test_a_reader_sees_the_case_and_may_do_nothing_on_it_but_give_it_back(office, case):
    browse = browser(office, "bianwei4")
    assert browse.get(f"/cases/{case.uuid}/").status_code == 404
    show(office, case, purpose="CIRCULATED")
    page = browse.get(f"/cases/{case.uuid}/").content.decode()
    said = f"查阅本事项（传阅），至2026年3月20日，由{office.people['zhuren'].name}准予。"
    assert (said in page, "steps/end_reading/" in page) == (True, True)
    assert ("steps/register_incoming/" in page, "steps/grant_reading/" in page) == (False, False)
    assert policy.POLICY["case_facts"].readers and browse.get(f"/cases/{case.uuid}/facts/").status_code == 403
    assert "结束的查阅" in browse.get(f"/cases/{case.uuid}/steps/end_reading/").content.decode()
    for step, facts in (
        ("accept", {"checks_passed": True}),
        ("register_incoming", {"incoming_number": "收〔2026〕1号"}),
    ):
        with refused("NOT_YOURS"):
            office.take(case, step, "bianwei4", **facts)


def test_the_record_and_the_security_stream_name_reader_kind_day_and_reason(office, case):
    told = json.loads(Entry.objects.get(pk=show(office, case, purpose="AUDITED").pk).body)
    assert told["facts"]["person_name"] == str(office.people["bianwei4"]) and told["facts"]["reason"] == "核对旧案"
    row = CaseGrant.objects.get()
    assert (row.kind, row.duty, row.reason, str(row.until)) == ("AUDITED", "", "核对旧案", UNTIL)
    office.take(case, "end_reading", "zhuren", grant=str(row.uuid))
    events = SecurityEvent.objects.order_by("pk")
    assert [(one.kind, one.person) for one in events] == [
        ("GRANTED", office.people["zhuren"]), ("ENDED", office.people["zhuren"]),
    ]  # fmt: skip
    words = browser(office, "shenji").get("/security/?kind=GRANTED").content.decode()
    assert "审计调阅" in words and str(case.uuid) in words and case.title not in words


@pytest.mark.parametrize("who", ["zhuren", "dangan", "bianwei4"])
def test_the_office_the_archivist_and_the_reader_end_it(office, case, who):
    if who not in office.people:
        who = Appointment.objects.filter(duty="ARCHIVIST").first().person.username
    show(office, case)
    row = CaseGrant.objects.get()
    with refused("NOT_YOURS"):
        office.take(case, "end_reading", "bianwei2", grant=str(row.uuid))
    office.take(case, "end_reading", who, grant=str(row.uuid))
    row.refresh_from_db()
    assert (row.ended_by, reads(office, case)) == (office.people[who], False)
    with refused("NOT_YOURS" if who == "bianwei4" else "NOBODY_READS"):
        office.take(case, "end_reading", who, grant=str(row.uuid))
    show(office, case)
    assert reads(office, case)


def test_a_reader_ends_no_reading_of_somebody_else(office, case):
    show(office, case)
    show(office, case, to="bianwei2")
    other = CaseGrant.objects.get(user=office.people["bianwei2"])
    with refused("NOBODY_READS", "已经结束或不存在"):
        office.take(case, "end_reading", "bianwei4", grant=str(other.uuid))


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"until": "2026-03-09"}, "UNTIL_PAST"), ({"until": "2026-04-10"}, "UNTIL_FAR"), ({"to": "shenji"}, "NO_READER"),
     ({"to": "bianban1"}, "NO_READER"), ({"to": "danwei"}, "NO_READER"), ({"who": "bianban1"}, "NOT_YOURS"),
     ({"purpose": "LENT"}, "FACT_UNREADABLE"), ({"reason": ""}, "FACT_MISSING")],
)  # fmt: skip
def test_who_may_show_what_to_whom_and_how_long(office, case, facts, code):
    with refused(code):
        show(office, case, **facts)
    assert not CaseGrant.objects.exists()
    show(office, case, until="2026-04-09")
    with refused("NO_READER", "已经能够查阅"):
        show(office, case)


def test_the_limit_is_a_dated_setting_of_the_district(office, case):
    office.change(
        "change_setting", topic="SWITCH", item="reading_days", value=3, since="2026-03-01", citation="本区规定"
    )
    with refused("UNTIL_FAR", "查阅最长到2026年3月13日"):
        show(office, case)


@pytest.mark.parametrize("filed", [False, True])
def test_everybody_near_reads_by_duty_may_be_let_read_or_is_an_administrator(office, case, filed):
    """What `eligible` knows of duties agrees with what the lists let people read, for every person of the office."""
    if filed:
        Proposal.objects.filter(pk=case.pk).update(proposed_on=office.now.date(), filed_on=office.now.date())
        case = Proposal.objects.get(pk=case.pk)
    today = office.now.date()
    able = set(reading.eligible(case=case, on=today).values_list("username", flat=True))
    seated = lending.appointments(on=today).values("person")
    for person in Person.objects.filter(pk__in=seated):
        held = access.standing(person_id=person.pk, on=today)
        watches = any(duty in ADMINISTRATORS for duty, _ in held)
        assert [person.username in able, reads(office, case, person.username), watches].count(True) == 1, (
            person.username
        )
    assert ("bianwei4" in able) is not filed


@pytest.mark.parametrize("state", [State.DRAFT, State.VOID])
def test_a_draft_and_what_is_void_are_shown_to_nobody(office, case, state):
    Proposal.objects.filter(pk=case.pk).update(state=state)
    with refused("NOT_OPEN"):
        show(office, case)


@pytest.mark.parametrize(
    "change",
    [
        lambda office, row: Person.objects.filter(pk=row.user_id).update(is_active=False),
        lambda office, row: Appointment.objects.filter(person=row.user_id).update(until=office.now.date() - DAY),
        lambda office, row: Appointment.objects.create(
            person_id=row.user_id, duty="AUDITOR", path="/wuhai/haibowan/", since=row.since
        ),
    ],
)
def test_a_reading_ends_when_the_reader_leaves_or_becomes_an_administrator(office, case, change):
    show(office, case)
    with builders.before_conflicts():
        change(office, CaseGrant.objects.get())
    assert not reading.standing(on=office.now.date()).exists() and not reads(office, case)


def test_a_row_with_the_permission_of_something_else_shows_nothing_and_none_is_open_twice(office, case):
    show(office, case)
    row = CaseGrant.objects.get()
    twice = CaseGrant.objects.get()
    twice.pk, twice.uuid = None, case.uuid
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save(force_insert=True)
    CaseGrant.objects.filter(pk=row.pk).update(permission=row.permission.content_type.permission_set.first())
    assert not reads(office, case)
    assert any("不符" in fault for fault in chains.findings())


def test_the_audit_names_a_reading_that_is_not_as_it_was_given(office, case):
    show(office, case)
    row = CaseGrant.objects.get()
    assert list(chains.findings()) == []
    for change in ({"until": "2027-01-01"}, {"kind": "AUDITED"}, {"user": office.people["bianwei2"]}):
        CaseGrant.objects.filter(pk=row.pk).update(**change)
        assert any("与第" in fault and "查阅" in fault for fault in chains.findings()), change
        CaseGrant.objects.filter(pk=row.pk).update(until=row.until, kind=row.kind, user=row.user)
    office.take(case, "end_reading", "zhuren", grant=str(row.uuid))
    assert list(chains.findings()) == []
    CaseGrant.objects.filter(pk=row.pk).update(ended_at=None)
    assert any("现存仍为有效" in fault for fault in chains.findings())
    CaseGrant.objects.all().delete()
    assert any("查阅现已不存在" in fault for fault in chains.findings())
