"""Types of posts, transfers, levels and totals, each clause broken once and kept once."""

import pytest

from proposals.models import Cap
from proposals.vocabulary import BodyCategory, Severity
from tests.rules.district import ADMIN, OPENED, PSU, District, found, only, said

pytestmark = pytest.mark.django_db


def given(line: dict, *, totals: dict | None = None, kind: str = "STAFF_TRANSFER"):
    district = District(totals=totals)
    organ = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN, posts={ADMIN: (10, 5), PSU: (2, 0)})
    centre = district.body("乙中心", posts={PSU: (20, 10)})
    names = {"甲局": organ, "乙中心": centre}
    bodies = {key: names[line[key]] for key in ("body", "counterpart") if key in line}
    return district.open().case(kind, {**line, **bodies})


def test_D486_15_an_institution_uses_no_administrative_posts() -> None:
    case = given({"op": "QUOTA_TRANSFER", "body": "甲局", "counterpart": "乙中心", "unit": ADMIN, "requested": 2})
    assert only(case, "D486-15").message == "乙中心（事业单位）不得使用行政编制。"


def test_D486_15_an_organ_uses_no_posts_of_institutions() -> None:
    case = given({"op": "QUOTA_TRANSFER", "body": "乙中心", "counterpart": "甲局", "unit": PSU, "requested": 2})
    finding = only(case, "D486-15")
    assert (finding.blocks, finding.message) == (True, "甲局（政府工作部门）不得使用事业编制（全额拨款）。")


def test_D486_15_posts_that_stay_with_their_sort_are_fine() -> None:
    case = given({"op": "QUOTA_CUT", "body": "甲局", "unit": ADMIN, "requested": 2}, kind="STAFF_DECREASE")
    assert found(case, "D486-15") == []


def test_D486_18C_a_transfer_without_a_receiver_is_refused() -> None:
    case = given({"op": "QUOTA_CUT", "body": "乙中心", "unit": PSU, "requested": 2})
    case.lines.update(op="QUOTA_TRANSFER", counterpart=None)
    assert "没有写明不同的调入单位" in only(case, "D486-18C", step="accept").message


def test_D486_18C_a_transfer_between_two_bodies_conserves_the_total() -> None:
    case = given({"op": "QUOTA_TRANSFER", "body": "乙中心", "counterpart": "甲局", "unit": PSU, "requested": 2})
    assert found(case, "D486-18C") == []


@pytest.mark.parametrize(("unit", "body", "refused"), [(ADMIN, "甲局", True), (PSU, "乙中心", False)])
def test_D486_18X_administrative_posts_cross_levels_only_with_the_centre(unit: str, body: str, refused: bool) -> None:
    case = given({"op": "LEVEL_UP", "body": body, "unit": unit, "requested": 2}, kind="LEVEL_TRANSFER")
    assert said(case, "D486-18X") == (["跨层级调整行政编制2名，超出本级和市级权限。"] if refused else [])


@pytest.mark.parametrize(("source", "warned"), [("CITY", True), ("POOL", False)])
def test_FS_07_a_growing_total_is_warned(source: str, warned: bool) -> None:
    line = {"op": "QUOTA_ADD", "body": "乙中心", "unit": PSU, "requested": 3, "params": {"source": source}}
    findings = found(given(line, totals={PSU: 30}, kind="STAFF_INCREASE"), "FS-07")
    assert bool(findings) is warned
    assert not warned or (findings[0].severity == Severity.WARN and "30名增至33名" in findings[0].message)


@pytest.mark.parametrize(("cap", "warned"), [(32, True), (33, False)])
def test_CAP_01_a_grant_beyond_the_cap_on_paper_is_warned(cap: int, warned: bool) -> None:
    line = {"op": "QUOTA_ADD", "body": "乙中心", "unit": PSU, "requested": 3, "params": {"source": "CITY"}}
    case = given(line, totals={PSU: 30}, kind="STAFF_INCREASE")
    Cap.objects.create(
        territory=case.territory, subject=PSU, value=cap, since=OPENED, citation="市级核定", paper="市编发1号"
    )
    findings = found(case, "CAP-01")
    assert bool(findings) is warned
    assert (
        not warned or findings[0].message == "调整后事业编制（全额拨款）为33，超过上级核定的限额32（依据：市编发1号）。"
    )
