"""Both sides of every boundary of the clauses about procedure, vacancies, caps and patterns, number by number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from proposals.ledger.places import Shortfall, at_body, outside
from proposals.rules.base import Rule
from proposals.rules.clauses import procedure, quotas, streets, uses, vacancies
from proposals.rules.read_rows import EarlierLine
from proposals.vocabulary import Decider, DecisionMode, Severity
from tests.rules.stand_in import DAY, FIRST, SECOND, THIRD, findings, line, said, view

CITY_APPROVES = SimpleNamespace(decider=Decider.CITY, mode=DecisionMode.APPROVE)
CITY_RECORDS = SimpleNamespace(decider=Decider.CITY, mode=DecisionMode.RECORD)
DISTRICT_APPROVES = SimpleNamespace(decider=Decider.COMMITTEE, mode=DecisionMode.APPROVE)


def beside(*lines: EarlierLine, months: int = 12, **more: Any) -> Any:
    """Return a case of one line beside lines of other matters; `since` keeps from which days they were asked."""
    since: list[date] = []

    def earlier(*, since: date) -> list[EarlierLine]:
        case.since.append(since)
        return list(lines)

    switches = {"split_months": months}
    case = view(lines=[line("QUOTA_ADD")], earlier=earlier, since=since, switches=switches, **more)
    return case


def split(op: str = "QUOTA_ADD", **more: Any) -> list[str]:
    """Ask P4-SPLIT about a case beside another of the same body."""
    other = UUID(int=7)
    return said(
        procedure.NotSplit, beside(EarlierLine(other, op, FIRST, None), EarlierLine(other, op, SECOND, None), **more)
    )


SPLIT = "{}在12个月内已有同类事项，本事项与其合计可能应由更高一级决定。"


@pytest.mark.parametrize(("months", "days"), [(12, 365), (6, 182), (1, 30), (0, 0)])
def test_P4_SPLIT_looks_back_so_many_months_and_not_a_day_further(months: int, days: int) -> None:
    case = beside(months=months)
    assert said(procedure.NotSplit, case) == []
    assert case.since == [DAY - timedelta(days=days)]
    assert split() == [SPLIT.format("甲中心")]
    assert split("USE") == []


def test_P4_SPLIT_names_a_matter_once_and_what_both_concern() -> None:
    assert split(concerned=frozenset({SECOND})) == [SPLIT.format("")]
    case = beside(EarlierLine(UUID(int=8), "QUOTA_ADD", THIRD, SECOND), concerned=frozenset({SECOND}))
    (found,) = findings(procedure.NotSplit, case)
    assert (found.message, found.matters) == (SPLIT.format("乙局"), (UUID(int=8),))


@pytest.mark.parametrize(
    ("road", "asked"),
    [([CITY_APPROVES], False), ([CITY_RECORDS], True), ([DISTRICT_APPROVES], True),
     ([DISTRICT_APPROVES, CITY_RECORDS], True)],
)  # fmt: skip
def test_P4_SPLIT_is_not_asked_where_the_city_approves_nor_of_a_use(road: list[Any], asked: bool) -> None:
    assert bool(split(route=road)) is asked
    assert split(kind="STAFF_USE") == []


def problem(topic: str, body: UUID | None = FIRST) -> Any:
    whose = SimpleNamespace(uuid=body) if body else None
    return SimpleNamespace(
        uuid=UUID(int=9), body=whose, body_name="甲中心", number="1号", topic=topic, problem="超配",
        get_topic_display=lambda: "题",
    )  # fmt: skip


S11 = ["甲中心还有未销号问题1号（题：超配）。"]


@pytest.mark.parametrize(
    ("unit", "topic", "warned"),
    [
        ("SECTION_DEPUTY", "OVER_POSTS", True), ("SECTION_DEPUTY", "OVER_RANK", True),
        ("SECTION_DEPUTY", "SELF_MADE_TITLE", True), ("SECTION_DEPUTY", "OVER_QUOTA", False),
        ("PSU_FULL", "OVER_QUOTA", True), ("PSU_FULL", "OTHER", True), ("PSU_FULL", "OVER_POSTS", False),
        ("", "OVER_POSTS", True), ("INNER", "OVER_RANK", True),
    ],
)  # fmt: skip
def test_S11_a_problem_stands_against_more_of_the_same_sort(unit: str, topic: str, warned: bool) -> None:
    case = view(lines=[line("QUOTA_ADD", unit=unit)], problems=[problem(topic)])
    assert said(procedure.ProblemsSettledFirst, case) == (S11 if warned else [])


@pytest.mark.parametrize(
    ("op", "receives"),
    [
        ("QUOTA_ADD", FIRST), ("POOL_USE", FIRST), ("LEADER_ADD", FIRST), ("USE", FIRST), ("LEVEL_DOWN", FIRST),
        ("CREATE_INNER", FIRST), ("QUOTA_TRANSFER", SECOND), ("LEADER_TRANSFER", SECOND), ("QUOTA_CUT", None),
        ("RENAME", None),
    ],
)  # fmt: skip
def test_S11_asks_whoever_gets_more(op: str, receives: UUID | None) -> None:
    lines = [line(op, FIRST, SECOND)]
    for body in (FIRST, SECOND, None):
        found = said(procedure.ProblemsSettledFirst, view(lines=lines, problems=[problem("OTHER", body)]))
        assert bool(found) is (body is not None and body == receives), body
    cured = view(lines=lines, problems=[problem("OTHER", receives)], cured=frozenset({UUID(int=9)}))
    assert said(procedure.ProblemsSettledFirst, cured) == []
    cure = view(kind="PROBLEM_RECTIFY", lines=lines, problems=[problem("OTHER", receives)])
    assert said(procedure.ProblemsSettledFirst, cure) == []


@pytest.mark.parametrize(
    ("op", "approved", "checked", "warned"),
    [("USE", False, True, True), ("QUOTA_ADD", False, True, True), ("USE", True, True, False),
     ("USE", False, False, False), ("QUOTA_CUT", False, True, False)],
)  # fmt: skip
def test_S19_is_asked_of_whoever_hires(op: str, approved: bool, checked: bool, warned: bool) -> None:
    rows = [
        SimpleNamespace(lender=SimpleNamespace(uuid=body), approved=approved, count=2, borrower="乙局")
        for body in (FIRST, SECOND)
    ]
    case = view(lines=[line(op)], borrowed=rows, switches={"borrowed_checked": checked})
    assert said(procedure.BorrowedReturnFirst, case) == (["甲中心有2人被乙局借用未经批准。"] if warned else [])


@pytest.mark.parametrize(
    ("answer", "found"), [(None, True), (("", ""), True), (("随转2名", ""), False), (("", "附件一"), False)]
)
def test_S8_an_answer_in_words_or_by_reference_is_enough(answer: tuple[str, str] | None, found: bool) -> None:
    answers = {"FUNDS_FOLLOW": SimpleNamespace(text=answer[0], pointer=answer[1])} if answer else {}
    lines = [
        line("DUTY_ADD", params={"duty": "市容"}), line("DUTY_CLAIM", params={"row_name": "清单项"}),
        line("DUTY_DROP", params={"duty": "别的"}),
    ]  # fmt: skip
    told = [f"准入职责「{duty}」没有写明随转的经费和编制。" for duty in ("市容", "清单项")]
    assert said(procedure.FundsFollowDuties, view(kind="DUTY_ADMISSION", lines=lines, answers=answers)) == (
        told if found else []
    )
    assert said(procedure.FundsFollowDuties, view(kind="OTHER", lines=lines, answers=answers)) == []


def test_R14_and_the_form_ask_for_lines_a_road_and_numbers() -> None:
    message = "办事规则没有写明「其他」由谁决定。"
    assert said(procedure.SomebodyDecides, view(lines=[line("OTHER")], unrouted=message)) == [message]
    assert said(procedure.SomebodyDecides, view(lines=[line("OTHER")], route=[CITY_RECORDS])) == []
    assert said(procedure.SomebodyDecides, view(unrouted=message)) == []
    assert said(procedure.LinesGiven, view()) == ["尚未填写调整事项。"]
    assert said(procedure.LinesGiven, view(lines=[line("OTHER")])) == []
    for requested, unit, wrong in ((None, "PSU_FULL", 1), (0, "PSU_FULL", 1), (1, "PSU_FULL", 0), (None, "", 0)):
        case = view(lines=[line("QUOTA_ADD", unit=unit, requested=requested)])
        assert len(said(procedure.NoLinesWithoutNumber, case)) == wrong, (requested, unit)


# What is there: a body's row, and what the plan could not take.


def row(vacant: tuple[int, int] = (3, 0), actual: tuple[int, int] = (7, 7), held: int = 0) -> Any:
    return SimpleNamespace(
        name="甲中心", label="全额", approved=(10, 10), actual=actual, vacant=vacant, held_by_others=held
    )


def short(
    needed: int, available: int, *, op: str = "USE", step: str = "", held: int = 0, vacant: int = 3, **more: Any
) -> Any:
    """A case whose only line, of a type that may be given, lacks posts of 甲中心 or of another place."""
    one = line(op)
    place = more.get("place", at_body(FIRST, more.get("unit", "PSU_FULL"), more.get("compartment", "VACANT")))
    missing = Shortfall(one.uuid, more.get("code", "SHORT"), place, needed, available, "")
    rows = {(FIRST, place.unit): row((vacant, vacant), held=held)}
    return view(lines=[one], plan=SimpleNamespace(shortfalls=(missing,)), rows=rows, step=step)


VACANCY = vacancies.UseWithinVacancy


def test_a_shortfall_says_what_is_there_what_is_asked_and_what_others_hold() -> None:
    assert said(VACANCY, short(5, 3, held=1)) == ["甲中心事业编制（全额拨款）空编3 < 申请5（他案占用1）。"]
    assert said(vacancies.QuotaTotal, short(26, 25, place=outside("POOL", "PSU_FULL"))) == [
        "事业编制（全额拨款）区级总量内可用25名，本事项需要26名，超出1名。"
    ]


@pytest.mark.parametrize(
    ("step", "held", "strength"),
    [("send_to_office", 2, "WARN"), ("send_to_office", 1, "BLOCK"), ("send_to_office", 3, "WARN"), ("", 2, "BLOCK"),
     ("decide_by_office", 2, "BLOCK"), ("propose_item", 2, "BLOCK"), ("issue_downward", 2, "BLOCK")],
)  # fmt: skip
def test_what_only_another_case_holds_warns_until_the_decision(step: str, held: int, strength: str) -> None:
    (found,) = findings(VACANCY, short(5, 3, held=held, step=step))
    assert found.severity == Severity(strength)


@pytest.mark.parametrize(
    ("rule", "differs"),
    [
        (vacancies.UseWithinVacancy, {}), (vacancies.TransferFromVacancy, {"op": "QUOTA_TRANSFER"}),
        (vacancies.TransferFromVacancy, {"op": "LEVEL_UP"}), (vacancies.TransferFromVacancy, {"op": "POOL_RETURN"}),
        (vacancies.HeadcountWithinApproved, {"op": "QUOTA_CUT"}),
        (vacancies.HeadcountWithinApproved, {"op": "QUOTA_CONVERT"}),
        (vacancies.LeaderPostsFree, {"unit": "SECTION_DEPUTY"}),
        (vacancies.PeopleWithPosts, {"compartment": "OCCUPIED"}),
        (vacancies.OrganCap, {"place": outside("POOL", "GOVERNMENT_ORGAN")}),
        (vacancies.QuotaTotal, {"place": outside("POOL", "PSU_FULL")}),
        (vacancies.LeaderCap, {"place": outside("POOL", "SECTION_DEPUTY")}),
        (vacancies.TalentPoolHasThem, {"place": outside("TALENT", "PSU_FULL")}),
        (vacancies.ExcessOnlyShrinks, {"vacant": -1}), (None, {"code": "PEOPLE"}), (None, {"vacant": 0, "op": "MERGE"}),
    ],
)  # fmt: skip
def test_one_clause_speaks_about_a_shortfall_and_no_other(rule: type[Rule] | None, differs: dict[str, Any]) -> None:
    every = [
        vacancies.UseWithinVacancy, vacancies.TransferFromVacancy, vacancies.HeadcountWithinApproved,
        vacancies.OrganCap,
        vacancies.LeaderPostsFree, vacancies.PeopleWithPosts, vacancies.QuotaTotal, vacancies.LeaderCap,
        vacancies.TalentPoolHasThem, vacancies.ExcessOnlyShrinks,
    ]  # fmt: skip
    assert [one for one in every if said(one, short(5, 3, **differs))] == ([rule] if rule else [])


def test_P7_says_how_far_a_body_is_over() -> None:
    assert said(vacancies.ExcessOnlyShrinks, short(5, 0, vacant=-2)) == [
        "甲中心全额已超2名（核定10、实有7），本事项使用或核减5名，将扩大超额。"
    ]


@pytest.mark.parametrize(
    ("vacant", "taken", "missing"),
    [((5, 3), 4, 1), ((5, 3), 3, 0), ((5, 0), 1, 1), ((5, 5), 9, 0), ((5, 6), 9, 0), ((0, -1), 9, 0)],
)
def test_P20_warns_where_others_want_more_than_is_left(vacant: tuple[int, int], taken: int, missing: int) -> None:
    one = line("USE", SECOND, FIRST)
    rows = {(FIRST, "PSU_FULL"): row(vacant, held=1)}
    case = view(lines=[one], rows=rows, intents={at_body(FIRST, "PSU_FULL", "VACANT"): taken})
    found = list(findings(vacancies.IntendedByOthers, case))
    told = f"甲中心全额空编{vacant[0]}名，其他已受理事项拟用{taken}名、已占用1名，合计超出{missing}名。"
    assert [(one.message, one.line) for one in found] == ([(told, one.uuid)] if missing else [])


def test_P20_warns_of_people_too() -> None:
    case = view(rows={(FIRST, "PSU_FULL"): row((0, 0), (7, 4))}, intents={at_body(FIRST, "PSU_FULL", "OCCUPIED"): 6})
    assert said(vacancies.IntendedByOthers, case) == [
        "甲中心全额实有7名，其他已受理事项拟用6名、已占用0名，合计超出2名。"
    ]


def total(before: int, after: int, unit: str = "PSU_FULL") -> Any:
    return SimpleNamespace(unit=unit, label="全额", total=(before, after))


@pytest.mark.parametrize(
    ("before", "after", "cap", "grows", "over"),
    [(30, 31, 30, True, True), (30, 31, 31, True, False), (31, 31, 30, False, False), (31, 32, 30, True, True),
     (31, 30, 29, False, False), (30, 31, None, True, False)],
)  # fmt: skip
def test_FS_07_and_CAP_01_stand_at_the_total_and_at_the_cap(
    before: int, after: int, cap: int | None, grows: bool, over: bool
) -> None:
    paper = SimpleNamespace(value=cap, paper="", citation="市级核定")
    case = view(
        plan=SimpleNamespace(totals=[total(before, after), total(1, 2, "SECTION_DEPUTY")]),
        caps={"PSU_FULL": paper} if cap else {},
        switches={"total_only_falls": True},
    )  # fmt: skip
    assert said(quotas.TotalOnlyFalls, case) == (
        [f"本事项使全额总量由{before}名增至{after}名（增加{after - before}名）。"] if grows else []
    )
    assert said(quotas.WithinGivenCap, case) == (
        [f"调整后全额为{after}，超过上级核定的限额{cap}（依据：市级核定）。"] if over else []
    )
    case.lawbook.switch = lambda name: False
    assert said(quotas.TotalOnlyFalls, case) == []


@pytest.mark.parametrize(
    ("op", "target", "other", "lacking"),
    [("QUOTA_TRANSFER", FIRST, SECOND, ""), ("QUOTA_TRANSFER", None, SECOND, "调出单位"),
     ("LEADER_TRANSFER", FIRST, None, "不同的调入单位"), ("QUOTA_TRANSFER", FIRST, FIRST, "不同的调入单位"),
     ("QUOTA_ADD", FIRST, None, "")],
)  # fmt: skip
def test_D486_18C_what_is_given_is_received(op: str, target: UUID | None, other: UUID | None, lacking: str) -> None:
    case = view(lines=[line(op, target, other, unit_label="全额", amount=4)])
    assert said(quotas.TransferConserves, case) == ([f"调剂全额4名没有写明{lacking}。"] if lacking else [])


@pytest.mark.parametrize(
    ("planned", "used", "carried", "amount", "most"),
    [(5, 2, 3, 9, 3), (5, 2, 4, 9, 3), (5, 2, 3, 2, 2), (5, 6, 1, 9, 0), (None, 0, 1, 9, 0), (5, 0, 5, 5, 5)],
)
def test_USE_CARRY_takes_over_what_was_left_of_the_year_before_and_no_more(
    monkeypatch: pytest.MonkeyPatch, planned: int | None, used: int, carried: int, amount: int, most: int
) -> None:
    plans = {(FIRST, "PSU_FULL"): SimpleNamespace(n=planned)} if planned is not None else {}
    asked: list[int] = []
    monkeypatch.setattr(uses.use_plans, "standing", lambda **of: asked.append(of["year"]) or plans)
    monkeypatch.setattr(
        uses.use_plans,
        "used",
        lambda **of: asked.append(of["year"]) or {(FIRST, "PSU_FULL"): used, (SECOND, "PSU_FULL"): 9},
    )
    more = {
        "params": {"year": 2026, "carried": carried},
        "unit": "PSU_FULL",
        "unit_label": "全额",
        "amount": amount,
    }
    case = view(lines=[line("USE_PLAN", body=SimpleNamespace(uuid=FIRST), **more)])
    case.case.territory_id = 1
    told = f"甲中心全额结转{carried}名，2025年度用编计划剩余{most}名，超出{carried - most}名。"
    assert said(uses.CarriedFromWhatWasLeft, case) == ([told] if carried > most else [])
    assert asked == [2025, 2025]


def patterned(bodies: Iterable[str], *, spare: int, slots: dict[str, int]) -> list[str]:
    """Ask S7 about a street with bodies of these categories."""
    pattern = SimpleNamespace(name="甲", slots=slots, own_choice=lambda tags: spare)
    place = SimpleNamespace(name="丙街道", tags=())
    below = {UUID(int=n): {"category": category} for n, category in enumerate(bodies)}
    row = SimpleNamespace(citation="市级方案")
    found = streets.PatternKept().compare(view(), place, below, pattern, row)  # type: ignore[arg-type]
    return [one.message for one in found]


def test_S7_spare_bodies_are_used_up_once() -> None:
    slots = {"INNER": 2, "PSU": 1}
    inner, psu = ["INNER"], ["PSU"]
    over = "丙街道按“甲”模式{}最多{}个，本事项后为{}个。"
    assert patterned(inner * 2 + psu, spare=0, slots=slots) == []
    assert patterned(inner * 3 + psu, spare=0, slots=slots) == [over.format("内设机构", 2, 3)]
    assert patterned(inner * 3 + psu, spare=1, slots=slots) == []
    assert patterned(inner * 3 + psu * 2, spare=1, slots=slots) == [over.format("事业单位", 1, 2)]
    assert patterned(inner * 3 + psu * 2, spare=2, slots=slots) == []
    assert patterned(inner * 1 + psu * 3, spare=2, slots=slots) == []
    assert patterned(inner * 5 + psu * 1, spare=2, slots=slots) == [over.format("内设机构", 4, 5)]


def test_a_clause_only_warns_where_it_says_so_and_takes_its_strength_from_the_rulebook() -> None:
    case = view(lines=[line("LEVEL_UP", unit="ADMIN", unit_label="行政", amount=2)])

    def strength(step: str, own: str = "") -> str:
        case.step, case.lawbook.severity = step, {"D486-18X": own}.get
        (found,) = findings(quotas.AcrossLevels, case)
        return str(found.severity)

    assert [strength(step) for step in ("", "send_to_office", "accept", "propose_item")] == [
        "BLOCK", "WARN", "WARN", "BLOCK",
    ]  # fmt: skip
    assert (strength("propose_item", "WARN"), strength("accept", "INFO")) == ("WARN", "INFO")
