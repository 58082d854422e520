"""Set patterns of towns and streets, each clause broken once and kept once."""

import pytest

from proposals.vocabulary import BodyCategory, Rank, Severity
from tests.rules.district import DEPUTY, PSU, District, found, said

pytestmark = pytest.mark.django_db

INNER = {"category": BodyCategory.INNER, "rank": Rank.SUB_SECTION}


def street(district: District, *, inner: int, centres: int, tags: tuple[str, ...] = (), plates: int = 0):
    place = district.body("清洋街道", category=BodyCategory.STREET, tags=list(tags))
    for n in range(inner):
        district.body(f"第{n}办公室", parent=place, **INNER)
    for n in range(centres):
        name = "党群服务中心" if n == 0 else f"第{n}中心"
        district.body(name, parent=place, plates=[f"牌{i}" for i in range(plates)])
    return place


def one_more(place, category: str = "PSU"):
    return {"op": "CREATE", "counterpart": place, "params": {"name": "应急服务中心", "category": category}}


@pytest.mark.parametrize(("tags", "refused"), [((), True), (("一类镇街",), False)])
def test_S7_fushans_x_is_only_for_towns_and_streets_of_the_first_class(tags: tuple[str, ...], refused: bool) -> None:
    district = District("FUSHAN")
    place = street(district, inner=4, centres=7, tags=tags)
    findings = found(district.case("STREET_ADJUST", one_more(place)), "S7")
    assert bool(findings) is refused
    assert not refused or findings[0].message == "清洋街道按“4+7+X”模式事业单位最多7个，本事项后为8个。"


def test_S7_x_is_one_body_and_not_one_of_each_sort() -> None:
    district = District("FUSHAN")
    place = street(district, inner=4, centres=7, tags=("一类镇街",))
    inner = {"op": "CREATE_INNER", "body": place, "rank": Rank.SUB_SECTION, "params": {"name": "第五办公室"}}
    text = "清洋街道按“4+7+X”模式事业单位最多7个，本事项后为8个。"
    assert said(district.case("STREET_ADJUST", one_more(place), inner), "S7") == [text]
    assert said(district.case("STREET_ADJUST", one_more(place)), "S7") == []
    assert said(district.case("STREET_ADJUST", inner), "S7") == []


@pytest.mark.parametrize(
    ("there", "tags", "most"), [(4, (), None), (5, (), 5), (5, ("大街道",), None), (6, ("大街道",), 6)]
)
def test_S7_longquanyis_large_streets_have_one_more_office(there: int, tags: tuple[str, ...], most: int | None) -> None:
    district = District("LONGQUANYI")
    place = street(district, inner=there, centres=2, tags=tags)
    inner = {"op": "CREATE_INNER", "body": place, "rank": Rank.SUB_SECTION, "params": {"name": "第五办公室"}}
    text = f"清洋街道按“5+X”模式内设机构最多{most}个，本事项后为{there + 1}个。"
    assert said(district.case("STREET_ADJUST", inner), "S7") == ([text] if most else [])


@pytest.mark.parametrize(("inner", "warned"), [(4, True), (5, False)])
def test_S7_F_the_set_offices_of_a_street_are_all_there(inner: int, warned: bool) -> None:
    district = District()
    place = street(district, inner=inner, centres=0)
    findings = found(district.case("STREET_ADJUST", one_more(place)), "S7-F")
    assert bool(findings) is warned
    assert not warned or "应设内设机构5个，本事项后为4个" in findings[0].message


@pytest.mark.parametrize(("plates", "warned"), [(1, True), (2, False)])
def test_S7_P_the_centre_of_a_street_has_three_plates(plates: int, warned: bool) -> None:
    district = District()
    place = street(district, inner=5, centres=1, plates=plates)
    centre = place.subordinate_versions.get(name="党群服务中心").body
    case = district.case("STREET_ADJUST", {"op": "ADD_PLATE", "body": centre, "params": {"plate": "便民服务中心"}})
    assert said(case, "S7-P") == (["清洋街道党群服务中心按“街道5+1”模式挂3块牌子，本事项后为2块。"] if warned else [])


@pytest.mark.parametrize(("asked", "warned"), [(2, True), (1, False)])
def test_S6_a_street_has_six_deputies(asked: int, warned: bool) -> None:
    district = District()
    place = district.body("清洋街道", category=BodyCategory.STREET, posts={DEPUTY: (5, 5)})
    line = {"op": "LEADER_ADD", "body": place, "unit": DEPUTY, "requested": asked, "params": {"source": "CITY"}}
    findings = found(district.open().case("LEADER_POSTS", line), "S6")
    assert bool(findings) is warned
    assert not warned or "调整后为7名，模式规定6名" in findings[0].message


@pytest.mark.parametrize(("asked", "warned"), [(2, True), (1, False)])
def test_LP_SCH_leader_posts_go_by_the_size_of_the_body(asked: int, warned: bool) -> None:
    district = District()
    body = district.body("甲中心", posts={PSU: (10, 8), DEPUTY: (1, 1)})
    add = {"op": "LEADER_ADD", "body": body, "unit": DEPUTY, "requested": asked, "params": {"source": "CITY"}}
    district.set("LEADER_SCHEDULE", "PSU", {"steps": [[10, 1, 2], [50, 2, 3]]})
    findings = found(district.open().case("LEADER_POSTS", add), "LP-SCH")
    assert bool(findings) is warned
    assert not warned or findings[0].severity == Severity.WARN
    assert not warned or findings[0].message == "甲中心编制10名，领导职数标准为1至2名，本事项后为3名。"


def test_the_schedule_is_off_by_default() -> None:
    district = District()
    body = district.body("甲中心", posts={PSU: (1, 1), DEPUTY: (1, 1)})
    line = {"op": "LEADER_ADD", "body": body, "unit": DEPUTY, "requested": 9, "params": {"source": "CITY"}}
    assert found(district.open().case("LEADER_POSTS", line), "LP-SCH") == []
