"""Names, ranks, plates, coordination bodies, terms and abolition, each clause broken once and kept once."""

from datetime import date

import pytest

from proposals.models import BodyVersion, Setting
from proposals.vocabulary import BodyCategory, Rank, Severity
from tests.rules.district import NOON, OPENED, PSU, District, found, only, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "refused"), [("乙中心", True), ("丙中心", False)])
def test_NAME_01_a_name_in_use_is_not_given_again(name: str, refused: bool) -> None:
    district = District()
    body = district.body("甲中心")
    district.body("乙中心")
    case = district.case("ORG_RENAME", {"op": "RENAME", "body": body, "params": {"name": name}})
    assert said(case, "NAME-01") == (["名称「乙中心」已由现有机构使用。"] if refused else [])


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
    assert said(district.case("INTERNAL_SETUP", line), "NAME-02") == (
        ["甲局已有内设机构「综合股」。"] if refused else []
    )


@pytest.mark.parametrize(("rank", "refused"), [(Rank.SECTION, True), (Rank.SUB_SECTION, False)])
def test_RANK_06_an_inner_body_ranks_below_its_body(rank: int, refused: bool) -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN)
    line = {"op": "CREATE_INNER", "body": body, "rank": rank, "params": {"name": "综合股"}}
    text = "内设机构「综合股」拟定规格正科级不低于所在机构甲局的规格正科级。"
    assert said(district.case("INTERNAL_SETUP", line), "RANK-06") == ([text] if refused else [])


@pytest.mark.parametrize(("line", "refused"), [({"unit": PSU, "requested": 5}, True), ({}, False)])
def test_D486_PL_a_plate_brings_no_posts(line: dict, refused: bool) -> None:
    district = District()
    body = district.body("甲中心", posts={PSU: (1, 0)})
    plate = {"op": "ADD_PLATE", "body": body, "params": {"plate": "便民服务中心"}, **line}
    text = "加挂「便民服务中心」牌子填写了编制或职数5名。"
    assert said(district.open().case("ORG_PLATE", plate), "D486-PL") == ([text] if refused else [])


@pytest.mark.parametrize(("plate", "refused"), [("便民服务中心", True), ("综治中心", False)])
def test_PLATE_01_a_plate_hangs_once(plate: str, refused: bool) -> None:
    district = District()
    body = district.body("甲中心", plates=["便民服务中心"])
    case = district.case("ORG_PLATE", {"op": "ADD_PLATE", "body": body, "params": {"plate": plate}})
    assert said(case, "PLATE-01") == (["甲中心已挂「便民服务中心」牌子。"] if refused else [])


@pytest.mark.parametrize(("most", "warned"), [(1, True), (2, False), (0, False)])
def test_PLATE_02_plates_stay_within_the_number_of_the_rulebook(most: int, warned: bool) -> None:
    district = District()
    body = district.body("甲中心", plates=["便民服务中心"])
    Setting.objects.create(
        territory=district.territory, topic="SWITCH", key="plates_at_most", value=most, since=OPENED, citation="示例"
    )
    case = district.case("ORG_PLATE", {"op": "ADD_PLATE", "body": body, "params": {"plate": "综治中心"}})
    assert said(case, "PLATE-02") == (["甲中心加挂后共有牌子2块，超过1块。"] if warned else [])


@pytest.mark.parametrize(("category", "refused"), [(BodyCategory.COORDINATION, True), (BodyCategory.PSU, False)])
def test_D486_12_a_coordination_body_has_no_posts(category: str, refused: bool) -> None:
    district = District()
    body = district.body("创城领导小组", category=category, posts={PSU: (0, 0)})
    line = {"op": "QUOTA_ADD", "body": body, "unit": PSU, "requested": 2, "params": {"source": "CITY"}}
    text = "议事协调机构「创城领导小组」不单独核定事业编制（全额拨款）（2名）。"
    assert said(district.case("STAFF_INCREASE", line), "D486-12") == ([text] if refused else [])


ENDS = {"ends_on": "2027-12-31", "end_condition": "创建任务完成"}


@pytest.mark.parametrize(("params", "refused"), [({}, True), (ENDS, False)])
def test_D486_11_a_coordination_body_says_when_it_ends(params: dict, refused: bool) -> None:
    line = {"op": "COORD_CREATE", "params": {"name": "创城领导小组", **params}}
    text = "议事协调机构「创城领导小组」没有写明撤销条件和期限。"
    assert said(District().case("COORD_BODY_SETUP", line), "D486-11") == ([text] if refused else [])


@pytest.mark.parametrize(
    ("changed", "warned"), [(date(2024, 5, 1), True), (date(2022, 1, 1), True), (date(2021, 12, 31), False)]
)
def test_D486_08_a_second_change_within_one_term_is_warned(changed: date, warned: bool) -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN)
    body.versions.update(valid_to=changed)
    BodyVersion.objects.create(
        body=body, name="甲乙局", category=BodyCategory.GOVERNMENT_ORGAN, rank=Rank.SECTION, valid_from=changed,
        change="CHANGE", paper="市编发〔2024〕5号", recorded_at=NOON,
    )  # fmt: skip
    case = district.case("ORG_RENAME", {"op": "RENAME", "body": body, "params": {"name": "乙局"}})
    findings = found(case, "D486-08")
    assert bool(findings) is warned
    if warned:
        assert findings[0].severity == Severity.WARN
        text = f"甲乙局本届政府任期内（2022-01-01以来）已于{changed}调整过一次（市编发〔2024〕5号）。"
        assert [one.message for one in findings] == [text]


def test_D486_08_a_change_that_was_corrected_is_none() -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN)
    kept = {"body": body, "category": BodyCategory.GOVERNMENT_ORGAN, "rank": Rank.SECTION, "recorded_at": NOON}
    body.versions.update(valid_to=date(2024, 5, 1))
    changed = BodyVersion.objects.create(
        name="甲乙局", valid_from=date(2024, 5, 1), change="RENAME", paper="五号", **kept
    )
    case = district.case("ORG_RENAME", {"op": "RENAME", "body": body, "params": {"name": "乙局"}})
    assert said(case, "D486-08") == ["甲乙局本届政府任期内（2022-01-01以来）已于2024-05-01调整过一次（五号）。"]
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
