"""Names that read alike are one name, for bodies that stand, within one case, among cases, and for plates."""

from __future__ import annotations

import pytest
from django.db import connection

from proposals.models import BodyVersion
from proposals.vocabulary import BodyCategory, Rank, Severity
from tests import builders
from tests.rules.district import District, found
from tests.stories.town import Town
from workflows.audit.reading import chains

NEW = {"op": "CREATE", "rank": 20}
INNER = {"category": BodyCategory.INNER, "rank": Rank.SUB_SECTION}


def created(name: str) -> dict:
    return {"op": "CREATE", "rank": 20, "body_name": name, "params": {"name": name, "category": "PSU"}}


@pytest.mark.parametrize("name", ["甲中心\u200b", "甲 中心", "甲中心\ufeff", "图书馆(少儿部)"])
def test_a_name_that_reads_the_same_is_taken(town: Town, name: str) -> None:
    builders.add_body(town.office, "图书馆（少儿部）")
    case = town.draft("PSU_SETUP", created(name))
    with pytest.raises(AssertionError, match=r"已由现有机构使用|不能印刷"):
        town.step(case, "send_to_office")


def test_one_case_does_not_found_two_bodies_of_one_name(town: Town) -> None:
    case = town.draft("PSU_SETUP", created("丙中心"), created("丙　中心"))
    with pytest.raises(AssertionError, match="与第1项调整事项拟用的名称相同"):
        town.step(case, "send_to_office")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ({"op": "RENAME", "params": {"name": "乙 中心（新）"}}, True),
        ({"op": "CORRECT", "params": {"fields": {"name": "乙中心(新)"}}}, True),
        ({"op": "CORRECT", "params": {"fields": {"name": "甲　中心"}}}, False),
        ({"op": "RENAME", "params": {"name": "乙中心"}}, False),
    ],
)
def test_NAME_01_counts_every_way_to_a_name(line: dict, refused: bool) -> None:
    district = District()
    body = district.body("甲中心")
    district.body("乙中心（新）")
    assert bool(found(district.case("ORG_RENAME", {**line, "body": body}), "NAME-01")) is refused


@pytest.mark.django_db
def test_NAME_02_sees_two_inner_bodies_of_one_case_also_below_a_new_body() -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN)
    other = district.body("乙局", category=BodyCategory.GOVERNMENT_ORGAN)
    room = {"op": "CREATE_INNER", "rank": Rank.SUB_SECTION}
    twice = [{**room, "body": body, "params": {"name": name}} for name in ("综合股", "综合股 ")]
    (told,) = found(district.case("INTERNAL_SETUP", *twice), "NAME-02")
    assert told.message == "甲局由第1项调整事项已设内设机构「综合股 」。"
    apart = [{**room, "body": owner, "params": {"name": "综合股"}} for owner in (body, other)]
    assert found(district.case("INTERNAL_SETUP", *apart), "NAME-02") == []


@pytest.mark.django_db
def test_NAME_02_looks_into_the_superior_of_a_renamed_inner_body() -> None:
    district = District()
    one, other = (district.body(name, category=BodyCategory.GOVERNMENT_ORGAN) for name in ("甲局", "乙局"))
    district.body("综合股", parent=one, **INNER)
    renamed, elsewhere = (district.body("秘书股", parent=parent, **INNER) for parent in (one, other))
    line = {"op": "RENAME_INNER", "params": {"name": "综合\u3000股"}}
    assert found(district.case("INTERNAL_RENAME", {**line, "body": renamed}), "NAME-02")
    assert not found(district.case("INTERNAL_RENAME", {**line, "body": elsewhere}), "NAME-02")


@pytest.mark.django_db
def test_NAME_03_warns_of_a_name_that_another_case_under_way_would_give() -> None:
    district = District()
    first = district.case("PSU_SETUP", created("丙中心"), title="第一件")
    second = district.case("PSU_SETUP", created("丙 中心"), title="第二件")
    assert found(second, "NAME-03") == []
    type(first).objects.filter(pk=first.pk).update(state="ARGUING", head_seq=1)
    (told,) = found(second, "NAME-03")
    assert (told.severity, told.matters) == (Severity.WARN, (first.uuid,)) and "第一件" not in told.message
    for over in ("REJECTED", "CLOSED", "ARCHIVED"):  # refused, closed and put away: it asks for no name any more
        type(first).objects.filter(pk=first.pk).update(state=over)
        assert found(second, "NAME-03") == []


@pytest.mark.django_db
@pytest.mark.parametrize("plate", ["便民服务中心 ", "便民\u200b服务中心"])
def test_PLATE_01_a_plate_hangs_once_however_it_is_written(plate: str) -> None:
    district = District()
    body, bare = district.body("甲中心", plates=["便民服务中心"]), district.body("乙中心")
    line = {"op": "ADD_PLATE", "params": {"plate": plate}}
    assert found(district.case("ORG_PLATE", {**line, "body": body}), "PLATE-01")
    assert not found(district.case("ORG_PLATE", {**line, "body": bare}), "PLATE-01")
    twice = [{**line, "body": bare}, {**line, "body": bare, "params": {"plate": "便民服务中心"}}]
    assert len(found(district.case("ORG_PLATE", *twice), "PLATE-01")) == 1


def test_the_audit_names_bodies_whose_names_read_alike_and_keys_that_were_changed(town: Town) -> None:
    assert list(chains.names()) == []
    builders.add_body(town.office, "甲 中心")
    assert [one for one in chains.names() if "名称读来相同" in one and "「甲 中心」" in one and "Z01「甲中心」" in one]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_bodyversion SET name_key = 'x' WHERE name = '乙中心'")
    assert any("Z02「乙中心」的名称检索值与名称不符" in one for one in chains.names())


def test_two_rooms_of_one_name_in_two_units_are_no_fault(town: Town) -> None:
    row = {
        "code": "Z02-1", "name": "综合股", "category": "INNER", "rank": 10, "opened_on": "2026-01-01", "paper": "批复",
        "parent": "Z02",
    }  # fmt: skip
    facts = {"on": "2026-01-02", "paper": "批复", "totals": {}, "quotas": [], "problems": [], "bodies": [row]}
    town.office.enter("import_opening", "bianban1", **facts)
    assert BodyVersion.objects.filter(name="综合股").count() == 2
    assert list(chains.names()) == []
