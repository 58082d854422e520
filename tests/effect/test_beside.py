"""The registers beside the ledger change with the founding paper of a case, as its plan showed, from its day on."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from proposals.effect.reservations import LedgerRefused
from proposals.models import Borrowed, DutyItem, DutyList, Pledge, ProblemItem, UsePlan
from proposals.side_registers import totals
from tests.ledger.books import FULL, Books

PAPER = "海编发〔2026〕1号"


@pytest.fixture
def beside(books: Books) -> Books:
    """A district with a row in each of the registers."""
    books.beside()
    return books


def done(books: Books, *lines: dict[str, Any]) -> date:
    """Decide and issue a case of these lines; return the day from which it counts."""
    case = books.case(*lines)
    assert books.plan(case).shortfalls == ()
    books.decide(case)
    books.issue(case)
    return books.on


def told(books: Books, line: dict[str, Any]) -> list[tuple[str, str, str]]:
    plan = books.plan(books.case(line))
    return [(row.item, row.before, row.after) for one in plan.lines for row in one.rows]


RECTIFY = {"op": "RECTIFY", "params": {"row": "problem", "way": "GRANTED", "measure": "市级核增职数"}}
CLAIM = {"op": "DUTY_CLAIM", "n": 10, "params": {"row": "claimable", "mode": "ASSIGN"}}


def test_a_settled_problem_is_closed_from_the_founding_paper_on(beside: Books) -> None:
    assert told(beside, RECTIFY) == [
        ("问题整改：2019-2-01 甲中心 超领导职数配备", "未销号", "销号（增编（增核职数））")
    ]
    day = done(beside, RECTIFY)
    problem = ProblemItem.objects.get()
    assert (problem.closed_on, problem.way, problem.measure) == (day, "GRANTED", "市级核增职数")
    assert problem.settled_paper == PAPER and len(problem.settled_hash) == 64
    assert (problem.stands(on=day), problem.stands(on=day - timedelta(days=1))) == (False, True)


def test_a_problem_is_settled_once(beside: Books) -> None:
    done(beside, RECTIFY)
    shortfalls = beside.plan(beside.case(RECTIFY)).shortfalls
    assert [one.code for one in shortfalls] == ["ROW"]
    assert "「2019-2-01 甲中心 超领导职数配备」现为「已销号」，不能办理本项" in shortfalls[0].message
    twice = beside.plan(beside.case(CLAIM, {**CLAIM, "n": 16}))
    assert [one.message for one in twice.shortfalls] == ["「赋权清单：未承接事项」可承接15项，少于16项，请核对项数。"]


def test_what_a_higher_body_did_not_grant_is_not_written(beside: Books) -> None:
    case = beside.case(RECTIFY, CLAIM)
    beside.decide(case)
    beside.grant(case, 0, 4)
    beside.issue(case)
    assert ProblemItem.objects.get().closed_on is None
    assert DutyItem.objects.get(claimed_on=beside.on).count == 4


def test_duties_are_taken_over_in_part_and_the_list_adds_up_on_every_day(beside: Books) -> None:
    day = done(beside, CLAIM)
    for on, claimed, base in ((day - timedelta(days=1), 0, 25), (day, 10, 25)):
        rate = totals.claim_rates(territory=beside.territory, on=on)[0]
        assert (rate.claimed, rate.base) == (claimed, base), on
    standing = totals.standing_items(duty_list=DutyList.objects.get(), on=day)
    assert sorted((item.count, item.claimed(on=day), item.mode) for item in standing) == [
        (10, True, "ASSIGN"), (15, False, ""),
    ]  # fmt: skip
    assert DutyItem.objects.get(until=day - timedelta(days=1)).settled_paper == PAPER


def test_two_lines_of_one_case_take_parts_of_one_row(beside: Books) -> None:
    day = done(beside, CLAIM, {**CLAIM, "n": 12}, {**CLAIM, "n": 3})
    standing = totals.standing_items(duty_list=DutyList.objects.get(), on=day)
    assert sorted((item.count, item.claimed(on=day)) for item in standing) == [(3, True), (10, True), (12, True)]


def test_an_admitted_duty_stands_on_its_list_and_leaves_it_again(beside: Books) -> None:
    add = {"op": "DUTY_ADD", "body": "丙街道", "params": {"duty": "市容执法", "row": "powers", "department": "城管局"}}
    day = done(beside, add)
    item = DutyItem.objects.get(name="市容执法")
    assert (item.claimed_on, item.department, item.paper) == (day, "城管局", PAPER)
    assert "市容执法" in beside.bodies["丙街道"].version(on=day).duties
    beside.rows["item"] = item.uuid
    drop = {"op": "DUTY_DROP", "body": "丙街道", "params": {"duty": "市容执法", "row": "item"}}
    assert told(beside, drop) == [("移出清单", "赋权清单：市容执法", "取消")]
    gone = done(beside, drop)
    names = {one.name for one in totals.standing_items(duty_list=DutyList.objects.get(), on=gone)}
    assert names == {"未承接事项"}
    assert "市容执法" not in beside.bodies["丙街道"].version(on=gone).duties


def results(day: date) -> list[str]:
    return [row.result for row in Pledge.objects.standing(on=day)]


def test_a_list_is_set_up_and_filled_by_one_case(beside: Books) -> None:
    new = uuid.uuid4()
    beside.rows["new"] = new
    listed = {"name": "准入清单", "list_type": "ADMISSION", "threshold": 70}
    make = {"uuid": new, "op": "DUTY_LIST", "body": "丙街道", "params": listed}
    add = {"op": "DUTY_ADD", "body": "丙街道", "params": {"duty": "便民服务", "row": "new"}}
    day = done(beside, make, add)
    found = DutyList.objects.get(uuid=new)
    assert (found.title, found.body, found.threshold, found.paper, found.since) == (
        "准入清单", beside.bodies["丙街道"], 70, PAPER, day,
    )  # fmt: skip
    assert [item.name for item in totals.standing_items(duty_list=found, on=day)] == ["便民服务"]


def test_a_pledge_that_was_found_is_kept_or_cancelled_by_a_case(beside: Books) -> None:
    kept = done(beside, {"op": "PLEDGE_KEEP", "params": {"row": "pledge"}})
    beside.rows["kept"] = Pledge.objects.get(result="KEPT").uuid
    twice = beside.plan(beside.case({"op": "PLEDGE_KEEP", "params": {"row": "kept"}}))
    assert [one.code for one in twice.shortfalls] == ["ROW"]
    cancelled = done(beside, {"op": "PLEDGE_CANCEL", "params": {"row": "kept"}})
    assert results(kept - timedelta(days=1)) == ["FOUND"]
    assert results(cancelled - timedelta(days=1)) == ["KEPT"]
    assert results(cancelled) == ["CANCELLED"]
    beside.rows["gone"] = Pledge.objects.get(result="CANCELLED").uuid
    again = beside.plan(beside.case({"op": "PLEDGE_CANCEL", "params": {"row": "gone"}}))
    assert [one.code for one in again.shortfalls] == ["ROW"]


def test_a_new_veto_is_set_up_by_a_case_and_says_what_it_lacks(beside: Books) -> None:
    unfinished = beside.plan(beside.case({"op": "PLEDGE_KEEP"}))
    assert [one.code for one in unfinished.shortfalls] == ["INCOMPLETE"]
    day = done(beside, {"op": "PLEDGE_KEEP", "params": {"name": "安全生产", "form": "VETO", "department": "丁局"}})
    veto = Pledge.objects.get(form="VETO")
    assert (veto.title, veto.result, veto.since, veto.paper) == ("安全生产", "KEPT", day, PAPER)


def test_staff_are_lent_until_a_day_and_come_back(beside: Books) -> None:
    lend = {"op": "BORROW", "body": "丙街道", "n": 2, "params": {"department": "区委办", "ends_on": "2026-12-31"}}
    day = done(beside, lend)
    row = Borrowed.objects.get(borrower="区委办")
    assert (row.count, row.approved, row.since, row.until) == (2, True, day, date(2026, 12, 31))
    beside.rows["row"] = row.uuid
    back = done(beside, {"op": "BORROW_END", "params": {"row": "row"}})
    row.refresh_from_db()
    assert (row.until, row.settled_paper) == (back, PAPER)


def test_a_plan_of_use_decided_anew_follows_the_old_one_without_a_gap(beside: Books) -> None:
    plan = {"op": "USE_PLAN", "body": "乙中心", "unit": FULL, "params": {"year": 2026}}
    first = done(beside, {**plan, "n": 2})
    anew = done(beside, {**plan, "n": 5})
    told = UsePlan.objects.order_by("id").values_list("n", "since", "until")
    assert list(told) == [(2, first, anew - timedelta(days=1)), (5, anew, None)]


def test_a_row_that_was_settled_meanwhile_stops_the_founding_paper(beside: Books) -> None:
    case = beside.case(RECTIFY)
    beside.decide(case)
    ProblemItem.objects.update(closed_on=beside.on, way="ATTRITION", measure="退休")
    with pytest.raises(LedgerRefused, match="现为「已销号」"):
        beside.issue(case)


def test_a_case_that_touches_nothing_beside_the_ledger_is_named_as_before(beside: Books) -> None:
    line = {"op": "RENAME", "body": "甲中心", "params": {"name": "甲服务中心"}}
    plain, more = beside.plan(beside.case(line)), beside.plan(beside.case(line, RECTIFY))
    assert plain.lines[0].rows == () and more.lines[1].rows != ()
    assert len({plain.digest, more.digest, beside.plan(beside.case(line)).digest}) == 3
