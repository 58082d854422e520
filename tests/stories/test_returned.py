"""Returned at intake, twice: the unit corrects what the office names, and every round can be read beside the last."""

from lxml import html

from proposals.models import Proposal
from proposals.vocabulary import State
from tests.papers_bound import road
from tests.stories.town import CLERK, FULL, REVIEWER, Town, stations
from tests.stories.visitor import said

UNIT, HEAD = "danwei", "danweifuze"
LINE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}


def of_a_unit(town: Town) -> Proposal:
    """Let a unit draft, lay the draft before its Party group, take it back once and send it."""
    case = town.opened("关于调剂编制的动议", "STAFF_TRANSFER", who=UNIT, origin="UNIT", proposer="区委组织部")
    town.written(case, LINE, who=UNIT)
    town.upload(case, "UNIT_REQUEST", who=UNIT)
    town.step(case, "open_collective", UNIT)
    town.step(case, "back_to_draft", HEAD, reason="请写明调出单位的空编情况。")
    town.step(case, "open_collective", UNIT)
    town.step(case, "send_to_office", HEAD)
    return case


def sent_by_a_unit(town: Town) -> Proposal:
    """A unit's draft that has reached the office, without the typing."""
    case = town.draft("STAFF_TRANSFER", LINE, who=UNIT, origin="UNIT", path="/wuhai/haibowan/zuzhibu/")
    town.step(case, "send_to_office", UNIT)
    return case


def begin(town: Town) -> Proposal:
    return sent_by_a_unit(town)


def test_a_unit_corrects_twice_and_the_third_round_is_accepted(town: Town) -> None:
    case = of_a_unit(town)
    town.step(case, "register_incoming")
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/steps/accept/", status=422)
    page.refuses("单位党组（党委）会议纪要未附。请上传会议纪要；未经集体研究的动议不予受理。")
    town.step(case, "return_for_correction", checks={"complete"}, reason="缺党组会议纪要。")
    town.upload(case, "PARTY_GROUP_MINUTES", who=UNIT)
    town.step(case, "resend", UNIT)

    town.step(case, "register_incoming")
    town.step(case, "return_for_correction", REVIEWER, checks={"truth"}, reason="申请数与空编不符,请核实。")
    town.lined(case, {**LINE, "requested": 2}, who=UNIT)
    town.step(case, "resend", UNIT)
    town.step(case, "register_incoming")
    town.step(case, "accept", checks_passed=True)

    assert road.now(case).round == 3
    once = [State.SUBMITTED, State.INTAKE_REVIEW]
    back = [State.UNIT_COLLECTIVE, State.DRAFT, State.UNIT_COLLECTIVE]
    assert stations(case) == [*back, *once, State.RETURNED, *once, State.RETURNED, *once, State.ARGUING]
    assert compared(town, case) == [
        ["材料第4项·类型", "（无）", "党组（党委）会议纪要"],
        ["材料第4项·文件名", "（无）", "PARTY_GROUP_MINUTES.pdf"],
        ["调整事项第1项·申请数", "3", "2"],
    ]


def compared(town: Town, case: Proposal) -> list[list[str]]:
    """Read the page that lays every round beside the one before; the digests of files are left out."""
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/?tab=rounds").page
    rows = [[said(cell) for cell in row] for row in page.xpath("//tr[@class='changed']")]
    return [row for row in rows if not row[0].endswith("校验值")]


def test_the_unit_sees_the_reason_and_has_the_case_on_its_desk_again(town: Town, case: Proposal) -> None:
    town.step(case, "register_incoming")
    assert case.title not in town.visitor(UNIT).open("/").words
    town.step(case, "return_for_correction", checks={"form", "complete"}, reason="请示格式不规范,缺会议纪要。")
    assert case.title in town.visitor(UNIT).open("/").words
    told = town.visitor(UNIT).open(f"/cases/{case.uuid}/?tab=record").words
    assert "公文规范、要件齐全" in told and "请示格式不规范,缺会议纪要。" in told


def test_a_return_needs_its_reason(town: Town, case: Proposal) -> None:
    town.step(case, "register_incoming")
    page = town.step(case, "return_for_correction", status=422)
    page.refuses("理由")
    assert road.now(case).state == State.INTAKE_REVIEW


def test_the_unit_can_no_longer_change_what_the_office_has(town: Town, case: Proposal) -> None:
    for part in ("facts", "lines", "answers", "basis", "uploads"):
        town.visitor(UNIT).open(f"/cases/{case.uuid}/{part}/", status=403)
    offered = town.visitor(UNIT).open(f"/cases/{case.uuid}/").offered
    assert "调整事项" not in offered and "补正再报" not in offered


def test_a_number_of_the_incoming_register_is_used_once(town: Town, case: Proposal) -> None:
    first, second = case, sent_by_a_unit(town)
    town.step(first, "register_incoming", incoming_number="收〔2026〕7号")
    page = town.step(second, "register_incoming", incoming_number="收〔2026〕7号", status=422)
    page.refuses("收文登记号收〔2026〕7号已经用过，请改用下一个号。")
    (form,) = [one for one in page.page.forms if "incoming_number" in one.fields]
    assert form.fields["incoming_number"] == "收〔2026〕7号"
    assert isinstance(form, html.FormElement)
    town.step(second, "register_incoming")
    assert road.now(second).number == "收〔2026〕8号"


def test_the_head_of_the_unit_withdraws_what_is_not_decided_yet(town: Town, case: Proposal) -> None:
    assert "撤销动议" not in town.visitor(UNIT).open(f"/cases/{case.uuid}/").offered
    town.step(case, "withdraw", HEAD, reason="单位重新研究。")
    assert stations(case)[-1] == State.WITHDRAWN


def test_taking_back_and_ending_are_two_words_on_the_page(town: Town, case: Proposal) -> None:
    offered = town.visitor(HEAD).open(f"/cases/{case.uuid}/").offered
    assert {"撤回修改", "撤销动议"} <= set(offered) and "撤回" not in offered
    town.step(case, "take_back", UNIT)
    assert road.now(case).state == State.DRAFT
