"""The short road: posts are used within the vacancies, and names are given, by acts of two people of the office."""

from proposals.vocabulary import State
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CLERK, DIRECTOR, FULL, SECOND, Town, stations

CORRECTING = "/register/steps/correct_posting/"
ASKED = {"op": "USE", "body": "甲中心", "unit": FULL, "requested": 2}
TYPED = {**ASKED, "use_way": "RECRUIT", "post": "窗口岗位"}


def test_a_permit_is_for_the_use_of_posts_only_and_lasts_into_the_future(town: Town) -> None:
    use = town.draft("STAFF_USE", ASKED)
    name = town.draft("INTERNAL_RENAME", {"op": "RENAME_INNER", "body": "综合股", "params": {"name": "综合业务股"}})
    for case in (use, name):
        town.step(case, "send_small")
        town.step(case, "decide_by_office", DIRECTOR)
    town.closed_to(name, "issue_permit").refuses("用编核准单只用于用编事项")
    town.closed_to(use, "prepare_downward").refuses("用编事项不另行文，请办理「印发用编核准单」。")
    page = town.step(use, "issue_permit", status=422, expires_on="2026-03-10")
    page.refuses("用编核准单的有效期应晚于今天，请重新填写。")


def test_how_posts_are_filled_is_asked_before_anything_is_kept(town: Town) -> None:
    case = town.opened("甲中心用编申请", "STAFF_USE", proposer="甲中心")
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/lines/")
    typed = {f"form-0-{name}": value for name, value in ASKED.items()}
    page.press("保存草稿", status=422, **typed)
    assert "请选择用编方式" in page.words
    page.press("保存草稿", **{"form-0-use_way": "TRANSFER", "form-0-from_outside": True})
    assert case.lines.get().params == {"use_way": "TRANSFER", "from_outside": True}


def test_a_refused_use_is_told_by_a_letter_and_archived(town: Town) -> None:
    case = town.draft("STAFF_USE", ASKED)
    town.step(case, "send_small")
    town.step(case, "refuse_by_office", DIRECTOR, reason="该岗位可以内部调剂。")
    town.step(case, "prepare_downward")
    town.signed(case, "fuhan", advice="请内部调剂。")
    town.step(case, "issue_refusal", DIRECTOR)
    town.step(case, "archive", SECOND)
    assert stations(case)[-3:] == [State.DISPATCHING_DOWN, State.CLOSED, State.ARCHIVED]


def test_more_than_the_vacancies_is_refused_with_the_numbers(town: Town) -> None:
    case = town.opened("甲中心用编申请", "STAFF_USE", proposer="甲中心")
    town.lined(case, {**TYPED, "requested": 6})
    town.closed_to(case, "send_small").refuses("甲中心事业编制（全额拨款）空编5 < 申请6", "请将申请数减至空编以内")
    town.lined(case, TYPED)
    town.step(case, "send_small")


def test_the_office_decides_a_name_and_the_city_takes_it_on_record(town: Town) -> None:
    case = town.opened("甲中心综合股更名", "INTERNAL_RENAME", proposer="甲中心")
    town.lined(case, {"op": "RENAME_INNER", "body": "综合股", "name": "综合业务股"})
    town.step(case, "send_small")
    town.step(case, "decide_by_office", DIRECTOR)
    assert road.now(case).filing_mode == "RECORD"
    town.closed_to(case, "prepare_downward").refuses("本事项须上报市委编办，请先办理「拟文上报」。")
    town.filed(case)
    town.step(case, "city_record", "shishenhe", number="乌编办备〔2026〕3号")
    town.issued(case)
    assert town.named("综合业务股")
    assert State.CITY_RECORDED in stations(case) and road.now(case).decided_by == "OFFICE"


def test_a_name_that_moved_no_posts_is_corrected_too(town: Town) -> None:
    case = town.opened("甲中心综合股更名", "INTERNAL_RENAME", proposer="甲中心")
    town.lined(case, {"op": "RENAME_INNER", "body": "综合股", "name": "综合业务股"})
    town.step(case, "send_small")
    town.step(case, "decide_by_office", DIRECTOR)
    Life.filed(town, case)
    town.step(case, "city_record", "shishenhe", number="乌编办备〔2026〕3号")
    road.issued(town.office, case)
    town.pass_days(3)
    form = {"posting": case.uuid, "paper": "海编办发〔2026〕5号", "reason": "名称有误"}
    assert f"仅变动机构 {road.now(case).numbers['tongzhi']}" in town.visitor(DIRECTOR).open(CORRECTING).words
    town.at_register("correct_posting", DIRECTOR, **form)
    body = town.named("综合股")
    shown = town.visitor(CLERK).open(f"/register/bodies/{body.uuid}/").words
    assert "更正（恢复原登记）综合股" in shown and "海编办发〔2026〕5号" in shown
    assert "仅变动机构" not in town.visitor(DIRECTOR).open(CORRECTING).words
