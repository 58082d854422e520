"""The short road: posts are used within the vacancies, by three acts of two people, on a permit that expires."""

import json

import pytest

from docs_templates.models import FrozenPaper
from proposals.models import Entry, Permit, Proposal
from proposals.vocabulary import State
from tests.committee.chamber import refused
from tests.papers_bound import road
from tests.stories.town import CLERK, DIRECTOR, FULL, SECOND, Town, stations
from workflows.jobs import due
from workflows.jobs.worker import drain

CORRECTING = "/register/steps/correct_posting/"
ASKED = {"op": "USE", "body": "甲中心", "unit": FULL, "requested": 2}
TYPED = {**ASKED, "use_way": "RECRUIT", "post": "窗口岗位"}


def permitted(town: Town) -> tuple[Proposal, Permit]:
    """Bring a small matter to its permit."""
    case = town.opened("甲中心用编申请", "STAFF_USE", proposer="甲中心")
    town.lined(case, TYPED)
    town.step(case, "send_small")
    town.step(case, "decide_by_office", DIRECTOR)
    town.step(case, "issue_permit", expires_on="2026-09-06")
    return road.now(case), Permit.objects.get(case=case.uuid)


@pytest.mark.full_press
def test_a_permit_takes_three_acts_of_two_people_and_is_printed(town: Town) -> None:
    case, permit = permitted(town)
    acts = Entry.objects.filter(subject_id=case.uuid)
    assert (acts.count(), acts.values("actor").distinct().count()) == (3, 2)
    assert stations(case) == [State.OFFICE_REVIEW, State.OFFICE_DECIDED, State.CLOSED]
    assert permit.number == case.numbers["hezhundan"] == "海用编〔2026〕1号"
    drain()
    paper = FrozenPaper.objects.get(subject_uuid=case.uuid, slug="hezhundan")
    printed = town.visitor(CLERK).open(f"/papers/{paper.uuid}/").response
    assert printed.content.startswith(b"%PDF-")
    listed = town.visitor(CLERK).open("/permits/").words
    assert permit.number in listed and "招录（聘）" in listed and "窗口岗位" in listed
    told = json.loads(paper.facts)
    assert (told["ways"], told["post"], told["from_outside"]) == ("招录（聘）", "窗口岗位", False)


def test_people_take_up_posts_on_the_permit_and_not_beyond_it(town: Town) -> None:
    case, permit = permitted(town)
    before = town.numbers("甲中心", FULL)
    body, asked = town.named("甲中心").uuid, f"?permit={permit.uuid}"
    form = {"body": body, "unit": FULL, "permit": permit.uuid, "paper": "入编通知单1号"}
    page = town.at_register("enrol", asked=asked, status=422, count=3, **form)
    assert "核准单" in page.reasons, page.reasons
    town.at_register("enrol", asked=asked, count=1, **form)
    now = town.numbers("甲中心", FULL)
    assert (before.actual, before.committed, now.actual, now.committed) == (15, 2, 16, 1)
    town.step(case, "archive", SECOND)
    drain()
    assert [one["kind"] for one in road.now(case).packages] == ["ARCHIVE"]


def test_an_unused_permit_lapses_after_its_day(town: Town) -> None:
    _, permit = permitted(town)
    page = town.at_register("expire_permit", status=422, permit=permit.uuid)
    page.refuses("用编核准单有效期至2026-09-06，尚未到期。")
    town.pass_days(200)
    page = town.at_register(
        "enrol", status=422, body=town.named("甲中心").uuid, unit=FULL, count=1, permit=permit.uuid, paper="通知单"
    )
    page.refuses("用编核准单已于2026-09-06到期，请重新申请用编。")
    town.at_register("expire_permit", permit=permit.uuid)
    assert town.numbers("甲中心", FULL).vacant == 5


def test_a_permit_is_reminded_of_and_then_lapses_by_itself(town: Town) -> None:
    _, permit = permitted(town)
    assert "到期提醒" not in town.visitor(CLERK).open("/").words
    town.pass_days(178)
    reminded = town.visitor(CLERK).open("/").words
    assert f"用编核准单 {permit.number} ，剩余 2 名".replace(" ，", "，") in reminded, reminded
    assert "2026年9月6日 临近到期 抓紧办理入编" in reminded
    listed = town.visitor(CLERK).open("/permits/").words
    assert "2026年9月6日" in listed and "临近到期" in listed
    assert "到期提醒" not in town.visitor("bianwei2").open("/").words
    town.pass_days(4)
    assert due.run(at=town.office.now) == (1, 0)
    form = {"unit": FULL, "count": 1, "permit": str(permit.uuid), "paper": "通知单", "body": town.named("甲中心").uuid}
    with refused("PERMIT_USED", "到期未用的已经释放，请重新申请用编"):
        town.office.enter("enrol", CLERK, happened_on=permit.expires_on, **form)
    assert town.numbers("甲中心", FULL).vacant == 5
    assert "到期提醒" not in town.visitor(CLERK).open("/").words
    assert "没有尚未用完的用编核准单。" in town.visitor(CLERK).open("/permits/").words


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


def test_what_will_not_be_filled_is_handed_back_before_the_last_day(town: Town) -> None:
    _, permit = permitted(town)
    form = {"permit": permit.uuid, "reason": "岗位撤销", "paper": "甲中心来函"}
    page = town.at_register("hand_back_permit", status=422, count=3, **form)
    page.refuses("用编核准单剩余2名，少于退回的3名，请核对退回数。")
    town.at_register("hand_back_permit", count=1, **form)
    now = town.numbers("甲中心", FULL)
    assert (now.committed, now.vacant) == (1, 4)


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
    town.filed(case)
    town.step(case, "city_record", "shishenhe", number="乌编办备〔2026〕3号")
    town.issued(case)
    town.pass_days(3)
    form = {"posting": case.uuid, "paper": "海编办发〔2026〕5号", "reason": "名称有误"}
    assert f"仅变动机构 {road.now(case).numbers['tongzhi']}" in town.visitor(DIRECTOR).open(CORRECTING).words
    town.at_register("correct_posting", DIRECTOR, **form)
    body = town.named("综合股")
    shown = town.visitor(CLERK).open(f"/register/bodies/{body.uuid}/").words
    assert "更正（恢复原登记）综合股" in shown and "海编办发〔2026〕5号" in shown
    assert "仅变动机构" not in town.visitor(DIRECTOR).open(CORRECTING).words
