"""The title of a case is read by those who may read the case, on every page, and by nobody else."""

from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.exceptions import NoReverseMatch
from django.utils import timezone

from docs_templates.models import FrozenPaper
from project.web.access import policy
from project.web.pages.register import ledger
from project.web.tables.sources import Links
from proposals.models import Appointment, Movement
from proposals.opening import territory
from tests import builders, depth
from workflows import access, security_record
from workflows.models import WorkItem

CANARIES = {"unit": "甲鸟事项", "office": "乙鸟事项", "sent": "丙鸟事项"}
UNIT, OTHER = "/wuhai/haibowan/zuzhibu/", "/wuhai/haibowan/tushuguan/"
STRANGERS = (
    "wenyuan", "wenyuan2", "bianwei4", "bianwei2", "shishouwen", "shishenhe", "xitong", "baomi", "shenji", "former",
    "wuda1", "wuda6",
)  # fmt: skip


@pytest.fixture(scope="module")
def cases(opened):
    """A unit's draft, the office's draft and a sent one, all about 甲中心, and people of every other kind."""
    office = opened.office
    with mock.patch.object(timezone, "now", lambda: office.now):
        return drawn_up(office)


def drawn_up(office):
    line = {"op": "CHARTER", "body": office.bodies["甲中心"].uuid}
    made = {
        "unit": builders.draft(
            office, "SANDING_REVISE", [line], who="danwei", title=CANARIES["unit"], origin="UNIT", path=UNIT,
            proposer="区委组织部",
        ),
        "office": builders.draft(office, "SANDING_REVISE", [line], who="bianban2", title=CANARIES["office"]),
        "sent": builders.draft(office, "SANDING_REVISE", [line], who="bianban2", title=CANARIES["sent"]),
    }  # fmt: skip
    office.take(made["sent"], "send_to_office", "bianban2")
    territory.found(
        path="/wuhai/wuda/", parent=office.city, level="DISTRICT", name="乌达区", office_name="乌达区委编办",
        committee_name="乌达区委编委", site_code="150304", profile="HAIBOWAN",
    )  # fmt: skip
    more = {
        "wenyuan": ("UNIT_DRAFTER", OTHER), "wenyuan2": ("UNIT_HEAD", OTHER), "former": ("INSPECTOR", "/wuhai/wuda/"),
        "wuda1": ("OFFICE_CLERK", "/wuhai/wuda/"), "wuda6": ("UNIT_DRAFTER", "/wuhai/wuda/zhongxin/"),
    }  # fmt: skip
    people = [
        {"username": who, "name": who, "post": who, "order": 1, "duties": [list(duty)]} for who, duty in more.items()
    ]
    office.people |= territory.seat(people=people, since=office.now.date())
    return made


def browser(office, who) -> Client:
    client = Client()
    client.force_login(office.people[who], backend="django.contrib.auth.backends.ModelBackend")
    return client


def pages(office):
    """Every place, each also as a file."""
    for address in places(office):
        yield from (address, f"{address}?export=csv")


def of(who, addresses):
    """Return the pages, and of the files those that are this stranger's to try: each is tried by three of them."""
    turn = STRANGERS.index(who)
    files = [one for one in addresses if one.endswith("export=csv")]
    tried = {one for number, one in enumerate(files) if depth.DEEP or (turn - number) % 4 == 0}
    return [one for one in addresses if one not in files or one in tried]


def places(office):
    """Every address that needs nothing but a person, and the pages of bodies."""
    for name in policy.POLICY:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if name not in ("logout", "type_size", "healthz", "readyz"):
            yield address
    for body in office.bodies.values():
        yield f"/register/bodies/{body.uuid}/"


def seen_by(office, who, *, addresses=None):
    client, found = browser(office, who), []
    for address in addresses or pages(office):
        answer = client.get(address)
        assert answer.status_code in (200, 302, 403, 404), (who, address, answer.status_code)
        words = (
            b"".join(answer).decode("utf-8", "replace")
            if answer.streaming
            else answer.content.decode("utf-8", "replace")
        )
        found += [(address, title) for title in CANARIES.values() if title in words]
    return found


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_reads_the_title_of_a_draft_on_any_page(office, cases, who):
    if who == "former":
        hand_over(office, cases)
    assert seen_by(office, who, addresses=of(who, list(pages(office)))) == []


def hand_over(office, cases):
    """Let somebody have drafted and sent a case as a clerk who is one no more."""
    yesterday = office.now.date() - timedelta(days=1)
    former = office.people["former"]
    Appointment.objects.create(
        person=former, duty="OFFICE_CLERK", path="/wuhai/haibowan/", since=yesterday, until=office.now.date()
    )
    line = {"op": "CHARTER", "body": office.bodies["甲中心"].uuid}
    own = builders.draft(office, "SANDING_REVISE", [line], who="former", title=CANARIES["office"])
    office.take(own, "send_to_office", "former")
    WorkItem.objects.filter(process=own).update(owner=former)
    Appointment.objects.filter(person=former, duty="OFFICE_CLERK").update(until=yesterday)


def test_those_who_may_read_them_find_them_where_they_were(office, cases):
    body = f"/register/bodies/{office.bodies['甲中心'].uuid}/"
    assert {title for _, title in seen_by(office, "bianban1", addresses=[body])} == set(CANARIES.values())
    assert {title for _, title in seen_by(office, "danwei", addresses=[body, "/mine/"])} == {CANARIES["unit"]}


def test_a_warning_about_another_matter_names_it_to_its_readers_only(office, cases):
    line = {"op": "CHARTER", "body": office.bodies["甲中心"].uuid}
    office.take(cases["sent"], "register_incoming", "bianban1", incoming_number="收〔2026〕9号")
    own = builders.draft(
        office,
        "SANDING_REVISE",
        [line],
        who="wenyuan",
        title="图书馆自己的事项",
        origin="UNIT",
        path=OTHER,
        proposer="图书馆",
    )
    page = f"/cases/{own.uuid}/"
    assert seen_by(office, "wenyuan", addresses=[page, f"{page}lines/", f"{page}plan/?export=csv"]) == []
    words = browser(office, "wenyuan").get(page).content.decode()
    assert "已有同类事项" in words and "收〔2026〕9号" not in words
    assert f"收〔2026〕9号 {CANARIES['sent']}" in browser(office, "bianban1").get(page).content.decode()


def test_the_ledger_names_the_cases_behind_its_movements_to_their_readers_only(office, cases):
    office.enter("enter_grant", "bianban1", unit="PSU_FULL", count=5, paper="市编发〔2026〕1号")
    movements = list(Movement.objects.select_related("posting", "source", "target"))
    for one in movements:
        one.posting.subject = cases["office"].uuid  # as a case that has reserved posts and was not filed yet
    told = {}
    for who in ("bianban1", "bianwei4", "shishenhe"):
        reader, today = office.people[who].pk, office.now.date()
        links = Links(access.standing(person_id=reader, on=today), office.district, today, reader)
        told[who] = ledger._table(movements, {}, None, None, links).rows[0][-2]
    assert (told["bianban1"].value, told["bianban1"].href != "") == (CANARIES["office"], True)
    for who in ("bianwei4", "shishenhe"):
        assert (told[who].value, told[who].href) == ("动议事项", "")


def test_who_watches_the_downloads_learns_which_file_and_not_what_it_is_about(office, cases):
    kept = cases["sent"].uploads.first()
    assert browser(office, "bianban1").get(f"/uploads/{kept.uuid}/").status_code == 200
    security_record.note(
        at=office.now, kind="DOWNLOADED", person=office.people["bianban1"], subject=f"请示-{CANARIES['sent']}.pdf"
    )
    assert not FrozenPaper.objects.filter(facts="").exists()
    words = browser(office, "shenji").get("/security/?kind=DOWNLOADED").content.decode()
    assert str(kept.uuid) in words and CANARIES["sent"] not in words


def test_a_scan_that_belongs_to_the_district_is_not_for_units(office, cases):
    kept = cases["sent"].uploads.first()
    type(kept).objects.filter(pk=kept.pk).update(proposal=None)
    found = {
        who: browser(office, who).get(f"/uploads/{kept.uuid}/").status_code for who in ("danwei", "shenji", "bianban1")
    }
    assert found == {"danwei": 404, "shenji": 403, "bianban1": 200}
