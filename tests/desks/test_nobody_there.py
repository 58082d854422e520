"""A step that would reach nobody is refused and says who is missing; a case that lies with nobody is named."""

from datetime import timedelta

import pytest

from proposals.models import Appointment, Person
from tests import builders
from tests.committee.chamber import CHAIR, Chamber, refused, state_of
from workflows.audit.reading import chains
from workflows.desks import holders
from workflows.desks.flow import DESKS
from workflows.models import WorkItem

pytestmark = pytest.mark.django_db

CLERK, SECOND, DIRECTOR, UNIT = "bianban1", "bianban2", "zhuren", "danwei"
OF_UNIT = {"who": UNIT, "origin": "UNIT", "path": "/wuhai/haibowan/zuzhibu/", "proposer": "区委组织部"}


def ended(chamber: Chamber, *duties: str) -> None:
    """Let the appointments to these duties end on the day before."""
    yesterday = chamber.office.now.date() - timedelta(days=1)
    Appointment.objects.filter(duty__in=duties).update(until=yesterday)


def charter(chamber: Chamber, **fields):
    return builders.draft(chamber.office, "SANDING_REVISE", [{"op": "CHARTER", "body": chamber.body().uuid}], **fields)


def argued(chamber: Chamber):
    case, office = charter(chamber), chamber.office
    office.take(case, "send_to_office", CLERK)
    office.take(case, "register_incoming", CLERK, incoming_number="1")
    office.take(case, "accept", CLERK, checks_passed=True)
    office.take(case, "finish_argument", CLERK, conclusion="建议提请。")
    return case


def test_a_matter_is_not_proposed_where_the_committee_has_no_chair() -> None:
    chamber = Chamber()
    case = argued(chamber)
    ended(chamber, "COMMITTEE_CHAIR")
    with refused("NOBODY_THERE", "现无在任的编委主任") as refusal:
        chamber.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    assert "「拟定任职」" in str(refusal.value) and state_of(case) == "OFFICE_REVIEW"


def test_an_account_out_of_use_and_an_administrator_are_nobody() -> None:
    chamber = Chamber()
    case = argued(chamber)
    people = chamber.office.people
    Person.objects.filter(pk=people[CHAIR].pk).update(is_active=False)
    with builders.before_conflicts():
        Appointment.objects.create(
            person=people["xitong"], duty="COMMITTEE_CHAIR", path="/wuhai/haibowan/", since="2026-01-01"
        )
    with refused("NOBODY_THERE"):
        chamber.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")
    Appointment.objects.create(
        person=people["bianwei2"], duty="COMMITTEE_CHAIR", path="/wuhai/haibowan/", since="2026-01-01"
    )
    chamber.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")


def test_the_chair_of_another_district_is_not_ours() -> None:
    chamber = Chamber()
    case = argued(chamber)
    Appointment.objects.filter(duty="COMMITTEE_CHAIR").update(path="/wuhai/hainan/")
    with refused("NOBODY_THERE"):
        chamber.office.take(case, "propose_item", DIRECTOR, opinion="同意提请。")


def test_what_the_meeting_carries_along_is_not_handed_to_nobody_either() -> None:
    chamber = Chamber()
    case = chamber.scheduled()
    chamber.plan()
    item = chamber.put(case)
    chamber.call()
    chamber.open()
    ended(chamber, "OFFICE_DIRECTOR")
    chamber.open_item(item)
    told = {"in_favour": 4, "against": 2, "abstained": 3}
    chamber.take("record_counts", item=str(item.uuid), method="HANDS", **told)
    with refused("NOBODY_THERE", "现无在任的编办主任"):
        chamber.take("conclude_item", item=str(item.uuid))


def test_a_draft_comes_back_to_a_colleague_when_its_drafter_has_left() -> None:
    chamber = Chamber()
    case, office = charter(chamber, **OF_UNIT), chamber.office
    office.take(case, "send_to_office", UNIT)
    office.take(case, "register_incoming", CLERK, incoming_number="1")
    ended(chamber, "UNIT_DRAFTER")
    with refused("NOBODY_THERE", "现无在任的申请单位经办人"):
        office.take(case, "return_for_correction", CLERK, reason="缺材料。")
    colleague = Person.objects.create_user(username="danwei2", name="单位经办二", post="经办人")
    Appointment.objects.create(person=colleague, duty="UNIT_DRAFTER", path=OF_UNIT["path"], since="2026-01-01")
    office.take(case, "return_for_correction", CLERK, reason="缺材料。")
    item = WorkItem.objects.get(process=case, finished=None)
    assert (item.duty, item.path, item.owner) == ("UNIT_DRAFTER", OF_UNIT["path"], None)


def test_the_offices_own_draft_comes_back_to_its_drafter_or_to_the_clerks() -> None:
    chamber = Chamber()
    case, office = charter(chamber), chamber.office
    office.take(case, "send_to_office", CLERK)
    office.take(case, "register_incoming", SECOND, incoming_number="1")
    Person.objects.filter(username=CLERK).update(is_active=False)
    office.take(case, "return_for_correction", SECOND, reason="缺材料。")
    item = WorkItem.objects.get(process=case, finished=None)
    assert (item.duty, item.owner) == ("OFFICE_CLERK", None)


def test_where_nobody_records_the_clerk_has_the_meeting_on_the_list() -> None:
    chamber = Chamber()
    ended(chamber, "RECORDER")
    case = chamber.scheduled()
    assert WorkItem.objects.get(process=case, finished=None).duty == "OFFICE_CLERK"


def test_a_city_without_people_in_the_system_is_entered_by_the_office() -> None:

    chamber = Chamber()
    case = charter(chamber)
    duties, on = DESKS["FILED"].duties, chamber.office.now.date()
    assert holders.receiver(duties=duties, case=case, on=on).duty == "CITY_RECEIVER"
    ended(chamber, "CITY_RECEIVER", "CITY_REVIEWER")
    case.__dict__.pop("holders")
    assert holders.receiver(duties=duties, case=case, on=on).duty == "OFFICE_CLERK"


def test_the_page_shows_the_button_grey_with_its_reason(client, monkeypatch) -> None:
    chamber = Chamber()
    case = argued(chamber)
    ended(chamber, "COMMITTEE_CHAIR")
    monkeypatch.setattr("django.utils.timezone.now", lambda: chamber.office.now)
    client.force_login(chamber.office.people[DIRECTOR])
    shown = client.get(f"/cases/{case.uuid}/").content.decode()
    assert "现无在任的编委主任" in shown and f"/cases/{case.uuid}/steps/propose_item/" not in shown


def test_the_audit_names_what_lies_with_nobody(monkeypatch) -> None:
    chamber = Chamber()
    case = argued(chamber)
    monkeypatch.setattr("django.utils.timezone.now", lambda: chamber.office.now)
    assert list(chains.findings()) == []
    ended(chamber, "OFFICE_DIRECTOR")
    told = [one for one in chains.findings() if "现无在任" in one]
    assert told == [f"动议事项「{case}」：现处于「室务会研究」环节，由编办主任办理，现无在任的编办主任。"]
