"""Bodies are told apart by code and place: a name that several bear is asked back, and no paper leaves it open."""

from __future__ import annotations

import pytest

from docs_templates.sources.lines import adjustments
from project.web.case import choices
from proposals.case.values import placed_lines
from proposals.models import Body, Proposal
from proposals.organisation import body_words
from proposals.organisation.body_words import Bodies, Made
from tests import builders
from tests.stories.town import CLERK, Town

ROOMS = "甲中心 · 综合股（Z01-1）", "乙中心 · 综合股（Z02-1）"
INNER = {
    "code": "Z02-1", "name": "综合股", "category": "INNER", "rank": 10, "opened_on": "2026-01-01", "paper": "批复",
    "parent": "Z02",
}  # fmt: skip


@pytest.fixture
def two_rooms(town: Town) -> Town:
    """Give 乙中心 a 综合股 as well."""
    facts = {"on": "2026-01-02", "paper": "批复", "totals": {}, "quotas": [], "problems": [], "bodies": [INNER]}
    town.office.enter("import_opening", CLERK, **facts)
    return town


def renamed(town: Town, case: Proposal, body: str, status: int = 302):
    """Type a line that renames an inner body."""
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/lines/")
    row = {"form-0-op": "RENAME_INNER", "form-0-body": body, "form-0-name": "业务股"}
    return page.press("保存草稿", status=status, **row)


def test_a_name_that_two_bodies_bear_is_asked_back(two_rooms: Town) -> None:
    case = two_rooms.opened("关于综合股更名的动议", "INTERNAL_RENAME")
    page = two_rooms.visitor(CLERK).open(f"/cases/{case.uuid}/lines/")
    offered = [one.get("value") for one in page.page.xpath("//datalist[@id='bodies']/option")]
    assert offered == ["演示街道", "甲中心", ROOMS[0], "乙中心", ROOMS[1]]
    refused = renamed(two_rooms, case, "综合 股", status=422)
    refused.refuses(f"有2个机构叫「综合 股」,请写明是哪一个:{ROOMS[0]}、{ROOMS[1]}。")
    assert not case.lines.exists()


@pytest.mark.parametrize("typed", ["Z02-1", ROOMS[1], "乙中心·综合股(Ｚ02-1)"])
def test_code_and_whole_words_name_one_and_the_page_shows_it_again(two_rooms: Town, typed: str) -> None:
    case = two_rooms.opened("关于综合股更名的动议", "INTERNAL_RENAME")
    renamed(two_rooms, case, typed)
    line = case.lines.get()
    assert line.body.code == "Z02-1" and line.body_name == "综合股"
    page = two_rooms.visitor(CLERK).open(f"/cases/{case.uuid}/lines/")
    assert page.page.xpath("//input[@name='form-0-body']/@value") == [ROOMS[1]]
    assert "乙中心 · 综合股" in page.open(f"/cases/{case.uuid}/").words


def test_a_proposer_that_names_a_body_is_that_body_and_a_doubtful_one_is_asked_back(two_rooms: Town) -> None:
    case = two_rooms.opened("关于更名的动议", "INTERNAL_RENAME", proposer="甲 中心")
    assert case.proposer_body.code == "Z01"
    page = two_rooms.visitor(CLERK).open("/cases/new/")
    typed = {"title": "动议", "kind": "INTERNAL_RENAME", "origin": "DISTRICT", "proposer": "综合股"}
    page.press("建立草稿", status=422, **typed).refuses("有2个机构叫「综合股」")
    assert two_rooms.opened("动议", "INTERNAL_RENAME", proposer="区委编办").proposer_body is None


def test_registers_offer_namesakes_by_place(two_rooms: Town) -> None:
    for page in ("/register/steps/enrol/", "/side/steps/enter_problem/"):
        words = two_rooms.visitor(CLERK).open(page).words
        assert ROOMS[0] in words and ROOMS[1] in words, page


def test_papers_say_whose_room_it_is(town: Town) -> None:
    def told() -> set[str]:
        room = Body.objects.get(code="Z01-1").uuid
        line = {"op": "RENAME_INNER", "body": room, "requested": 1, "params": {"name": "业务股"}}
        case = builders.draft(town.office, "INTERNAL_RENAME", [line])
        found = adjustments.of_case(case=case, on=town.office.now.date())
        return set(found.bodies)

    assert told() == {"甲中心综合股"}
    facts = {"on": "2026-01-02", "paper": "批复", "totals": {}, "quotas": [], "problems": [], "bodies": [INNER]}
    town.office.enter("import_opening", CLERK, **facts)
    assert told() == {"甲中心综合股"}


def test_forms_that_ask_for_numbers_say_whose_line_it_is(two_rooms: Town) -> None:
    room = Body.objects.get(code="Z02-1").uuid
    line = {"op": "RENAME_INNER", "body": room, "requested": 1, "body_name": "综合股", "params": {"name": "业务股"}}
    case = builders.draft(two_rooms.office, "INTERNAL_RENAME", [line])
    (shown,) = placed_lines.placed(case.change_lines, on=two_rooms.office.now.date())
    assert str(shown) == "内设机构更名 乙中心综合股"


def test_the_form_of_a_step_calls_bodies_as_every_other_page_does(two_rooms: Town) -> None:
    room = Body.objects.get(code="Z02-1").uuid
    case = builders.draft(two_rooms.office, "INTERNAL_RENAME", [{"op": "RENAME_INNER", "body": room}])
    assert [words for _, words in choices.bodies(case)] == [ROOMS[1], "演示街道", "甲中心", ROOMS[0], "乙中心"]


@pytest.mark.django_db
def test_bodies_that_the_case_creates_are_told_apart_too(two_rooms: Town) -> None:
    made = [Made("u1", "数据中心", 1), Made("u2", "数据 中心", 3), Made("u3", "乙中心", 4), Made("u4", "丙中心", 5)]
    known = Bodies.standing(
        territory_id=two_rooms.office.district.pk, on=two_rooms.office.now.date(), made=made
    )  # fmt: skip
    assert known.read("数据中心").candidates == ("数据中心（本事项第1项拟设）", "数据 中心（本事项第3项拟设）")
    assert known.read("数据中心（本事项第3项拟设）").made == "u2"
    assert known.read("乙中心").candidates == ("乙中心（Z02）", "乙中心（本事项第4项拟设）")
    assert known.read("丙中心").made == "u4"
    assert known.read("丁中心") == known.read("") == body_words.Found()
