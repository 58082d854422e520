"""A line that leans on another is judged with it at every decision, and whatever is accepted can be carried out."""

from __future__ import annotations

from typing import Any

import pytest

from proposals.case.values.in_force import Values
from proposals.models import Account, Proposal
from proposals.plan import holding
from proposals.vocabulary import State
from tests.case.conftest import DEPUTY, FULL, Desk
from tests.committee.chamber import refused
from tests.papers_bound import road
from tests.papers_bound.road import CITY

POSTS = {"op": "QUOTA_ADD", "body": "丙中心", "unit": FULL, "requested": 4}
PLATE = {"op": "ADD_PLATE", "body": "丙中心", "params": {"plate": "便民服务站"}}
PEOPLE = {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "丙中心", "unit": FULL, "requested": 2,
          "params": {"people": 2}}  # fmt: skip
LEADER = {"op": "LEADER_ADD", "body": "丙中心", "unit": DEPUTY, "requested": 1, "params": {"source": "CITY"}}
INNER = {"op": "CREATE_INNER", "body": "丙中心", "body_name": "业务股", "rank": 10, "params": {"name": "业务股"}}
UNDER = {"op": "REAFFILIATE", "body": "乙中心", "counterpart": "丙中心"}


def held(case: Proposal) -> int:
    return sum(Account.objects.filter(case=case.uuid).values_list("balance", flat=True))


@pytest.mark.parametrize("leaning", [POSTS, PLATE, PEOPLE, LEADER, INNER, UNDER], ids=lambda one: one["op"])
def test_every_sort_of_line_leans_on_the_body_it_names(desk: Desk, leaning: dict[str, Any]) -> None:
    case = desk.founding(leaning)
    off = Values(desk.numbers_for(case, {1: 0}), {})
    said = list(holding.objections(case=case, on=desk.office.now.date(), values=off))
    assert len(said) == 1
    assert said[0].startswith("第2项「")
    assert "以第1项「设立机构 丙中心」为前提" in said[0]
    both = Values(desk.numbers_for(case, {1: 0, 2: 0}), {})
    assert list(holding.objections(case=case, on=desk.office.now.date(), values=both)) == []
    assert list(holding.objections(case=case, on=desk.office.now.date())) == []
    assert holding.leaning_on_nothing(case.change_lines, off) == {str(desk.line(case, 2).uuid)}


def test_the_city_does_not_leave_posts_to_a_body_that_it_refuses(desk: Desk) -> None:
    case = desk.at_city(desk.agreed(desk.founding(POSTS, PLATE)))
    with refused("DOES_NOT_HOLD", "第2项「核增编制 丙中心」以第1项「设立机构 丙中心」为前提") as refusal:
        desk.office.take(case, "city_approve", CITY, number="乌编办〔2026〕9号", granted=desk.numbers_for(case, {1: 0}))
    assert "第3项「加挂牌子 丙中心」以第1项" in str(refusal.value)
    assert road.now(case).state == State.CITY_ACCEPTED
    values = desk.numbers_for(case, {1: 0, 2: 0, 3: 0})
    desk.office.take(case, "city_approve", CITY, number="乌编办〔2026〕9号", granted=values)
    assert held(case) == 0, "what is not granted is reserved no longer"


def test_the_citys_paper_is_judged_when_it_is_entered(desk: Desk) -> None:
    case = desk.at_city(desk.agreed(desk.founding(POSTS)))
    with refused("DOES_NOT_HOLD", "第2项也须填0"):
        desk.replied_on_paper(
            (case, "city_approve", {"granted": desk.numbers_for(case, {1: 0})}),
            number="乌编办〔2026〕9号", on=desk.office.now.date(),
        )  # fmt: skip


def test_the_party_committee_does_not_either(desk: Desk) -> None:
    case = desk.agreed(desk.founding(POSTS))
    Proposal.objects.filter(pk=case.pk).update(state=State.PARTY_COMMITTEE)
    facts = {"meeting": "区委常委会2026年第9次会议", "values": desk.numbers_for(case, {1: 0})}
    with refused("DOES_NOT_HOLD", "以第1项"):
        desk.office.take(case, "record_party_committee", "bianban1", **facts)
    desk.office.take(case, "record_party_committee", "bianban1", meeting="第9次", values=desk.numbers_for(case, {2: 3}))
    assert desk.pool(FULL, "HELD") == 3


def test_an_amendment_is_judged_before_it_is_voted_on(desk: Desk) -> None:
    case = desk.proposed(desk.argued(desk.founding(POSTS)), consult=True)
    desk.plan()
    item = desk.put(case, reporter="区委编办主任")
    desk.call()
    desk.open()
    desk.open_item(item)
    with refused("DOES_NOT_HOLD", "以第1项"):
        desk.take("amend_item", item=str(item.uuid), amendment="不设立", values=desk.numbers_for(case, {1: 0}))
    with refused("DOES_NOT_HOLD", "超出"):
        desk.take("amend_item", item=str(item.uuid), amendment="多给", values=desk.numbers_for(case, {2: 400}))
    desk.take("amend_item", item=str(item.uuid), amendment="核减", values=desk.numbers_for(case, {2: 3}))


def test_a_meeting_on_paper_is_judged_like_one_in_the_room(desk: Desk) -> None:
    case = desk.proposed(desk.argued(desk.founding(POSTS)), consult=True)
    desk.plan()
    item = desk.put(case, reporter="区委编办主任")
    result = {"item": str(item.uuid), "motion": "AS_AMENDED", "method": "NO_OBJECTION", "dissent": {}, "recused": {},
              "amendment": "不设立", "values": desk.numbers_for(case, {1: 0})}  # fmt: skip
    room = [desk.member(one) for one in ("bianwei1", "bianwei2", "bianwei3", "bianwei4", "bianwei5", "bianwei6")]
    act = {"kind": "meeting", "subject": str(desk.meeting.uuid), "step": "record_paper_meeting",
           "facts": {"seq": 1, "present": room, "leave": {}, "results": [result]}}  # fmt: skip
    with refused("DOES_NOT_HOLD", "以第1项"):
        desk.office.enter(
            "record_on_behalf", "bianban1", record="6b1f9a90-0000-4000-8000-000000000001", title="会议记录",
            acts=[act], on_behalf_of="区委编委", happened_on=desk.office.now.date(), evidence=("b" * 64,), number="1",
        )  # fmt: skip


def test_posts_that_one_line_frees_and_another_takes_are_judged_together(desk: Desk) -> None:
    """减上增下: nothing is named, but the sum must come out."""
    case = desk.draft(
        "STAFF_INCREASE",
        {"op": "QUOTA_CUT", "body": "甲中心", "unit": FULL, "requested": 2},
        {"op": "QUOTA_ADD", "body": "乙中心", "unit": FULL, "requested": 12},
    )
    assert list(holding.objections(case=case, on=desk.office.now.date())) == []
    kept = Values(desk.numbers_for(case, {1: 0}), {})
    said = list(holding.objections(case=case, on=desk.office.now.date(), values=kept))
    assert [one.split("：")[0] for one in said] == ["按所填数额，第2项不能执行"]


def test_a_line_comes_after_the_one_it_leans_on(desk: Desk) -> None:
    case = desk.founding(POSTS)
    case.lines.filter(op="CREATE").update(position=9)
    case.__dict__.pop("change_lines", None)
    said = list(holding.objections(case=case, on=desk.office.now.date()))
    assert said == ["第2项「核增编制 丙中心」须排在第9项「设立机构 丙中心」之后，请调整次序。"]


def test_two_cases_hold_their_own(desk: Desk) -> None:
    """A line leans on its own case's line, never on the same body name of another case."""
    one, other = desk.founding(POSTS), desk.founding(PLATE)
    tried = Values(desk.numbers_for(one, {1: 0}), {})
    assert list(holding.objections(case=other, on=desk.office.now.date(), values=tried)) == []
