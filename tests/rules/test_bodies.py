"""Names, ranks, plates, coordination bodies, terms and abolition, each clause broken once and kept once."""

from datetime import date

import pytest

from proposals.models import BodyVersion, Setting
from proposals.vocabulary import BodyCategory, Rank, Severity
from tests.rules.district import NOON, OPENED, PSU, District, found, only

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "refused"), [("乙中心", True), ("丙中心", False)])
def test_NAME_01_a_name_in_use_is_not_given_again(name: str, refused: bool) -> None:
    district = District()
    body = district.body("甲中心")
    district.body("乙中心")
    case = district.case("ORG_RENAME", {"op": "RENAME", "body": body, "params": {"name": name}})
    assert bool(found(case, "NAME-01")) is refused


def test_NAME_01_one_case_gives_a_name_once() -> None:
    new = {"op": "CREATE", "rank": Rank.SECTION, "params": {"name": "丙中心", "category": "PSU"}}
    other = {**new, "params": {**new["params"], "name": "丁中心"}}
    assert found(District().case("PSU_SETUP", new, other), "NAME-01") == []
    again = {**new, "params": {**new["params"], "name": "丙 中心"}}
    finding = only(District("FUSHAN").case("PSU_SETUP", other, new, again), "NAME-01")
    assert finding.message == f"名称「{again['params']['name']}」与第2项调整事项拟用的名称相同。"


@pytest.mark.parametrize(("owner", "refused"), [("甲局", True), ("乙局", False)])
def test_NAME_02_inner_names_are_unique_within_their_body_only(owner: str, refused: bool) -> None:
    district = District()
    bodies = {name: district.body(name, category=BodyCategory.GOVERNMENT_ORGAN) for name in ("甲局", "乙局")}
    district.body("综合股", category=BodyCategory.INNER, rank=Rank.SUB_SECTION, parent=bodies["甲局"])
    line = {"op": "CREATE_INNER", "body": bodies[owner], "rank": Rank.SUB_SECTION, "params": {"name": "综合股"}}
    assert bool(found(district.case("INTERNAL_SETUP", line), "NAME-02")) is refused


@pytest.mark.parametrize(("rank", "refused"), [(Rank.SECTION, True), (Rank.SUB_SECTION, False)])
def test_RANK_06_an_inner_body_ranks_below_its_body(rank: int, refused: bool) -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN)
    line = {"op": "CREATE_INNER", "body": body, "rank": rank, "params": {"name": "综合股"}}
    assert bool(found(district.case("INTERNAL_SETUP", line), "RANK-06")) is refused


@pytest.mark.parametrize(("line", "refused"), [({"unit": PSU, "requested": 5}, True), ({}, False)])
def test_D486_PL_a_plate_brings_no_posts(line: dict, refused: bool) -> None:
    district = District()
    body = district.body("甲中心", posts={PSU: (1, 0)})
    plate = {"op": "ADD_PLATE", "body": body, "params": {"plate": "便民服务中心"}, **line}
    assert bool(found(district.open().case("ORG_PLATE", plate), "D486-PL")) is refused


@pytest.mark.parametrize(("plate", "refused"), [("便民服务中心", True), ("综治中心", False)])
def test_PLATE_01_a_plate_hangs_once(plate: str, refused: bool) -> None:
    district = District()
    body = district.body("甲中心", plates=["便民服务中心"])
    case = district.case("ORG_PLATE", {"op": "ADD_PLATE", "body": body, "params": {"plate": plate}})
    assert bool(found(case, "PLATE-01")) is refused


@pytest.mark.parametrize(("most", "warned"), [(1, True), (2, False), (0, False)])
def test_PLATE_02_plates_stay_within_the_number_of_the_rulebook(most: int, warned: bool) -> None:
    district = District()
    body = district.body("甲中心", plates=["便民服务中心"])
    Setting.objects.create(
        territory=district.territory, topic="SWITCH", key="plates_at_most", value=most, since=OPENED, citation="示例"
    )
    case = district.case("ORG_PLATE", {"op": "ADD_PLATE", "body": body, "params": {"plate": "综治中心"}})
    assert bool(found(case, "PLATE-02")) is warned


@pytest.mark.parametrize(("category", "refused"), [(BodyCategory.COORDINATION, True), (BodyCategory.PSU, False)])
def test_D486_12_a_coordination_body_has_no_posts(category: str, refused: bool) -> None:
    district = District()
    body = district.body("创城领导小组", category=category, posts={PSU: (0, 0)})
    line = {"op": "QUOTA_ADD", "body": body, "unit": PSU, "requested": 2, "params": {"source": "CITY"}}
    assert bool(found(district.case("STAFF_INCREASE", line), "D486-12")) is refused


ENDS = {"ends_on": "2027-12-31", "end_condition": "创建任务完成"}


@pytest.mark.parametrize(("params", "refused"), [({}, True), (ENDS, False)])
def test_D486_11_a_coordination_body_says_when_it_ends(params: dict, refused: bool) -> None:
    line = {"op": "COORD_CREATE", "params": {"name": "创城领导小组", **params}}
    assert bool(found(District().case("COORD_BODY_SETUP", line), "D486-11")) is refused


@pytest.mark.parametrize(("year", "warned"), [(2024, True), (2020, False)])
def test_D486_08_a_second_change_within_one_term_is_warned(year: int, warned: bool) -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN)
    changed = date(year, 5, 1)
    body.versions.update(valid_to=changed)
    BodyVersion.objects.create(
        body=body, name="甲乙局", category=BodyCategory.GOVERNMENT_ORGAN, rank=Rank.SECTION, valid_from=changed,
        change="CHANGE", paper="市编发〔2024〕5号", recorded_at=NOON,
    )  # fmt: skip
    case = district.case("ORG_RENAME", {"op": "RENAME", "body": body, "params": {"name": "乙局"}})
    findings = found(case, "D486-08")
    assert bool(findings) is warned
    assert not warned or (findings[0].severity == Severity.WARN and "2024-05-01" in findings[0].message)


def test_D486_08_a_change_that_was_corrected_is_none() -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN)
    kept = {"body": body, "category": BodyCategory.GOVERNMENT_ORGAN, "rank": Rank.SECTION, "recorded_at": NOON}
    body.versions.update(valid_to=date(2024, 5, 1))
    changed = BodyVersion.objects.create(
        name="甲乙局", valid_from=date(2024, 5, 1), change="RENAME", paper="五号", **kept
    )
    case = district.case("ORG_RENAME", {"op": "RENAME", "body": body, "params": {"name": "乙局"}})
    assert found(case, "D486-08")
    changed.valid_to = date(2024, 6, 1)
    changed.save()
    BodyVersion.objects.create(name="甲局", valid_from=date(2024, 6, 1), change="REVERSAL", paper="更正", **kept)
    assert found(case, "D486-08") == []


@pytest.mark.parametrize("placed", [False, True])
def test_MERGE_12_a_body_closes_only_when_its_people_are_placed(placed: bool) -> None:
    district = District()
    closing = district.body("甲中心", posts={PSU: (6, 5)})
    receiver = district.body("乙中心", posts={PSU: (6, 5)})
    line = {"op": "ABOLISH", "body": closing, **({"counterpart": receiver} if placed else {})}
    case = district.open().case("PSU_ABOLISH", line)
    assert bool(found(case, "MERGE-12")) is not placed
    assert placed or "尚有在编人员5名未安置" in only(case, "MERGE-12").message


@pytest.mark.parametrize("placed", [False, True])
def test_MERGE_13_as_many_people_are_placed_as_were_there(placed: bool) -> None:
    district = District()
    closing = district.body("甲中心", posts={PSU: (6, 5)})
    receiver = district.body("乙中心", posts={PSU: (6, 5)})
    lines = [{"op": "ABOLISH", "body": closing}]
    if placed:
        move = {"op": "QUOTA_TRANSFER", "body": closing, "counterpart": receiver, "unit": PSU, "requested": 5}
        lines.insert(0, {**move, "params": {"people": 5}})
    findings = found(district.open().case("PSU_ABOLISH", *lines), "MERGE-13")
    assert bool(findings) is not placed
    assert placed or "实有5人，安置0人，尚差5人" in findings[0].message
