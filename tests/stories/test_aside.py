"""Out of the ordinary: withdrawn, void, suspended, sent to the compliance desk, talked over with the city, lent."""

import pytest

from docs_templates.models import FrozenPaper
from proposals.models import Proposal
from proposals.vocabulary import State
from tests.committee.chamber import CHAIR
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CITY, CLERK, DIRECTOR, FULL, REVIEWER, SECOND, Town, stations

CHARTER = {"op": "CHARTER", "body": "演示街道"}
MOVE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}


def charter(town: Town) -> Proposal:
    return town.draft("SANDING_REVISE", CHARTER)


def begin(town: Town) -> Proposal:
    return charter(town)


def held(town: Town) -> int:
    return town.numbers("甲中心", FULL).held


def test_a_proposal_is_withdrawn_before_it_was_filed_and_archived(town: Town, case: Proposal) -> None:
    town.accepted(case)
    town.step(case, "withdraw", reason="方案需要重新研究。")
    assert "作废" not in town.visitor(CLERK).open(f"/cases/{case.uuid}/").offered
    town.step(case, "archive", SECOND)
    assert stations(case)[-2:] == [State.WITHDRAWN, State.ARCHIVED]


def test_a_filed_proposal_is_withdrawn_by_letter_and_with_the_citys_consent(town: Town) -> None:
    case = town.draft("STAFF_TRANSFER", MOVE)
    Life.proposed(town, Life.argued(town, case))
    Life.decided(town, case)
    Life.filed(town, case)
    assert held(town) == 3
    town.closed_to(case, "withdraw", status=409).refuses("现处于「市级办理中」环节，不能办理「撤销动议」。")
    town.closed_to(case, "consent_withdrawal", CITY).refuses("没有收到撤回的函，不能办理同意撤回。")
    town.step(case, "request_withdrawal", DIRECTOR, reason="区级方案调整。", letter="海编办函〔2026〕3号")
    assert road.now(case).state == State.CITY_ACCEPTED
    town.step(case, "consent_withdrawal", CITY)
    assert held(town) == 0
    town.step(case, "archive", SECOND)
    assert stations(case)[-2:] == [State.WITHDRAWN, State.ARCHIVED]


def test_a_draft_is_declared_void_and_keeps_its_traces(town: Town, case: Proposal) -> None:
    town.step(case, "void", reason="重复起草。")
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/?tab=record")
    assert "重复起草。" in page.words
    town.visitor(CLERK).open(f"/cases/{case.uuid}/lines/", status=403)
    town.step(case, "archive", SECOND)
    assert stations(case) == [State.VOID, State.ARCHIVED]


@pytest.mark.parametrize("stage", [State.ARGUING, State.OFFICE_REVIEW, State.AGENDA_APPROVAL])
def test_a_suspended_proposal_comes_back_to_argument(town: Town, case: Proposal, stage: str) -> None:
    Life.argued(town, case) if stage != State.ARGUING else town.accepted(case)
    if stage == State.AGENDA_APPROVAL:
        town.step(case, "propose_item", DIRECTOR, opinion="同意提请审议。")
    town.step(case, "suspend", DIRECTOR, reason="等待上级改革方案。")
    town.closed_to(case, "finish_argument", status=409).refuses("现处于「中止」环节，不能办理「完成论证」。")
    town.step(case, "resume", DIRECTOR, opinion="改革方案已印发。")
    town.step(case, "finish_argument", conclusion="建议提请审议。")
    assert stations(case)[-4:] == [stage, State.SUSPENDED, State.ARGUING, State.OFFICE_REVIEW]


def test_the_compliance_desk_objects_once_and_then_passes(town: Town, case: Proposal) -> None:
    town.accepted(case)
    town.step(case, "send_to_compliance")
    assert case.title in town.visitor(REVIEWER).open("/").words
    town.step(case, "object_compliance", REVIEWER, reason="职责与现行规定不一致。")
    assert case.consents.get(kind="COMPLIANCE").text == "职责与现行规定不一致。"
    town.step(case, "send_to_compliance")
    town.step(case, "pass_compliance", REVIEWER, opinion="符合规定。")
    assert stations(case)[-4:] == [State.COMPLIANCE_REVIEW, State.ARGUING, State.COMPLIANCE_REVIEW, State.OFFICE_REVIEW]


def test_what_the_city_finds_unfit_does_not_reach_the_committee(town: Town) -> None:
    post = {
        "op": "LEADER_ADD",
        "body": "演示街道",
        "unit": "SECTION_DEPUTY",
        "requested": 1,
        "params": {"source": "CITY"},
    }
    case = Life.argued(town, town.draft("LEADER_POSTS", post))
    town.closed_to(case, "propose_item", DIRECTOR).refuses("尚无市委编办沟通预审意见", "请先办理「发沟通函」")
    town.consult(case, "现就核增职数函商。")
    town.step(case, "record_city_opinion", result="UNFIT", text="不符合核定标准。")
    town.closed_to(case, "propose_item", DIRECTOR).refuses(
        "市委编办意见为“不宜提出”，请办理「重新论证」或「撤销动议」。"
    )
    town.step(case, "reargue", reason="按市级意见重新测算。")
    town.step(case, "finish_argument", conclusion="已按市级意见修改。")
    town.step(case, "consult_city", letter="电话沟通,市委编办原则同意。", oral=True)
    town.step(case, "record_city_opinion", result="CHANGE", text="建议减少1名。")
    town.consult(case, "已按意见修改，再次函商。")
    town.step(case, "record_city_opinion", result="AGREE")
    town.step(case, "propose_item", DIRECTOR, opinion="同意提请审议。")
    assert stations(case).count(State.PRE_COMM) == 3
    letters = FrozenPaper.objects.filter(subject_uuid=case.uuid, slug="goutong")
    assert [letter.version for letter in letters] == [1, 2]  # what was said on the telephone is no letter


def test_the_chair_declines_an_item_and_the_office_proposes_it_again(town: Town, case: Proposal) -> None:
    Life.argued(town, case)
    town.step(case, "propose_item", DIRECTOR, opinion="同意提请审议。")
    town.step(case, "decline_item", CHAIR, reason="材料不够充分。")
    town.step(case, "propose_item", DIRECTOR, opinion="已补充材料。")
    town.step(case, "approve_item", CHAIR)
    assert stations(case)[-4:] == [State.AGENDA_APPROVAL, State.OFFICE_REVIEW, State.AGENDA_APPROVAL, State.SCHEDULED]


def test_a_duty_is_lent_for_one_case_until_a_day(town: Town, case: Proposal) -> None:
    other = charter(town)
    town.step(case, "send_to_office")
    town.step(case, "urge", DIRECTOR, note="请抓紧办理。")
    town.step(case, "delegate", person=town.office.people[REVIEWER].uuid, until="2026-03-12", reason="出差")
    town.closed_to(other, "register_incoming", REVIEWER, status=403).refuses("您没有这项职责。")
    assert "代经办甲" in town.visitor(REVIEWER).open("/").words
    town.step(case, "register_incoming", REVIEWER)
    assert "核稿丙（代经办甲）" in town.visitor(CLERK).open(f"/cases/{case.uuid}/?tab=record").words
    town.pass_days(3)
    town.closed_to(case, "accept", REVIEWER, status=403).refuses("您没有这项职责。")
