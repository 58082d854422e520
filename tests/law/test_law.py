"""The law as a whole: a fixed order, few statements, every clause cited and tested by its code."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.case import kinds, questions
from proposals.case.lifecycle import CASE_STEPS
from proposals.law.lawbook import Lawbook
from proposals.models import ChangeOp, Upload
from proposals.rules import law
from proposals.rules.base import Rule
from proposals.vocabulary import BodyCategory, Duty, Severity
from tests.rules.district import DAY, PSU, District

STEPS = {row.step for row in CASE_STEPS}


@pytest.mark.parametrize("rule", law.RULES, ids=lambda rule: rule.code)
def test_every_rule_says_what_by_which_clause_and_what_to_do(rule: Rule) -> None:
    assert rule.citation and rule.remedy.endswith("。")
    assert rule.message() == "{message}" or rule.message().endswith("。")
    assert set(rule.steps) | set(rule.warns) <= STEPS
    assert set(rule.overridable) <= set(Duty.values)
    assert rule.severity in Severity.values


def test_codes_are_given_once() -> None:
    assert len(law.BY_CODE) == len(law.RULES)


@pytest.mark.parametrize("rule", law.RULES, ids=lambda rule: rule.code)
def test_every_rule_has_tests_named_by_its_code(rule: Rule) -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert re.search(rf"def test_{rule.code.replace('-', '_')}_", tests)


def test_kinds_name_known_lines_attachments_and_questions() -> None:
    for kind in kinds.KINDS:
        assert kind.ops and set(kind.ops) <= set(ChangeOp.values)
        assert {*kind.attachments, *kinds.EVERY_CASE} <= set(Upload.Purpose.values)
        assert set(kind.questions) <= set(questions.BY_CODE)


@pytest.mark.django_db
def test_a_step_that_no_rule_names_costs_no_statement(django_assert_num_queries) -> None:
    case = District().case("OTHER", {"op": "OTHER"})
    with django_assert_num_queries(0):
        assert law.findings(case=case, step="sign_minutes", on=DAY) == ()


@pytest.mark.django_db
def test_the_whole_law_costs_the_same_statements_for_two_lines_and_for_twelve() -> None:
    district = District()
    street = district.body("乙街道", category=BodyCategory.STREET)
    givers = [district.body(f"第{n}中心", posts={PSU: (9, 0)}) for n in range(12)]
    move = {"op": "QUOTA_TRANSFER", "counterpart": street, "unit": PSU, "requested": 3}
    district.open()
    costs = []
    Lawbook.standing(territory=district.territory, on=DAY)  # what the process remembers of the law is not counted
    for n in (2, 12):
        case = district.case("STAFF_TRANSFER", *({**move, "body": giver} for giver in givers[:n]))
        with CaptureQueriesContext(connection) as queries:
            law.findings(case=case, on=DAY)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 18


@pytest.mark.django_db
def test_findings_come_gravest_first_and_always_in_the_same_order() -> None:
    district = District()
    body = district.body("甲中心", posts={PSU: (3, 3)})
    case = district.open().case("STAFF_USE", {"op": "USE", "body": body, "unit": PSU, "requested": 2}, basis=())
    first, second = (law.findings(case=case, on=DAY) for _ in range(2))
    assert first == second
    assert [law.GRAVITY[finding.severity] for finding in first] == sorted(
        law.GRAVITY[finding.severity] for finding in first
    )


@pytest.mark.django_db
def test_findings_stand_beside_the_line_that_causes_them() -> None:
    from proposals.plan import trial

    district = District()
    bodies = [district.body(name, posts={PSU: (3, 3)}) for name in ("甲中心", "乙中心")]
    case = district.open().case(
        "STAFF_USE",
        *(
            {"op": "USE", "body": body, "unit": PSU, "params": {"use_way": "RECRUIT", "post": "经办"}}
            for body in bodies
        ),
    )
    drawn = law.beside(plan=trial.of_case(case=case, as_of=DAY), found=law.findings(case=case, on=DAY))
    assert [[finding.rule for finding in line.findings] for line in drawn.lines] == [["D486-06U"], ["D486-06U"]]


def test_a_clause_is_law_from_its_day_to_its_last_day() -> None:
    class Dated(Rule):
        """示例。"""

        since, until = date(2020, 1, 1), date(2020, 12, 31)

    days = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
    assert [Dated().in_force(on=day) for day in days] == [False, True, True, False]
