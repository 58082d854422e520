"""What the plan shows before anything is decided, written by hand for every kind of line, and every refusal's sentence.

The district is that of tests/ledger/test_posts_by_hand.py.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from proposals.ledger.places import outside
from proposals.models import Body, ChangeOp, Proposal
from proposals.plan import trial
from tests.ledger.books import CHIEF, DEPUTY, FULL, PARTIAL, Books
from tests.plan.test_every_change import GROW, LENT, LINES

PSU, INNER, ORGAN, COORDINATION = "PSU", "INNER", "GOVERNMENT_ORGAN", "COORDINATION"
Two = tuple[int, int]
NEW, GONE = ((0, 1), (0, 1), (0, 0)), ((1, 0), (1, 0), (0, 0))

# Body and type: approved, actual and vacant, each before and after.
ROWS: Mapping[str, Mapping[tuple[str, str], tuple[Two, Two, Two]]] = {
    "CREATE": {("戊中心", PSU): NEW},
    "SPLIT": {("甲二中心", PSU): NEW},
    "CREATE_INNER": {("丁局综合股", INNER): NEW},
    "COORD_CREATE": {("某领导小组", COORDINATION): NEW},
    "ABOLISH": {
        ("甲中心", PSU): GONE, ("甲中心", FULL): ((30, 0), (28, 0), (2, 0)), ("甲中心", DEPUTY): ((3, 0), (2, 0), (1, 0)),
        ("乙中心", FULL): ((20, 48), (10, 38), (10, 10)),
    },
    "ABOLISH_INNER": {("丁局办公室", INNER): GONE},
    "COORD_ABOLISH": {("丁局办公室", INNER): GONE},
    "MERGE": {
        ("甲中心", PSU): GONE, ("甲中心", FULL): ((30, 0), (28, 0), (2, 0)), ("甲中心", DEPUTY): ((3, 0), (2, 0), (1, 0)),
        ("乙中心", FULL): ((20, 50), (10, 38), (10, 12)), ("乙中心", DEPUTY): ((0, 3), (0, 2), (0, 1)),
    },
    "MERGE_INNER": {("丁局办公室", INNER): GONE},
    "RECLASSIFY": {("甲中心", PSU): GONE, ("甲中心", ORGAN): NEW},
    "QUOTA_ADD": {("甲中心", FULL): ((30, 38), (28, 28), (2, 10))},
    "QUOTA_CUT": {("乙中心", FULL): ((20, 16), (10, 10), (10, 6))},
    "QUOTA_TRANSFER": {
        ("甲中心", FULL): ((30, 21), (28, 21), (2, 0)), ("丙街道", FULL): ((25, 34), (25, 32), (0, 2)),
    },
    "QUOTA_CONVERT": {
        ("乙中心", FULL): ((20, 18), (10, 10), (10, 8)), ("乙中心", PARTIAL): ((5, 7), (3, 3), (2, 4)),
    },
    "LEADER_ADD": {("丙街道", DEPUTY): ((0, 2), (0, 0), (0, 2))},
    "LEADER_CUT": {("甲中心", DEPUTY): ((3, 2), (2, 2), (1, 0))},
    "LEADER_TRANSFER": {("甲中心", DEPUTY): ((3, 2), (2, 2), (1, 0)), ("丙街道", DEPUTY): ((0, 1), (0, 0), (0, 1))},
    "LEADER_CONVERT": {("甲中心", DEPUTY): ((3, 2), (2, 2), (1, 0)), ("甲中心", CHIEF): ((0, 1), (0, 0), (0, 1))},
    "POOL_USE": {("甲中心", FULL): ((30, 33), (28, 28), (2, 5))},
    "POOL_RETURN": {("甲中心", FULL): ((30, 31), (28, 28), (2, 3))},
    "LEVEL_UP": {("丙街道", FULL): ((25, 20), (25, 20), (0, 0))},
    "LEVEL_DOWN": {("丙街道", FULL): ((25, 30), (25, 28), (0, 2))},
    "USE": {("乙中心", FULL): ((20, 20), (10, 10), (10, 8))},
}  # fmt: skip
# Type: total of the district, and what of it is not given to a body, each before and after; None where there is no cap.
TOTALS: Mapping[str, Mapping[str, tuple[Two, Two | None]]] = {
    "CREATE": {PSU: ((2, 3), None)}, "SPLIT": {PSU: ((2, 3), None)}, "CREATE_INNER": {INNER: ((1, 2), None)},
    "COORD_CREATE": {COORDINATION: ((0, 1), None)},
    "ABOLISH": {PSU: ((2, 1), None), FULL: ((100, 100), (25, 27)), DEPUTY: ((12, 12), (5, 8))},
    "ABOLISH_INNER": {INNER: ((1, 0), None)}, "COORD_ABOLISH": {INNER: ((1, 0), None)},
    "MERGE": {PSU: ((2, 1), None), FULL: ((100, 100), (25, 25)), DEPUTY: ((12, 12), (5, 5))},
    "MERGE_INNER": {INNER: ((1, 0), None)}, "RECLASSIFY": {PSU: ((2, 1), None), ORGAN: ((2, 2), (1, 0))},
    "QUOTA_ADD": {FULL: ((100, 100), (25, 17))}, "QUOTA_CUT": {FULL: ((100, 100), (25, 29))},
    "QUOTA_TRANSFER": {FULL: ((100, 100), (25, 25))},
    "QUOTA_CONVERT": {FULL: ((100, 100), (25, 27)), PARTIAL: ((10, 10), (5, 3))},
    "LEADER_ADD": {DEPUTY: ((12, 14), (5, 5))}, "LEADER_CUT": {DEPUTY: ((12, 12), (5, 6))},
    "LEADER_TRANSFER": {DEPUTY: ((12, 12), (5, 5))},
    "LEADER_CONVERT": {DEPUTY: ((12, 11), (5, 5)), CHIEF: ((0, 1), None)},
    "POOL_GROW": {FULL: ((100, 100), (25, 20))}, "POOL_SHRINK": {FULL: ((100, 100), (25, 22))},
    "POOL_USE": {FULL: ((100, 100), (25, 20))}, "POOL_RETURN": {FULL: ((100, 100), (25, 20))},
    "LEVEL_UP": {FULL: ((100, 95), (25, 25))}, "LEVEL_DOWN": {FULL: ((100, 105), (25, 25))},
    "USE": {FULL: ((100, 100), (25, 25))},
}  # fmt: skip
# What becomes of bodies: how, which, and the values that are not empty (a body among them by its name).
FACTS: Mapping[str, list[tuple[str, str, dict[str, Any]]]] = {
    "CREATE": [("OPEN", "", {"name": "戊中心", "category": PSU, "rank": 20})],
    "SPLIT": [("OPEN", "", {"name": "甲二中心", "category": PSU}), ("SUCCEED", "甲中心", {"by": "SPLIT"})],
    "CREATE_INNER": [("OPEN", "", {"name": "丁局综合股", "category": INNER, "rank": 10, "parent": "丁局"})],
    "COORD_CREATE": [("OPEN", "", {"name": "某领导小组", "category": COORDINATION, "ends_on": "2027-12-31"})],
    "ABOLISH": [("CLOSE", "甲中心", {}), ("SUCCEED", "甲中心", {"successor": "乙中心", "by": "REPLACED"})],
    "ABOLISH_INNER": [("CLOSE", "丁局办公室", {})], "COORD_ABOLISH": [("CLOSE", "丁局办公室", {})],
    "MERGE": [
        ("CHANGE", "乙中心", {"duties": ["乙中心职责", "甲中心职责"]}), ("CLOSE", "甲中心", {}),
        ("SUCCEED", "甲中心", {"successor": "乙中心", "by": "MERGED"}),
    ],
    "MERGE_INNER": [
        ("CHANGE", "丁局", {"duties": ["丁局职责", "丁局办公室职责"]}), ("CLOSE", "丁局办公室", {}),
        ("SUCCEED", "丁局办公室", {"successor": "丁局", "by": "MERGED"}),
    ],
    "RENAME": [("CHANGE", "甲中心", {"name": "甲服务中心", "short_name": "甲服"})],
    "RENAME_INNER": [("CHANGE", "丁局办公室", {"name": "丁局党政办"})],
    "RERANK": [("CHANGE", "甲中心", {"rank": 20})], "REAFFILIATE": [("CHANGE", "乙中心", {"parent": "丁局"})],
    "RECLASSIFY": [("CHANGE", "甲中心", {"category": ORGAN})],
    "ADD_PLATE": [("CHANGE", "丙街道", {"plates": ["退役军人服务站"]})],
    "REMOVE_PLATE": [("CHANGE", "丙街道", {"plates": ["旧牌子"]}), ("CHANGE", "丙街道", {})],
    "DUTY_ADD": [("CHANGE", "丙街道", {"duties": ["丙街道职责", "便民服务"]})],
    "DUTY_MOVE": [("CHANGE", "甲中心", {}), ("CHANGE", "乙中心", {"duties": ["乙中心职责", "甲中心职责"]})],
    "DUTY_DROP": [("CHANGE", "甲中心", {})],
    "CHARTER": [("CHANGE", "丁局", {"charter": "丁局“三定”规定", "duties": ["一", "二"]})],
    "CORRECT": [("CHANGE", "甲中心", {"short_name": "甲"})],
}  # fmt: skip
POOL, FULL_NAME = "人才引进编制周转池", "事业编制（全额拨款）"
# What becomes of rows beside the ledger: whose, what, before, after and the note.
BESIDE: Mapping[str, list[tuple[str, str, str, str, str]]] = {
    "POOL_GROW": [(POOL, FULL_NAME, "0名", "5名", "")],
    "POOL_SHRINK": [(POOL, FULL_NAME, "0名", "5名", ""), (POOL, FULL_NAME, "5名", "3名", "")],
    "POOL_USE": [(POOL, FULL_NAME, "0名", "5名", "")], "POOL_RETURN": [(POOL, FULL_NAME, "0名", "5名", "")],
    "USE_PLAN": [("乙中心", f"2026年{FULL_NAME}用编计划", "", "2名", "")],
    "DUTY_CLAIM": [("赋权清单", "赋权清单：未承接事项", "25项未承接", "承接10项", "确认")],
    "DUTY_LIST": [("丙街道", "权责清单", "", "建立「准入清单」", "")],
    "RECTIFY": [
        ("甲中心", "问题整改：2019-2-01 甲中心 超领导职数配备", "未销号", "销号（增编（增核职数））", "增编"),
    ],
    "PLEDGE_KEEP": [("丁局", "责任状", "", "新设「安全生产责任状」", "")],
    "PLEDGE_CANCEL": [("丁局", "防汛责任状", "待清理", "已取消", "")],
    "BORROW": [("丙街道", "借调抽调", "", "由丁局借用2人", "至2026-12-31")],
    "BORROW_END": [("丙街道", "丙街道被丁局借用3人（2020-06-30起）", "借用3人", "归还", "")],
}  # fmt: skip


def facts(books: Books, shown: trial.Plan) -> list[tuple[str, str, dict[str, Any]]]:
    names = {body.uuid: name for name, body in books.bodies.items()}
    told = []
    for change in (change for line in shown.lines for change in line.changes):
        opened = change.how == "SUCCEED" and change.values["successor"] not in names
        values = {
            name: names.get(value, value) if name in ("parent", "successor") else value
            for name, value in change.values.items() if value and not (opened and name == "successor")
        }  # fmt: skip
        told.append((change.how, names.get(change.body, ""), values))
    return told


def test_the_plan_shows_what_the_hand_wrote_for_every_kind_of_line(books: Books) -> None:
    books.beside()
    for op in ChangeOp.values:
        shown = books.plan(books.case(*LINES[op]))
        assert shown.shortfalls == (), op
        rows = {(row.name, str(row.unit)): (row.approved, row.actual, row.vacant) for row in shown.rows}
        assert rows == dict(ROWS.get(op, {})), op
        kept = [(row.committed, row.held_by_others, row.intended_by_others) for row in shown.rows]
        assert kept == [(2 if op == "USE" else 0, 0, 0)] * len(rows), op
        totals = {str(one.unit): (one.total, one.headroom if one.has_cap else None) for one in shown.totals}
        assert totals == dict(TOTALS.get(op, {})), op
        assert facts(books, shown) == FACTS.get(op, []), op
        beside = [tuple(row[3:8]) for line in shown.lines for row in line.rows]
        assert beside == BESIDE.get(op, []), op


def line(op: str, body: str = "甲中心", n: int = 1, unit: str = FULL, **more: Any) -> dict[str, Any]:
    counterpart = {"counterpart": more.pop("to")} if "to" in more else {}
    return {"op": op, "body": body, "unit": unit, "n": n, "params": more, **counterpart}


ROW = {"row": "problem", "way": "GRANTED", "measure": "增编"}
PROBLEM = "「2019-2-01 甲中心 超领导职数配备」"
PLAN = {"op": "USE_PLAN", "body": "乙中心", "unit": FULL, "n": 2, "params": {"year": 2026}}
# The lines, and every sentence by which the last of them is refused; none, where it just fits.
REFUSED: list[tuple[list[dict[str, Any]], list[str]]] = [
    ([line("QUOTA_ADD", n=25)], []),
    ([line("QUOTA_ADD", n=26)], [f"{FULL_NAME}总量余量25，本事项需要26，超出1。"]),
    ([line("QUOTA_ADD", n=26, source="CITY")], []),
    ([line("CREATE", name="己局", category=ORGAN), line("CREATE", name="庚局", category=ORGAN)],
     ["政府工作部门机构限额余量0，本事项需要1，超出1。"]),
    ([line("QUOTA_TRANSFER", n=28, people=28, to="丙街道")], []),
    ([line("QUOTA_TRANSFER", n=29, people=29, to="丙街道")], [f"甲中心{FULL_NAME}实有28，不足随编划转29人。"]),
    ([line("QUOTA_TRANSFER", n=2, to="丙街道")], []),
    ([line("QUOTA_TRANSFER", n=3, to="丙街道")],
     [f"甲中心{FULL_NAME}空编2，少于本事项需要的3；可减少数额，或填写随编划转人数。"]),
    ([line("LEADER_CUT", n=1, unit=DEPUTY)], []),
    ([line("LEADER_CUT", n=2, unit=DEPUTY)], ["甲中心副科级领导职数空缺1，本事项需要2。"]),
    ([GROW, {**LENT, "n": 5}], []),
    ([GROW, {**LENT, "n": 6}], [f"人才周转池{FULL_NAME}可用5，本事项需要6，超出1。"]),
    ([GROW, LENT, line("POOL_RETURN", n=3)], []),
    ([GROW, LENT, line("POOL_RETURN", n=4)], [f"甲中心借用周转池{FULL_NAME}3名，不能归还4名，请核对归还数。"]),
    ([GROW, line("POOL_RETURN")], [f"甲中心没有借用周转池{FULL_NAME}，不能归还1名，请核对归还数。"]),
    ([GROW, {**LENT, "body": "丁局"}, line("QUOTA_ADD", "丁局", 2), line("QUOTA_CUT", "丁局", 2)], []),
    ([GROW, {**LENT, "body": "丁局"}, line("QUOTA_ADD", "丁局", 2), line("QUOTA_CUT", "丁局", 3)],
     [f"丁局借用人才周转池{FULL_NAME}3名，借用的编制不得划出或核减，请先归还。"]),
    ([GROW, {**LENT, "body": "丁局办公室"}, line("ABOLISH_INNER", "丁局办公室")],
     [f"丁局办公室尚有借用周转池的{FULL_NAME}3名，须先归还，机构才能撤并。"]),
    ([line("ABOLISH")], ["甲中心尚有在编人员28名未安置；请填写接收单位，或另列随编划转。"]),
    ([line("ABOLISH", to="甲中心")], ["甲中心的接收单位不能是本机构，请改填其他机构。"]),
    ([line("ABOLISH", "丁局")], ["丁局所属机构丁局办公室尚未撤销或调整隶属关系。"]),
    ([line("REAFFILIATE", "乙中心", to="丁局"), line("ABOLISH", "丁局")],
     ["丁局所属机构丁局办公室尚未撤销或调整隶属关系。"]),
    ([line("REAFFILIATE", "丁局办公室", to="乙中心"), line("ABOLISH", "丁局")], []),
    ([line("ABOLISH_INNER", "丁局办公室"), line("ABOLISH", "丁局")], []),
    ([line("MERGE_INNER", "丁局办公室", to="乙中心"), line("ABOLISH", "丁局")], []),
    ([line("MERGE", to="甲中心")], ["甲中心不能并入本机构，请改填其他机构。"]),
    ([line("MERGE", "丁局", to="丁局办公室")],
     ["丁局不能并入其下属的丁局办公室，请改填其他机构；确需如此的，请先调整丁局办公室的隶属关系。"]),
    ([line("REAFFILIATE", "丁局", to="丁局办公室")],
     ["丁局不能隶属于其下属的丁局办公室，请改填其他机构；确需如此的，请先调整丁局办公室的隶属关系。"]),
    ([line("REAFFILIATE", to="甲中心")], ["甲中心不能隶属于本机构，请改填其他机构。"]),
    ([line("MERGE", to="乙中心"), line("USE")],
     ["甲中心已由本事项排在前面的调整事项撤销，不能再列入「使用编制」，请调整次序或改填其他机构。"]),
    ([line("MERGE", to="乙中心"), line("QUOTA_TRANSFER", "丙街道", to="甲中心")],
     ["甲中心已由本事项排在前面的调整事项撤销，不能再列入「调剂编制」，请调整次序或改填其他机构。"]),
    ([line("MERGE", to="乙中心"), line("DUTY_DROP", duty="甲中心职责")], []),
    ([{"op": "RECTIFY", "body": "甲中心", "params": ROW}] * 2,
     [f"{PROBLEM}现为「未销号」，不能办理本项，请移除本项或另选台账条目。"]),
    ([{"op": "RECTIFY", "body": "甲中心", "params": {**ROW, "part": 1}}],
     [f"{PROBLEM}还有1名未销号，本次填写1名；本次全部销号的，不填本次销号数。"]),
    ([{"op": "RECTIFY", "body": "甲中心", "params": {**ROW, "part": 2}}],
     [f"{PROBLEM}还有1名未销号，本次填写2名；请核对本次销号数。"]),
    ([{**LINES["DUTY_CLAIM"][0], "n": 25}], []),
    ([{**LINES["DUTY_CLAIM"][0], "n": 26}], ["「赋权清单：未承接事项」可承接25项，少于26项，请核对项数。"]),
    ([{**LINES["DUTY_CLAIM"][0], "n": 10}, {**LINES["DUTY_CLAIM"][0], "n": 16}],
     ["「赋权清单：未承接事项」可承接15项，少于16项，请核对项数。"]),
    ([{**LINES["DUTY_CLAIM"][0], "n": 10}, {**LINES["DUTY_CLAIM"][0], "n": 15}], []),
    ([PLAN, {**PLAN, "params": {"year": 2027}}], []),
    ([PLAN, PLAN], [f"乙中心2026年{FULL_NAME}用编计划重复列入，请合并为一项。"]),
    ([{"op": "PLEDGE_KEEP", "params": {"name": "安全"}}],
     ["新设责任状、一票否决的，请填写名称和形式；保留已有的，请选择台账条目。"]),
    ([{"op": "PLEDGE_CANCEL", "params": {"row": "pledge"}}, {"op": "PLEDGE_KEEP", "params": {"row": "pledge"}}],
     ["「防汛责任状」现为「待清理」，不能办理本项，请移除本项或另选台账条目。"]),
    ([line("QUOTA_TRANSFER", unit="")], ["「调剂编制」还没有填写对方机构、编制（职数）类型。"]),
    ([line("DUTY_MOVE")], ["「划转职责」还没有填写对方机构、职责。"]),
]  # fmt: skip


@pytest.fixture
def beside(books: Books) -> Books:
    books.beside()
    return books


def test_every_refusal_says_its_numbers_and_the_line_that_just_fits_is_not_refused(beside: Books) -> None:
    wrong = []
    for lines, said in REFUSED:
        found = [short.message for short in beside.plan(beside.case(*lines)).shortfalls]
        if found != said:
            wrong.append(([(one["op"], one.get("n")) for one in lines], found, said))
    assert wrong == [], "\n".join(map(str, wrong))


def test_a_shortfall_counts_what_is_needed_and_what_is_there(books: Books) -> None:
    (short,) = books.plan(books.case(line("QUOTA_ADD", n=30))).shortfalls
    assert (short.code, short.needed, short.available) == ("SHORT", 30, 25)
    (short,) = books.plan(books.case(line("ABOLISH"))).shortfalls
    assert (short.code, short.needed, short.place.body) == ("PEOPLE", 28, books.bodies["甲中心"].uuid)


def test_an_excess_gives_nothing_away_and_says_how_far_it_goes(books: Books) -> None:
    books.body("超编中心")
    books.open({}, [("超编中心", PARTIAL, 2, 3)])
    said = [short.message for short in books.plan(books.case(line("USE", "超编中心", unit=PARTIAL))).shortfalls]
    assert said == ["超编中心事业编制（差额补贴）超编1，不得再划出、核减或使用，请先消化超编。"]


def test_posts_of_another_case_keep_a_body_open_and_show_in_its_row(books: Books) -> None:
    use = books.case(line("USE", "乙中心", 2))
    books.decide(use)
    (row,) = books.plan(books.case(line("QUOTA_CUT", "乙中心", 8))).rows
    assert (row.approved, row.actual, row.vacant, row.committed, row.held_by_others) == (
        (20, 12), (10, 10), (8, 0), 0, 2,
    )  # fmt: skip
    (own,) = books.plan(use).rows
    assert (own.approved, own.vacant, own.committed, own.held_by_others) == ((20, 20), (10, 8), 2, 0)
    close = books.case(line("ABOLISH", "乙中心", to="甲中心"))
    said = [short.message for short in books.plan(close).shortfalls]
    assert said == ["乙中心尚有在办占用2名，须先办结占用编制的事项，机构才能撤并。"]
    books.issue(use)
    said = [short.message for short in books.plan(close).shortfalls]
    assert said == ["乙中心尚有已核未入2名，须先办理入编登记，或退回用编核准单，机构才能撤并。"]


def test_what_a_case_has_reserved_is_spent_first_and_not_twice(books: Books) -> None:
    first, second = (books.case(line("QUOTA_CUT", "乙中心", n)) for n in (6, 5))
    books.decide(first)
    assert books.plan(first).shortfalls == ()
    (short,) = books.plan(second).shortfalls
    assert (short.needed, short.available) == (5, 4)
    books.issue(first)
    assert books.balance("乙中心", FULL) == 4


def test_what_was_lent_before_there_was_a_pool_goes_back_to_what_is_not_given_away(books: Books) -> None:
    older = books.case(line("QUOTA_ADD", n=3))
    books.decide(older)
    books.issue(older)
    older.lines.update(op="POOL_USE")
    back = books.case(LINES["RENAME"][0], line("POOL_RETURN", n=2))
    assert books.plan(back).shortfalls == ()
    books.decide(back)
    books.issue(back)
    assert (books.balance("甲中心", FULL), books.balance("POOL", FULL)) == (3, 24)


def test_the_digest_of_a_plan_is_that_of_what_it_moves_and_does_not_say_from_whose_reservation(books: Books) -> None:
    case = books.case(line("QUOTA_CUT", "乙中心", 6), LINES["RENAME"][0])
    first, second = case.lines.order_by("position")
    body, renamed = books.bodies["乙中心"].uuid, books.bodies["甲中心"].uuid
    move = [f"BODY:{body.hex}:{FULL}:VACANT:->POOL:0:{FULL}:VACANT:-", 6]
    change = ["RENAME", "CHANGE", str(renamed), {"name": "甲服务中心", "short_name": "甲服"}]
    told = [[str(first.uuid), 6, [move], []], [str(second.uuid), 1, [], [change]]]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert books.plan(case).digest == hashlib.sha256(text.encode()).hexdigest()
    other = books.case(line("USE", "乙中心", 10))
    books.decide(case, 4)
    case.lines.filter(pk=first.pk).update(decided=6)
    case = Proposal.objects.get(pk=case.pk)
    assert len(books.plan(case).lines[0].moves) == 2, "four of its own reservation, two that are free"
    assert books.plan(case).digest == hashlib.sha256(text.encode()).hexdigest()
    (short,) = books.plan(other).shortfalls
    assert (short.needed, short.available) == (10, 6)


def test_a_row_that_is_refused_names_the_districts_own_place(beside: Books) -> None:
    shown = beside.plan(beside.case(PLAN, PLAN))
    assert [(one.code, one.place) for one in shown.shortfalls] == [("ROW", outside("POOL", FULL))]
    assert [one.line for one in shown.shortfalls] == [shown.lines[1].line]


def test_a_body_that_will_be_closed_takes_no_line_but_a_past_day_shows_what_stood(books: Books) -> None:
    Body.objects.filter(pk=books.bodies["丙街道"].pk).update(closed_on=date(2026, 9, 30))
    case = books.case(line("LEADER_ADD", "丙街道", unit=DEPUTY))
    said = [short.message for short in books.plan(case).shortfalls]
    assert said == ["丙街道已定于2026-09-30撤销，不能再列入「核增领导职数」，请调整次序或改填其他机构。"]
    assert trial.of_case(case=case, as_of=books.on, past=True).shortfalls == ()
