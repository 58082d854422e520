"""Who sees what: a second district, the city before filing, the committee before proposing, and who holds no duty."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from docs_templates.models import FrozenPaper, Package
from proposals.models import Appointment, Person, Proposal, Upload
from proposals.opening import territory
from proposals.vocabulary import State
from tests import builders
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CITY, CLERK, FULL, RECEIVER, Town

MOVE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}
ELSEWHERE = [
    ("wuda1", "乌达经办", "OFFICE_CLERK"), ("wuda2", "乌达主任", "OFFICE_DIRECTOR"), ("wuda3", "乌达编委", "COMMITTEE_CHAIR"),
    ("wuda4", "乌达监督", "INSPECTOR"), ("wuda5", "乌达档案", "ARCHIVIST"), ("wuda6", "乌达单位", "UNIT_DRAFTER"),
]  # fmt: skip
LISTS = ("/", "/cases/", "/incoming/", "/filing/", "/archive/", "/meetings/", "/paper-records/", "/permits/")


def place_of(duty: str) -> str:
    return "/wuhai/wuda/tushuguan/" if duty == "UNIT_DRAFTER" else "/wuhai/wuda/"


@pytest.fixture
def neighbours(town: Town) -> list[str]:
    """Found 乌达区 beside 海勃湾区 with people of its own."""
    made = territory.found(
        path="/wuhai/wuda/", parent=town.office.city, level="DISTRICT", name="乌达区", office_name="乌达区委编办",
        committee_name="乌达区委编委", site_code="150304", profile="HAIBOWAN",
    )  # fmt: skip
    people = [
        {"username": who, "name": name, "post": name, "order": 1, "duties": [[duty, place_of(duty)]]}
        for who, name, duty in ELSEWHERE
    ]
    town.office.people = {**town.office.people, **territory.seat(people=people, since=town.office.now.date())}
    builders.adopt(made, "HAIBOWAN", *(town.office.actor(who) for who in ("wuda1", "wuda2")), at=town.office.now)
    return [who for who, _, _ in ELSEWHERE]


def decided(town: Town) -> Proposal:
    """A transfer that the committee has decided."""
    case = Life.proposed(town, Life.argued(town, town.draft("STAFF_TRANSFER", MOVE, title="海勃湾调剂事项")))
    Life.decided(town, case)
    return road.now(case)


def addresses(town: Town, case: Proposal) -> Iterator[str]:
    """Every address that belongs to the case and its meeting."""
    place = f"/cases/{case.uuid}/"
    yield from (f"{place}{part}" for part in ("", "uploads/", "facts/", "lines/", "steps/urge/", "?tab=record"))
    yield from (f"/uploads/{one.uuid}/" for one in Upload.objects.filter(proposal=case))
    yield from (f"/papers/{one.uuid}/" for one in FrozenPaper.objects.exclude(rendered_sha256=""))
    yield from (f"/packages/{one.uuid}/" for one in Package.objects.all())
    yield from (f"{town.place}{part}" for part in ("", "live/", "screen/", "ballot/", "minutes/", "votes.csv"))
    yield f"/paper-records/new/?case={case.uuid}&step=city_record"


@pytest.mark.dear(90)
def test_the_city_sees_a_case_once_it_is_filed_and_a_neighbour_sees_nothing_of_it(
    town: Town, neighbours: list[str]
) -> None:
    case = decided(town)
    for who in (RECEIVER, CITY):
        town.visitor(who).open(f"/cases/{case.uuid}/", status=404)
        assert case.title not in town.visitor(who).open("/cases/").words
    Life.filed(town, case)
    for who in (RECEIVER, CITY):
        assert case.title in town.visitor(who).open(f"/cases/{case.uuid}/").words
    assert case.title in town.visitor(CITY).open("/city/?stage=open").words
    wanted = list(addresses(town, case))
    assert len(wanted) > 15 and FrozenPaper.objects.exclude(rendered_sha256="").exists() and Package.objects.exists()
    for who in neighbours:
        visitor = town.visitor(who)
        for address in wanted:
            answer = visitor.client.get(address)
            assert answer.status_code in (403, 404), (who, address)
            assert answer.status_code == 404 or case.title not in answer.content.decode(), (who, address)
        for address in LISTS:
            answer = visitor.client.get(address)
            assert answer.status_code in (200, 403), (who, address)
            assert case.title not in answer.content.decode(), (who, address)
        for query in ("/cases/?q=海勃湾", f"/cases/?q={case.number}"):
            assert case.title not in visitor.open(query).words
    # The same addresses open to those whose case it is.
    assert case.title in town.visitor(CLERK).open("/cases/?q=海勃湾").words
    for address in wanted:
        assert town.visitor(CLERK).client.get(address).status_code in (200, 403, 404), address


def test_a_neighbour_cannot_take_a_step_either(town: Town, neighbours: list[str]) -> None:
    case = town.draft("STAFF_TRANSFER", MOVE)
    own = town.visitor(CLERK).open(f"/cases/{case.uuid}/steps/send_to_office/")
    (form,) = [one for one in own.page.forms if "key" in one.fields]
    stranger = town.visitor("wuda1")
    stranger.open("/cases/new/")
    (theirs,) = [one for one in stranger.page.forms if "kind" in one.fields]
    sent = {**dict(form.form_values()), "csrfmiddlewaretoken": theirs.fields["csrfmiddlewaretoken"]}
    assert stranger.client.post(own.at, sent).status_code == 404
    assert road.now(case).state == State.DRAFT


def test_members_see_what_was_proposed_to_them_and_no_more(town: Town) -> None:
    case = Life.argued(town, town.draft("STAFF_TRANSFER", MOVE))
    for who in ("bianwei2", "bianwei4"):
        town.visitor(who).open(f"/cases/{case.uuid}/", status=404)
    Life.proposed(town, case)
    for who in ("bianwei2", "bianwei4"):
        assert "甲中心" in town.visitor(who).open(f"/cases/{case.uuid}/").words


def test_a_unit_sees_its_own_cases_only(town: Town) -> None:
    own = town.draft(
        "STAFF_TRANSFER", MOVE, who="danwei", origin="UNIT", path="/wuhai/haibowan/zuzhibu/", title="本单位事项"
    )
    other = town.draft("STAFF_TRANSFER", MOVE)
    town.visitor("danwei").open(f"/cases/{own.uuid}/")
    town.visitor("danwei").open(f"/cases/{other.uuid}/", status=404)
    assert other.title not in town.visitor("danwei").open("/cases/").words


@pytest.mark.parametrize("who", ["xitong", "baomi", "shenji", "root", "nobody"])
def test_administrators_superusers_and_people_without_duty_see_no_case(town: Town, who: str) -> None:
    if who == "root":
        town.office.people["root"] = Person.objects.create_superuser(username="root", name="超级", post="工具账号")
    if who == "nobody":
        town.office.people["nobody"] = Person.objects.create_user(username="nobody", name="无职责", post="借调人员")
    case = town.draft("STAFF_TRANSFER", MOVE)
    for address in (f"/cases/{case.uuid}/", f"/cases/{case.uuid}/steps/send_to_office/", *LISTS[1:]):
        answer = town.visitor(who).client.get(address)
        assert answer.status_code in (403, 404), address
        assert case.title not in answer.content.decode()


def test_an_appointment_that_ends_counts_on_the_next_request(town: Town) -> None:
    case = town.draft("SANDING_REVISE", {"op": "CHARTER", "body": "演示街道"})
    page = town.visitor("bianban2").open(f"/cases/{case.uuid}/steps/send_to_office/")
    yesterday = town.office.now.date() - timedelta(days=1)
    for one in Appointment.objects.filter(person=town.office.people["bianban2"]):
        town.office.change("end_appointment", appointment=str(one.pk), until=yesterday.isoformat())
    page.press("报送编办", status=403)
    assert road.now(case).state == State.DRAFT
    town.visitor("bianban2").open(f"/cases/{case.uuid}/", status=403)
