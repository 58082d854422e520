"""Duties and plans, each clause broken once and kept once."""

import pytest

from proposals.vocabulary import BodyCategory, Severity
from tests.rules.district import PSU, District, found, only, said

pytestmark = pytest.mark.django_db


def moving(duty: str, *, receiver: tuple[str, ...] = ()):
    district = District()
    giver, taker = district.body("甲局", duties=["市容管理"]), district.body("乙街道", duties=list(receiver))
    line = {"op": "DUTY_MOVE", "body": giver, "counterpart": taker, "params": {"duty": duty}}
    return district.case("DUTY_ADJUST", line)


@pytest.mark.parametrize(("duty", "refused"), [("园林绿化", True), ("市容管理", False)])
def test_D486_10_a_duty_moves_from_the_body_that_has_it(duty: str, refused: bool) -> None:
    assert said(moving(duty), "D486-10") == (["甲局的职责中没有「园林绿化」，无法划转或取消。"] if refused else [])


@pytest.mark.parametrize(("receiver", "warned"), [(("市容管理",), True), ((), False)])
def test_D486_10D_no_body_is_given_a_duty_twice(receiver: tuple[str, ...], warned: bool) -> None:
    findings = found(moving("市容管理", receiver=receiver), "D486-10D")
    assert bool(findings) is warned
    assert not warned or findings[0].severity == Severity.WARN
    assert not warned or findings[0].message == "乙街道已承担「市容管理」，重复列入将造成一事多管。"


@pytest.mark.parametrize("dropped", [False, True])
def test_MERGE_14_no_duty_of_a_closing_body_is_lost(dropped: bool) -> None:
    district = District()
    body = district.body("甲中心", duties=["市容管理"])
    drop = {"op": "DUTY_DROP", "body": body, "params": {"duty": "市容管理"}}
    case = district.case("PSU_ABOLISH", *([drop] if dropped else []), {"op": "ABOLISH", "body": body})
    findings = found(case, "MERGE-14")
    assert bool(findings) is not dropped
    assert dropped or "职责「市容管理」没有写明去向" in findings[0].message


@pytest.mark.parametrize(("planned", "refused"), [(3, True), (2, False)])
def test_USE_PLAN_a_years_plan_stays_within_what_is_vacant(planned: int, refused: bool) -> None:
    district = District()
    body = district.body("甲中心", posts={PSU: (12, 10)})
    line = {"op": "USE_PLAN", "body": body, "unit": PSU, "requested": planned}
    findings = found(district.open().case("STAFF_USE_PLAN", line), "USE-PLAN")
    assert bool(findings) is refused
    assert not refused or findings[0].message == "甲中心事业编制（全额拨款）年度用编计划3名，超过空编2名。"


@pytest.mark.parametrize(("params", "refused"), [({}, True), ({"return_on": "2029-03-10"}, False)])
def test_POOL_01_posts_of_the_pool_come_back(params: dict, refused: bool) -> None:
    district = District(totals={PSU: 10})
    body = district.body("甲中心", posts={PSU: (1, 1)})
    line = {"op": "POOL_USE", "body": body, "unit": PSU, "requested": 1, "params": params}
    text = "甲中心使用周转池编制1名，没有写明归还日期。"
    assert said(district.open().case("TALENT_POOL", line), "POOL-01") == ([text] if refused else [])


@pytest.mark.parametrize(("category", "told"), [(BodyCategory.GOVERNMENT_ORGAN, True), (BodyCategory.PSU, False)])
def test_D486_09R_an_organ_of_government_is_reported_to_the_congress(category: str, told: bool) -> None:
    line = {"op": "CREATE", "params": {"name": "区数据局", "category": category}}
    case = District().case("ORG_SETUP", line)
    text = "区数据局属政府工作部门，设立、撤销、合并须报区人民代表大会常务委员会备案。"
    assert said(case, "D486-09R") == ([text] if told else [])
    assert not told or only(case, "D486-09R").severity == Severity.INFO
