"""A duty is lent to a colleague, on one case, until a day, while the lender holds it; every act names both."""

import json
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction

from docs_templates.models import FrozenPaper
from project.web.access import policy
from project.web.access.waiting import Waiting
from proposals.models import Appointment, Entry, Proposal
from tests import builders
from tests.committee.chamber import refused
from workflows import access
from workflows.attempt import Ref
from workflows.audit.reading import chains
from workflows.desks import lending
from workflows.grants import CaseGrant
from workflows.perform import perform

UNTIL = "2026-03-20"


def lend(office, case, to="hegao", who="bianban1", **more):
    facts = {"until": UNTIL, "reason": "出差", **more}
    return office.take(case, "delegate", who, person=str(office.people[to].uuid), **facts)


def body(entry):
    return json.loads(Entry.objects.get(pk=entry.pk).body)


def ended(office, who, duty):
    yesterday = office.now.date() - timedelta(days=1)
    Appointment.objects.filter(person__username=who, duty=duty).update(until=yesterday)


@pytest.mark.parametrize(
    "who", ["danwei", "danweifuze", "xitong", "shenji", "baomi", "bianwei4", "shishenhe", "bianban1", "bianban2"]
)
def test_a_duty_goes_to_nobody_but_a_colleague_who_lacks_it(office, case, who):
    with refused("NO_DELEGATE", "只能委托同一编办"):
        lend(office, case, to=who)
    assert not CaseGrant.objects.exists()


def test_who_left_the_office_or_came_to_the_applicant_gets_nothing(office, case):
    for duty in ("OFFICE_REVIEWER", "COMPLIANCE", "INSPECTOR"):
        ended(office, "hegao", duty)
    with refused("NO_DELEGATE"):
        lend(office, case)
    Appointment.objects.create(
        person=office.people["zhuren"], duty="UNIT_HEAD", path=case.path, since=office.now.date()
    )
    with refused("NO_DELEGATE", "本编办没有可以受托的人员"):
        lend(office, case, to="zhuren")


def test_the_drafter_of_a_case_never_gets_another_ones_duty_on_it(office):
    own = builders.draft(
        office, "SANDING_REVISE", [{"op": "CHARTER", "body": office.bodies["甲中心"].uuid}], who="bianban2"
    )
    office.take(own, "send_to_office", "bianban2")
    with refused("NO_DELEGATE"):
        lend(office, own, to="bianban2", who="zhuren")
    lend(office, own, to="bianban1", who="zhuren")


def test_one_duty_is_lent_that_of_the_desk_or_the_chosen_one(office, case):
    Appointment.objects.create(
        person=office.people["zhuren"], duty="OFFICE_CLERK", path="/wuhai/haibowan/", since=office.now.date()
    )
    lend(office, case, who="zhuren")
    assert list(CaseGrant.objects.values_list("duty", flat=True)) == ["OFFICE_CLERK"]
    lend(office, case, to="bianban1", who="zhuren", duty="OFFICE_DIRECTOR")
    assert [one.duty for one in CaseGrant.objects.all()] == ["OFFICE_CLERK", "OFFICE_DIRECTOR"]
    with refused("NOT_LENT_ON", "您没有「合法合规审查岗」职责"):
        lend(office, case, to="bianban1", who="zhuren", duty="COMPLIANCE")


def test_where_the_desk_needs_another_duty_the_lender_names_the_one_he_means(office, case):
    Appointment.objects.create(
        person=office.people["zhuren"], duty="OFFICE_REVIEWER", path="/wuhai/haibowan/", since=office.now.date()
    )
    with refused("WHICH_DUTY", "请选择委托的职责"):
        lend(office, case, to="bianban1", who="zhuren")


def test_what_was_lent_is_not_lent_on_and_a_seat_is_not_lent_at_all(office, case):
    lend(office, case, to="zhuren")
    with refused("NOT_LENT_ON"):
        lend(office, case, who="zhuren", to="hegao", duty="OFFICE_CLERK")
    with refused("FACT_UNREADABLE"):
        lend(office, case, who="zhuren", to="hegao", duty="COMMITTEE_MEMBER")
    ended(office, "zhuren", "OFFICE_DIRECTOR")
    with refused("NOT_YOURS"):
        lend(office, case, who="zhuren", to="hegao")


@pytest.mark.parametrize(
    ("until", "code"), [("2099-12-31", "UNTIL_FAR"), ("2026-04-10", "UNTIL_FAR"), ("2026-03-09", "UNTIL_PAST")]
)
def test_a_duty_is_lent_within_the_days_of_the_rulebook(office, case, until, code):
    with refused(code):
        lend(office, case, until=until)
    lend(office, case, until="2026-04-09")


def test_the_limit_is_a_dated_setting_of_the_district(office, case):
    office.change(
        "change_setting", topic="SWITCH", item="delegation_days", value=3, since="2026-03-01", citation="本区规定"
    )
    with refused("UNTIL_FAR", "委托最长到2026年3月13日"):
        lend(office, case)


def test_what_was_lent_ends_with_the_lenders_own_duty(office, case):
    lend(office, case)
    assert case.uuid in {row.content_object.uuid for row in lending.standing(on=office.now.date())}
    ended(office, "bianban1", "OFFICE_CLERK")
    with refused("NOT_YOURS"):
        office.take(case, "register_incoming", "hegao", incoming_number="收〔2026〕1号")
    assert not lending.standing(on=office.now.date()).exists()


@pytest.mark.parametrize("who", ["bianban1", "hegao"])
def test_either_side_ends_it_by_hand_and_it_may_be_lent_anew(office, case, who):
    lend(office, case)
    row = CaseGrant.objects.get()
    with refused("NOTHING_LENT"):
        office.take(case, "end_delegation", "bianban2", delegation=str(row.uuid))
    entry = office.take(case, "end_delegation", who, delegation=str(row.uuid))
    assert "核稿丙代经办甲办理" in body(entry)["facts"]["delegation_name"]
    assert not CaseGrant.objects.filter(ended_at=None)
    with refused("NOT_YOURS"):
        office.take(case, "register_incoming", "hegao", incoming_number="收〔2026〕1号")
    lend(office, case)
    assert CaseGrant.objects.filter(ended_at=None)
    office.take(case, "register_incoming", "hegao", incoming_number="收〔2026〕1号")


def test_acts_name_whose_duty_was_done_on_the_record_and_on_paper(office, case):
    named = lend(office, case)
    assert body(named)["facts"]["person_name"] == "核稿丙（区委编办副主任）"
    entry = office.take(case, "register_incoming", "hegao", incoming_number="收〔2026〕1号")
    lender = body(entry)["frozen"]["acting_for"]
    assert (lender["name"], lender["duty"]) == ("经办甲", "OFFICE_CLERK")
    slip = FrozenPaper.objects.get(slug="shouwen", subject_uuid=case.uuid)
    assert "核稿丙（代经办甲）" in slip.facts
    own = office.take(case, "accept", "bianban2", checks_passed=True)
    assert "acting_for" not in body(own)["frozen"]


def recorded(office, case, who):
    """Enter a record of paper for the case and return its identity."""
    record, facts = str(uuid.uuid4()), {"incoming_number": "收〔2026〕1号"}
    perform(
        subject=Ref("register", office.district.registers.get().uuid),
        step="record_on_behalf",
        actor=office.actor(who),
        at=office.tick(),
        key=uuid.uuid4(),
        seen=None,
        on_behalf_of="区委编办",
        happened_on=office.now.date(),
        evidence=("0" * 64,),
        facts={
            "record": record,
            "title": "收文登记",
            "acts": [{"kind": "case", "subject": str(case.uuid), "step": "register_incoming", "facts": facts}],
        },
    )
    return record


def test_recorder_and_confirmer_stay_two_persons_through_lending(office, case):
    record = recorded(office, case, "bianban1")
    lend(office, case)
    with refused("SAME_PERSON", "委托代办"):
        office.enter("confirm_record", "hegao", record=record)
    office.take(case, "end_delegation", "hegao", delegation=str(CaseGrant.objects.get().uuid))
    with refused("SAME_PERSON"):
        office.enter("confirm_record", "hegao", record=record)
    office.enter("confirm_record", "zhuren", record=record)


def test_the_lender_does_not_confirm_what_his_delegate_recorded_either(office, case):
    lend(office, case, who="zhuren", to="bianban1", duty="OFFICE_DIRECTOR")
    with refused("SAME_PERSON"):
        office.enter("confirm_record", "zhuren", record=recorded(office, case, "bianban1"))


def test_lending_is_never_entered_for_somebody_else(office, case):
    facts = {"person": str(office.people["zhuren"].uuid), "until": UNTIL, "reason": "出差"}
    acts = [{"kind": "case", "subject": str(case.uuid), "step": "delegate", "facts": facts}]
    with refused("NOT_ON_PAPER", "由本人在系统中办理"):
        perform(
            subject=Ref("register", office.district.registers.get().uuid),
            step="record_on_behalf",
            actor=office.actor("bianban1"),
            at=office.tick(),
            key=uuid.uuid4(),
            seen=None,
            on_behalf_of="主任",
            happened_on=office.now.date(),
            evidence=("0" * 64,),
            facts={"record": str(uuid.uuid4()), "title": "委托", "acts": acts},
        )


def test_a_change_of_the_rulebook_is_not_settled_by_whoever_acts_for_its_author(office, case):
    change = str(uuid.uuid4())
    lend(office, case, to="zhuren")
    office.rule(
        "change_setting", "bianban1", change=change, reason="测试", topic="SWITCH", item="permit_days", value=90,
        since="2026-03-01", citation="本区规定",
    )  # fmt: skip
    for step, more in (("confirm_change", {}), ("decline_change", {"remark": "不妥"})):
        with refused("SAME_PERSON"):
            office.rule(step, "zhuren", change=change, **more)
    office.rule("confirm_change", "hegao", change=change)


def test_the_city_lends_within_its_own_office_and_the_district_within_its_own(office, case):
    def able(who, duty):
        day, lender = office.now.date(), office.people[who].pk
        return [one.username for one in lending.eligible(case=case, lender_id=lender, duties=(duty,), on=day)]

    assert able("shishenhe", "CITY_REVIEWER") == ["shishouwen"]
    assert able("zhuren", "OFFICE_DIRECTOR") == ["hegao", "bianban1", "bianban2"]


def test_an_administrator_gets_no_title_into_his_worklist_by_an_older_row(office, case):
    for who in ("xitong", "danwei"):
        row = CaseGrant(
            content_object=case, duty="OFFICE_CLERK", lender=office.people["bianban1"], user=office.people[who],
            path="/wuhai/haibowan/", since=office.now.date(), until="2026-04-01",
        )  # fmt: skip
        access.give(grant=row)
    xitong = office.people["xitong"]
    held = access.standing(person_id=xitong.pk, on=office.now.date())
    assert Waiting(held=held, person=xitong).page() == ([], "")
    readable = access.readable_cases(held=held, person_id=xitong.pk, on=office.now.date())
    assert not Proposal.objects.filter(readable, pk=case.pk).exists()
    with refused("NOT_YOURS"):
        office.take(case, "register_incoming", "danwei", incoming_number="收〔2026〕1号")


def test_the_database_keeps_what_a_delegation_is(office, case):
    row = {
        "content_object": case, "duty": "OFFICE_CLERK", "lender": office.people["bianban1"],
        "user": office.people["hegao"], "path": "/wuhai/haibowan/", "since": "2026-03-10", "until": "2026-03-20",
        "permission": Permission.objects.get(codename="hold_office_clerk"),
    }  # fmt: skip
    CaseGrant.objects.create(**row)
    wrong = ({}, {"user": row["lender"]}, {"duty": "COMMITTEE_MEMBER"}, {"duty": "COMPLIANCE", "until": "2026-03-09"})
    for one in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseGrant.objects.create(**{**row, **one})


def test_the_audit_names_what_does_not_fit_a_delegation(office, case):
    lend(office, case)
    office.take(case, "register_incoming", "hegao", incoming_number="收〔2026〕1号")
    assert list(chains.findings()) == []
    row = CaseGrant.objects.get()
    told = []
    for change in ({"duty": "COMPLIANCE"}, {"user": office.people["zhuren"]}, {"until": "2027-03-20"}):
        CaseGrant.objects.filter(pk=row.pk).update(**change)
        told += [fault for fault in chains.findings() if "委托" in fault]
        CaseGrant.objects.filter(pk=row.pk).update(duty=row.duty, user=row.user, until=row.until)
    assert len(told) >= 3
    CaseGrant.objects.all().delete()
    assert any("没有有效的委托" in fault for fault in chains.findings())


def test_the_audit_names_a_delegation_that_outlived_its_lenders_duty_and_one_made_by_nobody(office, case):
    lend(office, case)
    ended(office, "bianban1", "OFFICE_CLERK")
    assert any("已不再有效" in fault for fault in chains.findings())
    access.give(
        grant=CaseGrant(
            content_object=case,
            duty="OFFICE_DIRECTOR",
            lender=office.people["zhuren"],
            user=office.people["hegao"],
            path="/wuhai/haibowan/",
            since=office.now.date(),
            until="2026-03-20",
        )  # fmt: skip
    )
    assert any("没有委托的办理记录" in fault for fault in chains.findings())


def test_the_pages_of_a_case_open_to_whoever_does_a_lent_duty_on_it(office, case, client):
    lend(office, case)
    client.force_login(office.people["hegao"], backend="django.contrib.auth.backends.ModelBackend")
    assert not policy.opens(name="case_facts", held=access.standing(person_id=office.people["hegao"].pk, on=office.now))
    office.take(case, "register_incoming", "hegao", incoming_number="收〔2026〕1号")
    office.take(case, "accept", "hegao", checks_passed=True)
    page = client.get(f"/cases/{case.uuid}/facts/")
    assert page.status_code == 200
    step = client.get(f"/cases/{case.uuid}/steps/end_delegation/").content.decode()
    assert "核稿丙代经办甲办理" in step
    client.force_login(office.people["bianban2"], backend="django.contrib.auth.backends.ModelBackend")
    words = client.get(f"/cases/{case.uuid}/").content.decode()
    assert "收回委托" not in words and "核稿丙代经办甲办理「区委编办经办人」，至2026年3月20日。" in words
