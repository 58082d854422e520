"""What stands beside the ledger is found by the office and decided by cases, from the browser to the audit."""

from __future__ import annotations

from datetime import date

from proposals.models import Borrowed, DutyItem, Pledge, ProblemItem, Proposal
from proposals.side_registers import totals
from tests.papers_bound import road
from tests.stories.life import Life
from tests.stories.town import CLERK, DIRECTOR, Town

OPENED = "2026-01-01"
LISTS = [
    {
        "code": "JD", "list_type": "POWER", "title": "演示街道赋权清单", "body": "J01", "threshold": 70, "items": [
            {"name": "已承接事项", "count": 41, "claimed_on": OPENED}, {"name": "未承接事项", "count": 58},
        ],
    },
]  # fmt: skip
PLEDGES = [{"title": "防汛责任状", "form": "PLEDGE", "department": "某局", "result": "FOUND"}]
FIGURES = [{"group": "网格", "key": "grids", "label": "网格", "value": 444, "measure": "个"}]


def opened(town: Town) -> None:
    town.office.enter(
        "import_side_registers", CLERK, on=OPENED, paper="并列台账", problems=[], duty_lists=LISTS, pledges=PLEDGES,
        seconded=[], borrowed=[], figures=FIGURES,
    )  # fmt: skip


def found(town: Town, step: str, label: str, *, status: int = 302, **typed: object) -> None:
    town.visitor(CLERK).open(f"/side/steps/{step}/").press(label, status=status, **typed)


def carried(town: Town, kind: str, *lines: dict, also: tuple[str, ...] = ()) -> Proposal:
    """Carry a case from its draft to its founding paper."""
    case = town.opened(f"{kind}事项", kind)
    town.written(case, *lines)
    town.upload(case, "INSTRUCTION", *also)
    Life.proposed(town, Life.argued(town, case))
    Life.decided(town, case)
    if any(leg["decider"] == "PARTY_COMMITTEE" for leg in road.now(case).route):
        town.step(case, "refer_to_party_committee", opinion="报区委审定。")
        town.step(case, "record_party_committee", meeting="区委常委会2026年第9次会议")
    Life.filed(town, case)
    town.step(case, "city_record", "shishenhe", number=f"乌编办备〔2026〕{case.pk}号")
    return road.issued(town.office, case)


def test_a_problem_that_was_found_is_settled_by_a_case_with_its_evidence(town: Town) -> None:
    opened(town)
    problem = {
        "number": "2026-1-01", "batch": "2026年自查", "body": "Z01", "topic": "OVER_RANK", "problem": "超规格配备1名",
        "due_on": "2026-12-31", "paper": "自查报告",
    }  # fmt: skip
    found(town, "enter_problem", "登记问题", **problem)
    clerk = town.visitor(CLERK).open("/problems/")
    assert "未销号" in clerk.words
    words = "2026-1-01 甲中心 超规格"
    case = carried(
        town, "PROBLEM_RECTIFY", {"op": "RECTIFY", "row": words, "way": "TO_PSU", "measure": "调整到乙中心"},
        also=("OTHER",),
    )  # fmt: skip
    settled = ProblemItem.objects.get(number="2026-1-01")
    assert (settled.closed_on, settled.way) == (case.effective_on, "TO_PSU")
    assert settled.settled_paper == case.numbers["tongzhi"] and len(settled.evidence) == 1
    shown = town.visitor(CLERK).open("/problems/")
    assert "已销号" in shown.words and case.numbers["tongzhi"] in shown.words
    town.closed(case)


def test_without_evidence_or_with_words_nobody_knows_a_settlement_goes_nowhere(town: Town) -> None:
    opened(town)
    problem = {
        "number": "2026-1-01", "batch": "2026年自查", "body": "Z01", "topic": "OTHER", "problem": "自设股室",
        "due_on": "2026-12-31", "paper": "自查报告",
    }  # fmt: skip
    found(town, "enter_problem", "登记问题", **problem)
    case = town.opened("整改", "PROBLEM_RECTIFY")
    line = {"form-0-op": "RECTIFY", "form-0-row": "别的问题", "form-0-way": "MOVED", "form-0-measure": "撤销"}
    page = town.visitor(CLERK).open(f"/cases/{case.uuid}/lines/").press("保存草稿", status=422, **line)
    assert "台账中没有可办理的「别的问题」，请从列表中选择。" in page.words
    town.written(case, {"op": "RECTIFY", "row": "2026-1-01 甲中心 其他", "way": "CORRECTED", "measure": "撤销"})
    town.step(case, "send_to_office")
    town.step(case, "register_incoming")
    town.closed_to(case, "accept").refuses("缺少必备材料「其他说明或佐证材料」")


def test_powers_are_taken_over_in_part_by_a_case_and_the_rate_rises(town: Town) -> None:
    opened(town)
    shown = town.visitor(CLERK).open("/duty-lists/")
    assert "99项中承接41项，承接率41.4%，低于70%的要求" in shown.words and "登记承接" not in shown.words
    words = "演示街道赋权清单：未承接事项"
    case = carried(town, "DUTY_ADMISSION", {"op": "DUTY_CLAIM", "row": words, "requested": 30, "mode": "CONFIRM"})
    rate = totals.claim_rates(territory=town.office.district, on=case.effective_on)[0]
    assert (rate.claimed, rate.base, rate.falls_short) == (71, 99, False)
    taken = DutyItem.objects.get(claimed_on=case.effective_on)
    assert (taken.count, taken.paper) == (30, case.numbers["tongzhi"])
    before = town.visitor(CLERK).open("/duty-lists/?as_of=2026-02-01")
    assert "99项中承接41项" in before.words


def test_a_found_pledge_is_kept_a_veto_without_basis_is_not_and_staff_are_lent_until_a_day(town: Town) -> None:
    opened(town)
    found(
        town,
        "enter_borrowed",
        "登记清理发现的借调抽调",
        body="Z01",
        borrower="某局",
        count=2,
        grounds="专项",
        paper="表",
    )
    case = town.opened("新设一票否决", "OTHER")
    town.written(case, {"op": "PLEDGE_KEEP", "name": "信访", "form": "VETO", "department": "信访局"})
    town.upload(case, "INSTRUCTION")
    Life.argued(town, case)
    page = town.closed_to(case, "propose_item", DIRECTOR)
    page.refuses("一票否决「信访」没有上级党委、政府以上的依据。")
    lent = {"op": "BORROW", "body": "甲中心", "requested": 3, "department": "区委办", "ends_on": "2026-12-31"}
    back = {"op": "BORROW_END", "row": f"甲中心被某局借用2人（{Borrowed.objects.get().since}起）"}
    keep = {"op": "PLEDGE_KEEP", "row": "防汛责任状"}
    case = carried(town, "OTHER", keep, lent, back)
    assert Pledge.objects.get(result="KEPT").paper == case.numbers["tongzhi"]
    assert [(row.borrower, row.until) for row in Borrowed.objects.order_by("pk")] == [
        ("某局", case.effective_on), ("区委办", date(2026, 12, 31)),
    ]  # fmt: skip
