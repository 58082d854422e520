"""USE-YEAR, USE-CARRY, USE-HOW, POOL-02, POOL-03: posts are used within the year's plan and lent for a named use."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from proposals.effect import reservations
from proposals.models import Entry, UsePlan
from proposals.vocabulary import QuotaType
from tests.rules.district import DAY, NOON, PSU, District, found, only, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    district = District(totals={QuotaType.PSU_FULL: 60})
    district.centre = district.body("甲中心", posts={PSU: (20, 12)})
    district.other = district.body("乙中心", posts={PSU: (10, 6)})
    return district.open()


def planned(district: District, n: int, *, year: int = DAY.year, body: str = "centre", carried: int = 0) -> UsePlan:
    return UsePlan.objects.create(
        territory=district.territory, year=year, body=getattr(district, body), unit=PSU, n=n, carried=carried,
        since=date(year, 1, 5), paper="海编发〔2026〕2号",
    )  # fmt: skip


def use(district: District, n: int, body: str = "centre", **params: str):
    line = {"op": "USE", "body": getattr(district, body), "unit": PSU, "requested": n, "params": params}
    return district.case("STAFF_USE", line)


def permitted(district: District, n: int) -> None:
    case = use(district, n)
    entry = Entry(subject_id=case.uuid, hash=uuid.uuid4().hex * 2, at=NOON, happened_on=DAY)
    reservations.hold(case=case, entry=entry)
    reservations.approve_use(case=case, entry=entry, expires_on=date(2026, 12, 1), number=f"用{n}")


def test_USE_YEAR_without_any_plan_of_the_year_nothing_is_found(district: District) -> None:
    planned(district, 1, year=DAY.year - 1)
    assert found(use(district, 3), "USE-YEAR") == []


@pytest.mark.parametrize(("asked", "over"), [(2, False), (3, True)])
def test_USE_YEAR_what_permits_used_counts_and_what_is_left_is_told(district: District, asked: int, over: bool) -> None:
    planned(district, 4)
    permitted(district, 2)
    findings = found(use(district, asked), "USE-YEAR", step="decide_by_office")
    assert bool(findings) is over
    if over:
        assert "计划事业编制（全额拨款）4名，已用2名、在办0名，剩余2名，本事项用编3名，超出1名" in findings[0].message
        assert findings[0].blocks, "this profile lets the plan bind"


def test_USE_YEAR_a_body_beside_the_plan_has_nothing_left(district: District) -> None:
    planned(district, 4)
    finding = only(use(district, 1, "other"), "USE-YEAR")
    assert "乙中心2026年度用编计划事业编制（全额拨款）0名" in finding.message and "剩余0名" in finding.message


def test_USE_YEAR_only_warns_while_it_is_asked_for(district: District) -> None:
    planned(district, 1)
    text = "甲中心2026年度用编计划事业编制（全额拨款）1名，已用0名、在办0名，剩余1名，本事项用编2名，超出1名。"
    finding = only(use(district, 2), "USE-YEAR", step="send_small")
    assert (finding.blocks, finding.message) == (False, text)
    assert found(use(district, 1), "USE-YEAR", step="send_small") == []
    district.set("SEVERITY", "USE-YEAR", "WARN")
    assert not only(use(district, 2), "USE-YEAR", step="decide_by_office").blocks


@pytest.mark.parametrize(("carried", "refused"), [(2, False), (3, True)])
def test_USE_CARRY_no_more_is_carried_over_than_was_left(district: District, carried: int, refused: bool) -> None:
    planned(district, 2, year=DAY.year - 1)
    params = {"year": DAY.year, "carried": carried}
    line = {"op": "USE_PLAN", "body": district.centre, "unit": PSU, "requested": 5, "params": params}
    text = "甲中心事业编制（全额拨款）结转3名，2025年度用编计划剩余2名，超出1名。"
    assert said(district.case("STAFF_USE_PLAN", line), "USE-CARRY") == ([text] if refused else [])


def test_USE_HOW_a_request_says_how_posts_are_filled(district: District) -> None:
    finding = only(use(district, 1), "USE-HOW", step="send_small")
    assert (finding.blocks, finding.message) == (False, "甲中心使用编制1名，没有填写用编方式。")
    assert found(use(district, 1, use_way="RECRUIT"), "USE-HOW") == []


def test_POOL_02_a_loan_names_what_it_is_for(district: District) -> None:
    line = {"op": "POOL_USE", "body": district.centre, "unit": PSU, "params": {"return_on": "2027-01-01"}}
    finding = only(district.case("TALENT_POOL", line), "POOL-02")
    assert (finding.blocks, finding.message) == (True, "甲中心使用周转池编制1名，没有写明用途。")


def test_POOL_03_a_loan_stays_within_the_pool(district: District) -> None:
    line = {"op": "POOL_USE", "body": district.centre, "unit": PSU, "params": {"return_on": "2027-01-01"}}
    case = district.case("TALENT_POOL", line)
    assert "可用0名，本事项需要1名" in only(case, "POOL-03").message
    grow = {"op": "POOL_GROW", "unit": PSU, "requested": 2}
    line["params"] = {"return_on": "2027-01-01", "purpose": "引进博士"}
    case = district.case("TALENT_POOL", grow, line)
    assert found(case, "POOL-02") == found(case, "POOL-03") == []
