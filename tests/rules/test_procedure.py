"""Who decides, splitting, open problems, borrowed staff and duties, each clause broken once and kept once."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from proposals.models import AuthorityRule, Borrowed, ProblemItem, Proposal
from proposals.vocabulary import BodyCategory, Severity
from tests.rules.district import DAY, DEPUTY, OPENED, PSU, District, found, only, said

pytestmark = pytest.mark.django_db


def test_R14_a_matter_that_no_rule_gives_to_anybody_is_not_accepted() -> None:
    case = District().case("OTHER", {"op": "OTHER"})
    assert found(case, "R14", step="accept") == []
    AuthorityRule.objects.filter(op="OTHER").update(until=date(2026, 3, 9))
    case = Proposal.objects.get(pk=case.pk)  # a case knows its law for one judging
    assert only(case, "R14", step="accept").message == "办事规则没有写明「其他」由谁决定。"


def test_FORM_01_posts_are_asked_for_with_a_number() -> None:
    district = District()
    body = district.body("甲中心")
    line = {"op": "QUOTA_ADD", "body": body, "body_name": "甲中心", "unit": PSU, "params": {"source": "CITY"}}
    text = "「核增编制 甲中心」没有填写事业编制（全额拨款）数额。"
    for n, expected in ((2, []), (1, []), (0, [text]), (None, [text])):
        assert said(district.case("STAFF_INCREASE", {**line, "requested": n}), "FORM-01") == expected
    grown = {"op": "POOL_GROW", "unit": PSU, "requested": None}
    assert said(district.case("TALENT_POOL", grown), "FORM-01") == [
        text.replace("核增编制 甲中心", "核定（扩大）人才周转池")
    ]


@pytest.mark.parametrize(("accepted", "warned"), [(date(2025, 9, 1), True), (date(2024, 9, 1), False)])
def test_P4_SPLIT_a_second_matter_of_the_same_body_within_a_year_is_warned(accepted: date, warned: bool) -> None:
    district = District()
    giver, street = district.body("甲中心", posts={PSU: (20, 0)}), district.body("乙街道", category=BodyCategory.STREET)
    line = {"op": "QUOTA_TRANSFER", "body": giver, "counterpart": street, "unit": PSU, "requested": 2}
    first = district.open().case("STAFF_TRANSFER", line, title="前一事项")
    Proposal.objects.filter(pk=first.pk).update(accepted_on=accepted, head_seq=1, number="收〔2025〕7号")
    Proposal.objects.filter(pk=first.pk).update(state="ARGUING")
    findings = found(district.case("STAFF_TRANSFER", line), "P4-SPLIT", step="accept")
    assert bool(findings) is warned
    assert not warned or (
        findings[0].severity == Severity.WARN
        and "12个月内已有同类事项，" in findings[0].message
        and findings[0].matters == (first.uuid,)
        and "前一事项" not in str(findings[0].summary())
    )


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_default_timezone())


FIRST = date(2025, 3, 10)  # 365 days before the day on which the law is asked
ON_TIME = (
    {"accepted_on": FIRST}, {"accepted_on": DAY}, {"created_at": at(FIRST, 0)}, {"created_at": at(DAY, 23)},
    {"created_at": at(date(2020, 1, 1), 12), "accepted_on": FIRST},
)  # fmt: skip
TOO_EARLY_OR_LATE = (
    {"accepted_on": date(2025, 3, 9)}, {"accepted_on": date(2026, 3, 11)}, {"created_at": at(date(2025, 3, 9), 23)},
    {"created_at": at(date(2026, 3, 11), 0)}, {"created_at": at(DAY, 12), "accepted_on": date(2025, 3, 9)},
)  # fmt: skip


def test_P4_SPLIT_looks_back_as_far_as_the_rulebook_says_and_not_a_day_further() -> None:
    district, line = District(), {"op": "OTHER"}
    line["body"] = district.body("甲中心")
    first = Proposal.objects.filter(pk=district.case("OTHER", line).pk)
    first.update(head_seq=1, number="收〔2025〕7号")
    first.update(state="ARGUING")
    second = district.case("OTHER", line)
    for days, warned in ((ON_TIME, True), (TOO_EARLY_OR_LATE, False)):
        for day in days:
            first.update(**{"created_at": at(DAY, 12), "accepted_on": None} | day)
            assert bool(found(second, "P4-SPLIT", step="accept")) is warned, day
    district.set("SWITCH", "split_months", 13)
    first.update(accepted_on=date(2025, 3, 9))
    assert found(Proposal.objects.get(pk=second.pk), "P4-SPLIT", step="accept")


def with_problem(**fields) -> tuple[District, object]:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN, posts={DEPUTY: (3, 3)})
    ProblemItem.objects.create(
        territory=district.territory, number="2019-2-01", batch="第二批", body=body, body_name="甲局",
        topic="OVER_POSTS", problem="超配副职1名", unit=DEPUTY, excess=1, since=OPENED, paper="自查报告", **fields,
    )  # fmt: skip
    return district.open(), body


MORE = {"op": "LEADER_ADD", "unit": DEPUTY, "params": {"source": "CITY"}}


def test_S11_an_open_problem_of_the_same_sort_is_warned() -> None:
    district, body = with_problem()
    finding = only(district.case("LEADER_POSTS", {**MORE, "body": body}), "S11")
    assert finding.severity == Severity.WARN
    assert "甲局还有未销号问题2019-2-01" in finding.message


def test_S11_a_problem_of_whoever_receives_is_seen_and_of_whoever_gives_is_not() -> None:
    district, body = with_problem()
    giver = district.body("乙局", category=BodyCategory.GOVERNMENT_ORGAN)
    move = {"op": "LEADER_TRANSFER", "unit": DEPUTY, "body": giver, "counterpart": body}
    assert "甲局还有未销号问题2019-2-01" in only(district.case("LEADER_POSTS", move), "S11").message
    back = {**move, "body": body, "counterpart": giver}
    assert found(district.case("LEADER_POSTS", back), "S11") == []


def test_S11_a_closed_problem_and_the_cure_itself_are_not() -> None:
    district, body = with_problem(closed_on=DAY, way="MOVED", measure="转任")
    assert found(district.case("LEADER_POSTS", {**MORE, "body": body}), "S11") == []
    ProblemItem.objects.update(closed_on=None)
    assert found(district.case("PROBLEM_RECTIFY", {**MORE, "body": body}), "S11") == []


def test_S11_blocks_where_the_rulebook_says_so() -> None:
    district, body = with_problem()
    district.set("SEVERITY", "S11", "BLOCK")
    finding = only(district.case("LEADER_POSTS", {**MORE, "body": body}), "S11")
    assert (finding.blocks, finding.message) == (True, "甲局还有未销号问题2019-2-01（超领导职数配备：超配副职1名）。")


@pytest.mark.parametrize("approved", [False, True])
def test_S19_people_lent_away_without_approval_are_asked_back_first(approved: bool) -> None:
    district = District()
    street = district.body("甲街道", category=BodyCategory.STREET, posts={PSU: (5, 2)})
    Borrowed.objects.create(
        territory=district.territory,
        lender=street,
        borrower="乙局",
        count=2,
        approved=approved,
        since=OPENED,
        paper="清理表",
    )
    case = district.open().case("STAFF_USE", {"op": "USE", "body": street, "unit": PSU})
    findings = found(case, "S19")
    assert bool(findings) is not approved
    assert approved or "甲街道有2人被乙局借用未经批准" in findings[0].message


def test_S8_a_duty_that_goes_down_brings_money_and_posts() -> None:
    district = District()
    street = district.body("甲街道", category=BodyCategory.STREET)
    case = district.case("DUTY_ADMISSION", {"op": "DUTY_ADD", "body": street, "params": {"duty": "市容执法"}})
    assert found(case, "S8", step="propose_item") == []
    case.answers.filter(question="FUNDS_FOLLOW").update(text="")
    assert "「市容执法」没有写明随转" in only(case, "S8", step="propose_item").message
