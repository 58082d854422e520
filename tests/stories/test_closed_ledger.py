"""The office closes its ledger through a day: from then on nothing is entered before it, in any office, by anybody."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import openpyxl
import pytest
from django.db import transaction

from proposals.ledger import periods
from proposals.models import ClosedPeriod, Entry, Permit, Posting, Proposal, Register, Territory
from tests.committee.chamber import refused
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CITY, CLERK, DIRECTOR, FULL, REVIEWER, Town

FEBRUARY, MARCH, REASON = date(2026, 2, 28), date(2026, 3, 1), "2026年2月台账已核对无误"
RENAMED = {"op": "RENAME_INNER", "body": "综合股", "params": {"name": "综合业务股"}}


def close(town: Town, through: date = FEBRUARY, who: str = DIRECTOR) -> None:
    town.office.enter("close_period", who, through=through, reason=REASON)


def ready_to_issue(town: Town) -> Proposal:
    """Bring a new name, decided by the office and merely recorded by the city, to its paper."""
    case = town.draft("INTERNAL_RENAME", RENAMED)
    town.office.take(case, "send_small", CLERK)
    town.office.take(case, "decide_by_office", DIRECTOR)
    town.office.take(case, "prepare_filing", CLERK)
    return road.now(case)


def test_a_director_closes_the_ledger_and_every_page_says_so(town: Town) -> None:
    page = town.visitor(DIRECTOR).open("/ledger/closed/").follow("办理台账封存")
    page.press("台账封存", through=FEBRUARY, reason=REASON, paper="核对表")
    period = ClosedPeriod.objects.get()
    facts = json.loads(Entry.objects.get(hash=period.entry_hash).body)["facts"]
    assert (period.through, facts["digest"]) == (FEBRUARY, period.digest)
    for address in ("/register/", "/ledger/", "/caps/"):
        assert "已封存至2026年2月28日" in town.visitor(CLERK).open(address).words, address
    listed = town.visitor(REVIEWER).open("/ledger/").follow("封存记录").words
    for shown in ("2026年2月28日", "编办主任", REASON, "核对表", period.entry_hash, period.digest):
        assert shown in listed, shown
    assert "还没有封存记录" in town.visitor(CLERK).open("/ledger/closed/?as_of=2026-03-01").words
    assert "办理台账封存" not in town.visitor(CLERK).offered


def test_the_list_of_closed_periods_is_exported(town: Town) -> None:
    close(town)
    browser = town.visitor(CLERK)
    table = browser.open("/ledger/closed/?export=csv").response.content.decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(table))
    assert dict(zip(heads, row, strict=True))["结存校验值"] == ClosedPeriod.objects.get().digest
    book = openpyxl.load_workbook(io.BytesIO(browser.open("/ledger/closed/?export=xlsx").response.content))
    assert book.active.max_row == 2


def test_only_days_that_have_passed_are_closed_each_once_and_by_a_director(town: Town) -> None:
    with refused("NOT_YOURS"):
        close(town, who=CLERK)
    page = town.at_register("close_period", DIRECTOR, status=422, through="2026-03-10", reason=REASON)
    page.refuses("只能封存已经过去的日期，请改为2026-03-10以前的日期。")
    assert page.page.xpath("//input[@name='reason']/@value") == [REASON], "nothing typed is lost"
    with refused("BEFORE_OPENING", "期初日期为2026-01-01"):
        close(town, date(2025, 12, 31))
    close(town)
    with refused("CLOSED_BEFORE", "台账已封存至2026-02-28"):
        close(town)
    close(town, date(2026, 3, 9))
    assert ClosedPeriod.objects.count() == 2


def test_a_ledger_without_an_opening_balance_is_not_closed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Territory.objects.create(
        path="/wuhai/wuda/", parent=town.office.city, level="DISTRICT", name="乌达区", site_code="WD", profile=""
    )
    Register.objects.create(territory=other)
    monkeypatch.setattr(town.office, "district", other)
    town.office.people[DIRECTOR].appointments.create(duty="OFFICE_DIRECTOR", path=other.path, since="2026-01-01")
    with refused("NO_OPENING", "请先办理「期初登记」"):
        close(town)


def test_people_and_grants_of_closed_days_are_refused_with_what_to_do(town: Town) -> None:
    case = town.draft("STAFF_USE", {"op": "USE", "body": "甲中心", "unit": FULL, "requested": 2})
    town.office.take(case, "send_small", CLERK)
    town.office.take(case, "decide_by_office", DIRECTOR)
    town.office.take(case, "issue_permit", CLERK, expires_on="2026-03-12")
    permit = str(Permit.objects.get().uuid)
    town.pass_days(10)
    close(town, date(2026, 3, 15))
    body, office = str(town.named("甲中心").uuid), town.office
    people = {"body": body, "unit": FULL, "count": 1, "paper": "审批表"}
    acts = {
        "enrol": {**people, "permit": permit}, "leave": {**people, "cause": "RETIRED"},
        "enter_grant": {"unit": FULL, "count": 3, "paper": "市级下达"}, "expire_permit": {"permit": permit},
    }  # fmt: skip
    for step, facts in acts.items():
        with refused("CLOSED", "台账已封存至2026-03-15，业务日期不能是2026-03-14，请改为2026-03-16或以后的日期"):
            office.enter(step, CLERK, happened_on=date(2026, 3, 14), **facts)
    for step in ("leave", "enter_grant", "expire_permit"):
        office.enter(step, CLERK, happened_on=date(2026, 3, 16), **acts[step])
    assert {one.effective_on for one in Posting.objects.filter(kind__in=("LEAVE", "GRANT", "EXPIRE"))} == {
        date(2026, 3, 16)
    }


def test_a_decision_and_a_permit_of_closed_days_count_from_the_first_open_day(town: Town) -> None:
    case = town.draft("STAFF_USE", {"op": "USE", "body": "甲中心", "unit": FULL, "requested": 2})
    town.office.take(case, "send_small", CLERK)
    close(town)
    town.office.take(case, "decide_by_office", DIRECTOR, happened_on=date(2026, 2, 20))
    town.office.take(case, "issue_permit", CLERK, expires_on="2026-09-06", happened_on=date(2026, 2, 25))
    assert set(Posting.objects.filter(subject=case.uuid).values_list("effective_on", flat=True)) == {MARCH}
    assert Permit.objects.get().issued_on == date(2026, 2, 25)


def test_an_opening_balance_begins_after_the_last_closed_day(town: Town) -> None:
    close(town)
    body = {"code": "N1", "name": "新区中心", "category": "PSU", "rank": 20, "opened_on": "2026-03-01", "paper": "批复"}
    opening = {"paper": "核定表", "totals": {}, "bodies": [body], "quotas": [], "problems": []}
    with refused("CLOSED", "期初日期不能是2026-02-28"):
        town.office.enter("import_opening", CLERK, on="2026-02-28", **opening)
    town.office.enter("import_opening", CLERK, on="2026-03-01", **opening)


def test_a_founding_paper_names_an_open_day(town: Town) -> None:
    case, office = ready_to_issue(town), town.office
    close(town)
    said = "台账已封存至2026-02-28，生效日期不能是2026-02-20，请改为2026-03-01或以后的日期"
    page = town.step(case, "draft_paper", status=422, paper="tongzhi", effective_on="2026-02-20")
    page.refuses(said)
    road.numbered(office, case, "beian", happened_on=date(2026, 2, 20))
    with refused("CLOSED", said):
        road.numbered(office, case, "tongzhi", happened_on=date(2026, 2, 20))
    road.numbered(office, case, "tongzhi", effective_on="2026-03-01")
    office.take(case, "issue_ahead", DIRECTOR)
    assert town.named("综合业务股").version(on=MARCH).name == "综合业务股"
    assert town.named("综合业务股").version(on=FEBRUARY).name == "综合股"


def test_a_period_is_not_closed_before_the_papers_of_its_days_are_out(town: Town) -> None:
    case = ready_to_issue(town)
    road.numbered(town.office, case, "tongzhi", effective_on="2026-02-20")
    with refused("PAPER_WAITING", f"「{case.title}」的下达文件"):
        close(town)
    close(town, date(2026, 2, 19))
    town.office.take(case, "issue_ahead", DIRECTOR)
    close(town)


@pytest.mark.parametrize("step", ["issue_ahead", "issue_downward"])
def test_a_paper_whose_day_was_closed_all_the_same_is_not_issued(town: Town, step: str) -> None:
    case, office = ready_to_issue(town), town.office
    if step == "issue_downward":
        Life.filed(town, case)
        office.take(case, "city_record", CITY, number="乌编办备〔2026〕3号")
        office.take(case, "prepare_downward", CLERK)
    road.numbered(office, case, "tongzhi", effective_on="2026-02-20")
    with transaction.atomic():
        territory, entry = office.district.pk, Entry(hash="x")
        digest = periods.seal(territory_id=territory, through=FEBRUARY)
        periods.enter(territory_id=territory, through=FEBRUARY, digest=digest, entry=entry)
        town.closed_to(case, step, DIRECTOR).refuses("台账已封存至2026-02-28，生效日期不能是2026-02-20")
        transaction.set_rollback(True)
    office.take(case, step, DIRECTOR)
