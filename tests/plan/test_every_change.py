"""Every kind of change line: the register after the founding paper equals what the plan showed before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from proposals.case.lines import CREATING
from proposals.ledger.places import Place
from proposals.models import Account, Body, BodyVersion, ChangeOp
from proposals.plan import trial
from tests.ledger.books import CHIEF, DEPUTY, FULL, PARTIAL, Books

PEOPLE_7, UP = {"people": 7}, {"to_unit": CHIEF, "source": "CITY"}
GROW = {"op": "POOL_GROW", "unit": FULL, "n": 5}
LENT = {
    "op": "POOL_USE",
    "body": "甲中心",
    "unit": FULL,
    "n": 3,
    "params": {"return_on": "2028-01-01", "purpose": "博士"},
}
LINES: Mapping[str, list[dict[str, Any]]] = {
    "CREATE": [{"op": "CREATE", "rank": 20, "body_name": "戊中心", "params": {"name": "戊中心", "category": "PSU"}}],
    "SPLIT": [{"op": "SPLIT", "body": "甲中心", "params": {"name": "甲二中心"}}],
    "CREATE_INNER": [{"op": "CREATE_INNER", "body": "丁局", "rank": 10, "params": {"name": "丁局综合股"}}],
    "COORD_CREATE": [{"op": "COORD_CREATE", "params": {"name": "某领导小组", "ends_on": "2027-12-31"}}],
    "ABOLISH": [{"op": "ABOLISH", "body": "甲中心", "counterpart": "乙中心"}],
    "ABOLISH_INNER": [{"op": "ABOLISH_INNER", "body": "丁局办公室"}],
    "COORD_ABOLISH": [{"op": "COORD_ABOLISH", "body": "丁局办公室"}],
    "MERGE": [{"op": "MERGE", "body": "甲中心", "counterpart": "乙中心"}],
    "MERGE_INNER": [{"op": "MERGE_INNER", "body": "丁局办公室", "counterpart": "丁局"}],
    "RENAME": [{"op": "RENAME", "body": "甲中心", "params": {"name": "甲服务中心", "short_name": "甲服"}}],
    "RENAME_INNER": [{"op": "RENAME_INNER", "body": "丁局办公室", "params": {"name": "丁局党政办"}}],
    "RERANK": [{"op": "RERANK", "body": "甲中心", "rank": 20}],
    "REAFFILIATE": [{"op": "REAFFILIATE", "body": "乙中心", "counterpart": "丁局"}],
    "RECLASSIFY": [{"op": "RECLASSIFY", "body": "甲中心", "params": {"category": "GOVERNMENT_ORGAN"}}],
    "ADD_PLATE": [{"op": "ADD_PLATE", "body": "丙街道", "params": {"plate": "退役军人服务站"}}],
    "REMOVE_PLATE": [
        {"op": "ADD_PLATE", "body": "丙街道", "params": {"plate": "旧牌子"}},
        {"op": "REMOVE_PLATE", "body": "丙街道", "params": {"plate": "旧牌子"}},
    ],
    "DUTY_ADD": [{"op": "DUTY_ADD", "body": "丙街道", "params": {"duty": "便民服务"}}],
    "DUTY_MOVE": [{"op": "DUTY_MOVE", "body": "甲中心", "counterpart": "乙中心", "params": {"duty": "甲中心职责"}}],
    "DUTY_DROP": [{"op": "DUTY_DROP", "body": "甲中心", "params": {"duty": "甲中心职责"}}],
    "CHARTER": [{"op": "CHARTER", "body": "丁局", "params": {"duties": ["一", "二"]}}],
    "QUOTA_ADD": [{"op": "QUOTA_ADD", "body": "甲中心", "unit": FULL, "n": 8}],
    "QUOTA_CUT": [{"op": "QUOTA_CUT", "body": "乙中心", "unit": FULL, "n": 4}],
    "QUOTA_TRANSFER": [
        {"op": "QUOTA_TRANSFER", "body": "甲中心", "counterpart": "丙街道", "unit": FULL, "n": 9, "params": PEOPLE_7}
    ],
    "QUOTA_CONVERT": [{"op": "QUOTA_CONVERT", "body": "乙中心", "unit": FULL, "n": 2, "params": {"to_unit": PARTIAL}}],
    "LEADER_ADD": [{"op": "LEADER_ADD", "body": "丙街道", "unit": DEPUTY, "n": 2}],
    "LEADER_CUT": [{"op": "LEADER_CUT", "body": "甲中心", "unit": DEPUTY, "n": 1}],
    "LEADER_TRANSFER": [{"op": "LEADER_TRANSFER", "body": "甲中心", "counterpart": "丙街道", "unit": DEPUTY, "n": 1}],
    "LEADER_CONVERT": [
        {"op": "LEADER_CONVERT", "body": "甲中心", "unit": DEPUTY, "n": 1, "params": UP}
    ],
    "POOL_GROW": [GROW],
    "POOL_SHRINK": [GROW, {"op": "POOL_SHRINK", "unit": FULL, "n": 2}],
    "POOL_USE": [GROW, LENT],
    "POOL_RETURN": [GROW, LENT, {"op": "POOL_RETURN", "body": "甲中心", "unit": FULL, "n": 2}],
    "LEVEL_UP": [{"op": "LEVEL_UP", "body": "丙街道", "unit": FULL, "n": 5}],
    "LEVEL_DOWN": [{"op": "LEVEL_DOWN", "body": "丙街道", "unit": FULL, "n": 5, "params": {"people": 3}}],
    "USE": [{"op": "USE", "body": "乙中心", "unit": FULL, "n": 2}],
    "USE_PLAN": [{"op": "USE_PLAN", "body": "乙中心", "unit": FULL, "n": 2, "params": {"year": 2026}}],
    "CORRECT": [{"op": "CORRECT", "body": "甲中心", "params": {"fields": {"short_name": "甲"}}}],
    "DUTY_CLAIM": [{"op": "DUTY_CLAIM", "n": 10, "params": {"row": "claimable", "mode": "CONFIRM"}}],
    "DUTY_LIST": [{"op": "DUTY_LIST", "body": "丙街道", "params": {"name": "准入清单", "list_type": "ADMISSION"}}],
    "RECTIFY": [{"op": "RECTIFY", "body": "甲中心", "params": {"row": "problem", "way": "GRANTED", "measure": "增编"}}],
    "PLEDGE_KEEP": [{"op": "PLEDGE_KEEP", "params": {"name": "安全生产责任状", "form": "PLEDGE", "department": "丁局"}}],
    "PLEDGE_CANCEL": [{"op": "PLEDGE_CANCEL", "params": {"row": "pledge"}}],
    "BORROW": [
        {"op": "BORROW", "body": "丙街道", "n": 2, "params": {"department": "丁局", "ends_on": "2026-12-31"}}
    ],
    "BORROW_END": [{"op": "BORROW_END", "body": "丙街道", "params": {"row": "lent"}}],
    "OTHER": [{"op": "OTHER"}],
}  # fmt: skip


def register(books: Books) -> dict[Place, int]:
    """Return every account of the district that is not empty, outside the city and the case's own reservations."""
    rows = Account.objects.filter(territory=books.territory).exclude(holder="CITY").select_related("body")
    places = {Place(a.holder, a.body.uuid if a.body else None, a.unit, a.compartment, a.case): a.balance for a in rows}
    return {place: n for place, n in places.items() if n}


def test_no_kind_of_line_is_forgotten() -> None:
    assert set(LINES) == set(ChangeOp)


@pytest.mark.parametrize("op", LINES)
def test_register_equals_plan(books: Books, op: str) -> None:
    books.beside()
    case = books.case(*LINES[op])
    shown = books.plan(case)
    assert shown.shortfalls == ()
    before = register(books)
    books.decide(case)
    assert books.plan(case).digest == shown.digest, "deciding changes nothing of what will be done"
    books.issue(case)
    assert register(books) == {place: n for place, n in moved(before, shown).items() if n}
    for line in shown.lines:
        for change in line.changes:
            body = Body.objects.get(uuid=change.body)
            if change.how == "CLOSE":
                assert body.version(on=books.on) is None
                assert body.closed_on == books.on
            elif change.how != "SUCCEED" and body.version(on=books.on):
                assert_facts(body.version(on=books.on), final(shown, change.body))


def moved(before: Mapping[Place, int], shown: trial.Plan) -> dict[Place, int]:
    after = dict(before)
    for line in shown.lines:
        for move in line.moves:
            for place, n in ((move.source, -move.n), (move.target, move.n)):
                if place.holder != "CITY":
                    after[place] = after.get(place, 0) + n
    return after


def final(shown: trial.Plan, body: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for line in shown.lines:
        for change in line.changes:
            if change.body == body and change.how in ("OPEN", "CHANGE"):
                values |= change.values
    return values


def assert_facts(version: BodyVersion | None, values: Mapping[str, Any]) -> None:
    assert version is not None
    assert version.paper == "海编发〔2026〕1号"
    for name, value in values.items():
        if name == "parent":
            assert (version.parent and version.parent.uuid) == value
        elif name != "code":
            assert str(getattr(version, name) or "") == str(value or ""), name


@pytest.mark.parametrize("op", [op for op in LINES if op not in CREATING and op != "OTHER"])
def test_an_unfinished_line_says_what_it_lacks(books: Books, op: str) -> None:
    case = books.case({"op": op, "n": 1})
    assert {shortfall.code for shortfall in books.plan(case).shortfalls} == {"INCOMPLETE"}
