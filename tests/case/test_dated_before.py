"""An answer on paper that precedes what it answers is refused for its date, not for what the date makes impossible."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from proposals.models import Meeting, Opinion, PaperRecord, Proposal
from tests.case.conftest import FULL, Desk
from tests.committee.chamber import MEMBERS, refused
from tests.papers_bound import road
from workflows.audit.days import answers, before_meeting, minutes
from workflows.audit.reading import chains

TRANSFER = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "乙中心", "unit": FULL, "requested": 3}
GROUP = {"op": "COORD_CREATE", "body_name": "防汛领导小组", "params": {
    "name": "防汛领导小组", "ends_on": "2027-12-31", "end_condition": "任务完成"}}  # fmt: skip


def on_paper(desk: Desk, subject: Any, step: str, on: date, **facts: Any) -> None:
    """Enter what somebody did on paper on a day."""
    acts = [{"kind": subject.subject_kind, "subject": str(subject.uuid), "step": step, "facts": facts}]
    desk.office.enter(
        "record_on_behalf", "bianban1", record=str(uuid.uuid4()), title="纸质件", number="", acts=acts,
        on_behalf_of="有关单位", happened_on=on, evidence=("b" * 64,),
    )  # fmt: skip


def only_dated(desk: Desk, subject: Any, step: str, words: str, **facts: Any) -> None:
    """Expect the date alone to be named when the paper is of the day before, and no reason when it is of the day."""
    today = desk.office.now.date()
    with refused("DATED_BEFORE", words) as refusal:
        on_paper(desk, subject, step, today - timedelta(days=1), **facts)
    assert refusal.value.codes == {"DATED_BEFORE"}
    assert "请核对纸质件落款（印发）的日期" in str(refusal.value)
    on_paper(desk, subject, step, today, **facts)


def with_city(desk: Desk) -> Proposal:
    return desk.at_city(desk.agreed(desk.draft("STAFF_TRANSFER", TRANSFER)))


@pytest.mark.parametrize(
    ("step", "facts"),
    [("city_reject", {"number": "乌编办〔2026〕9号", "reason": "不符合规定"}), ("city_return", {"reason": "材料不全"})],
)
def test_a_reply_of_the_city_does_not_precede_the_filing(desk: Desk, step: str, facts: Mapping[str, str]) -> None:
    case = with_city(desk)
    only_dated(desk, case, step, f"早于「上报」的日期{case.filed_on}", **facts)


def test_a_consent_to_withdrawal_does_not_precede_the_letter(desk: Desk) -> None:
    case = with_city(desk)
    desk.office.tick(days=4)
    desk.office.take(case, "request_withdrawal", "zhuren", reason="情况变化", letter="海编办函〔2026〕3号")
    only_dated(desk, case, "consent_withdrawal", "早于「发函申请撤回」")


def test_an_opinion_does_not_precede_its_asking(desk: Desk) -> None:
    case = desk.draft("STAFF_TRANSFER", TRANSFER)
    desk.office.take(case, "send_to_office", "bianban1")
    desk.office.take(case, "register_incoming", "bianban1", incoming_number="2026-1")
    desk.office.take(case, "accept", "bianban1", checks_passed=True)
    desk.office.tick(days=4)
    desk.office.take(case, "ask_opinion", "bianban1", unit="区财政局")
    only_dated(desk, case, "record_opinion", "早于「征求意见」", unit="区财政局", result="AGREE")


def test_the_citys_opinion_and_the_chairs_word_do_not_precede_the_asking(desk: Desk) -> None:
    case = desk.argued(desk.draft("STAFF_TRANSFER", TRANSFER))
    desk.office.tick(days=4)
    road.consult(desk.office, case, "现商请提出意见。")
    only_dated(desk, road.now(case), "record_city_opinion", "早于「发沟通函」", result="AGREE")
    desk.office.take(case, "record_city_opinion", "bianban1", result="AGREE", text="同意。")
    desk.office.take(case, "propose_item", "zhuren", opinion="同意提请。")
    only_dated(desk, road.now(case), "approve_item", "早于「提请上会」")


def test_the_party_committee_does_not_decide_before_it_is_asked(desk: Desk) -> None:
    case = desk.agreed(desk.draft("COORD_BODY_SETUP", GROUP))
    desk.office.tick(days=4)
    desk.office.take(case, "refer_to_party_committee", "bianban1")
    only_dated(desk, road.now(case), "record_party_committee", "早于「报区委审定」", meeting="第9次")


def test_a_meeting_on_paper_does_not_precede_the_word_that_its_cases_go_before_it(desk: Desk) -> None:
    one = {**TRANSFER, "requested": 1}
    first, second = (desk.draft("STAFF_TRANSFER", one, title=title) for title in ("甲事项", "乙事项"))
    desk.proposed(desk.argued(first))
    desk.office.tick(days=3)
    desk.proposed(desk.argued(second))
    desk.plan(days=0)
    items = [desk.put(case) for case in (first, second)] + [desk.put(title="《空编调配管理办法》")]
    agreed = desk.office.now.date()
    desk.office.tick(days=2)
    facts = {
        "seq": 3, "present": [desk.member(who) for who in MEMBERS[:7]], "leave": {},
        "results": [{"item": str(item.uuid), "method": "NO_OBJECTION"} for item in items],
    }  # fmt: skip
    with refused("DATED_BEFORE", f"早于「乙事项同意上会」的日期{agreed}，「补录会议」不能早于它"):
        on_paper(desk, desk.now, "record_paper_meeting", agreed - timedelta(days=1), **facts)
    on_paper(desk, desk.now, "record_paper_meeting", agreed, **facts)
    desk.office.enter("confirm_record", "bianban2", record=str(PaperRecord.objects.latest("pk").uuid))
    assert desk.now.held_on == agreed and list(before_meeting(desk.now)) == []
    Meeting.objects.update(held_on=agreed - timedelta(days=1))
    assert list(before_meeting(desk.now)) == [f"会议日期{desk.now.held_on}早于《乙事项》同意上会的日期{agreed}"]
    assert any("《乙事项》同意上会" in one for one in chains.findings())


def test_the_audit_names_every_answer_that_precedes_its_asking(desk: Desk) -> None:
    case = with_city(desk)
    assert not [one for one in chains.findings() if "早于" in one]
    early = case.filed_on - timedelta(days=90)
    Opinion.objects.create(
        proposal=case, uuid=uuid.uuid4(), unit="区财政局", asked_on=case.filed_on, replied_on=early, result="AGREE",
    )  # fmt: skip
    case.consents.update(answered_on=early)
    case.city_reply, case.withdrawal = {"on": early.isoformat()}, {"on": "2026-01-01", "asked_on": "2026-01-02"}
    bodies = [{"step": "refer_to_party_committee", "happened_on": "2026-05-02"},
              {"step": "record_party_committee", "happened_on": "2026-05-01"}]  # fmt: skip
    told = "；".join(answers(case, bodies))
    for words in ("区财政局的意见的日期", "早于上报的日期", "同意撤回的日期", "常委会意见的日期"):
        assert words in told, told
    meeting = Meeting.objects.get()
    day = (meeting.held_on - timedelta(days=1)).isoformat()
    assert "早于会议日期" in "；".join(minutes(meeting, [{"step": "sign_minutes", "happened_on": day}]))
