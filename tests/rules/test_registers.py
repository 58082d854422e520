"""The registers beside the ledger in the law, each clause broken once and kept once."""

from __future__ import annotations

from typing import Any

import pytest

from proposals.models import Borrowed, DutyItem, DutyList, Pledge, ProblemItem
from proposals.vocabulary import BodyCategory, Severity
from tests.rules.district import DEPUTY, NOTICE, OPENED, PSU, STAFFING, District, found, only

pytestmark = pytest.mark.django_db

SUPERIOR = {"level": "SUPERIOR", "title": "自治区党委办公厅文件", "number": "内党办发〔2020〕1号", "clause": ""}


def usual(district: District) -> dict[str, Any]:
    return {"territory": district.territory, "since": OPENED, "paper": "并列台账期初"}


def over(district: District, actual: int, *, problems: int = 1) -> tuple[Any, list[ProblemItem]]:
    """A bureau with three deputy posts and so many deputies, and problems of one each."""
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN, posts={DEPUTY: (3, actual)})
    rows = [
        ProblemItem.objects.create(
            number=f"2019-2-{n:02}", batch="第二批", body=body, body_name="甲局", topic="OVER_POSTS", problem="超配1名",
            unit=DEPUTY, excess=1, **usual(district),
        )
        for n in range(1, problems + 1)
    ]  # fmt: skip
    district.open()
    return body, rows


def cure(problem: ProblemItem) -> dict[str, Any]:
    return {"op": "RECTIFY", "params": {"row": str(problem.uuid), "way": "GRANTED", "measure": "市级核增"}}


def test_FORM_02_a_line_says_all_that_it_needs() -> None:
    district = District()
    _, (problem,) = over(district, 3)
    lacking = only(district.case("PROBLEM_RECTIFY", {"op": "RECTIFY", "params": {"row": str(problem.uuid)}}), "FORM-02")
    assert lacking.message == "「问题整改（销号）」还没有填写消化途径、解决措施。" and lacking.blocks
    assert found(district.case("PROBLEM_RECTIFY", cure(problem)), "FORM-02") == []


def test_FORM_02_a_row_that_is_settled_is_not_settled_again() -> None:
    district = District()
    _, (problem,) = over(district, 3)
    case = district.case("PROBLEM_RECTIFY", cure(problem))
    ProblemItem.objects.update(closed_on=OPENED, way="MOVED", measure="转任")
    assert "现为「已销号」" in only(case, "FORM-02", step="propose_item").message


@pytest.mark.parametrize(("granted", "refused"), [(1, True), (2, False)])
def test_S11_L_a_problem_is_closed_only_when_the_ledger_is_no_longer_over(granted: int, refused: bool) -> None:
    district = District()
    body, (problem,) = over(district, 5)
    grant = {"op": "LEADER_ADD", "body": body, "unit": DEPUTY, "requested": granted, "params": {"source": "CITY"}}
    findings = found(district.case("PROBLEM_RECTIFY", grant, cure(problem)), "S11-L", step="propose_item")
    assert bool(findings) is refused
    assert not refused or "台账中甲局副科级领导职数仍超1名，其余未销号问题只说明0名" in findings[0].message


def test_S11_L_what_other_open_problems_explain_stays() -> None:
    district = District()
    body, (first, second) = over(district, 5, problems=2)
    grant = {"op": "LEADER_ADD", "body": body, "unit": DEPUTY, "requested": 1, "params": {"source": "CITY"}}
    assert found(district.case("PROBLEM_RECTIFY", grant, cure(first)), "S11-L") == []
    both = found(district.case("PROBLEM_RECTIFY", grant, cure(first), cure(second)), "S11-L")
    over_one = "台账中甲局副科级领导职数仍超1名，其余未销号问题只说明0名。"
    assert [one.message.split("销号后，")[1] for one in both] == [over_one, over_one]
    alone = only(district.case("PROBLEM_RECTIFY", cure(first)), "S11-L", step="decide_by_office")
    assert "台账中甲局副科级领导职数仍超2名，其余未销号问题只说明1名。" in alone.message


def test_S11_L_a_problem_whose_settling_was_refused_stays_open_and_is_not_asked_about() -> None:
    district = District()
    _, (problem,) = over(district, 5)
    case = district.case("PROBLEM_RECTIFY", cure(problem))
    assert "仍超2名，其余未销号问题只说明0名" in only(case, "S11-L").message
    case.lines.update(decided=0)
    assert found(case, "S11-L") == []


def powers(district: District, claimable: int, threshold: int | None = 70) -> DutyItem:
    town = district.body("甲镇", category=BodyCategory.TOWN)
    listed = DutyList.objects.create(
        code="P", list_type="POWER", title="赋权清单", body=town, threshold=threshold, **usual(district)
    )
    DutyItem.objects.create(duty_list=listed, name="已承接", count=41, claimed_on=OPENED, **usual(district))
    return DutyItem.objects.create(duty_list=listed, name="未承接", count=claimable, **usual(district))


@pytest.mark.parametrize(
    ("n", "threshold", "warned"), [(28, 70, True), (29, 70, False), (1, None, False)]
)  # 69 of 99 is 69.7 %, 70 of 99 is 70.7 %
def test_S9_a_bound_list_reaches_its_rate_by_what_is_taken_over(n: int, threshold: int | None, warned: bool) -> None:
    district = District()
    item = powers(district, 58, threshold)
    line = {"op": "DUTY_CLAIM", "requested": n, "params": {"row": str(item.uuid), "mode": "CONFIRM"}}
    findings = found(district.open().case("DUTY_ADMISSION", line), "S9")
    assert bool(findings) is warned
    assert not warned or findings[0].message == "承接后赋权清单承接率为69.7%（99项中69项），低于70%的要求。"


def test_S8_a_power_that_is_taken_over_brings_money_and_posts() -> None:
    district = District()
    item = powers(district, 58)
    params = {"row": str(item.uuid), "row_name": "未承接", "mode": "CONFIRM"}
    case = district.open().case("DUTY_ADMISSION", {"op": "DUTY_CLAIM", "requested": 5, "params": params})
    assert found(case, "S8", step="propose_item") == []
    case.answers.filter(question="FUNDS_FOLLOW").update(text="")
    assert "「未承接」没有写明随转" in only(case, "S8", step="propose_item").message


NEW_VETO = {"op": "PLEDGE_KEEP", "params": {"name": "信访", "form": "VETO", "department": "信访局"}}


@pytest.mark.parametrize(("basis", "refused"), [(STAFFING, True), (NOTICE, True), (SUPERIOR, False)])
def test_S13_a_veto_stands_on_a_paper_from_above(basis: dict[str, str], refused: bool) -> None:
    findings = found(District().case("OTHER", NEW_VETO, basis=(basis,)), "S13", step="propose_item")
    assert bool(findings) is refused
    assert not refused or (findings[0].blocks and findings[0].message.startswith("一票否决「信访」没有上级党委、政府"))


def test_S13_a_pledge_that_was_found_is_kept_with_a_warning() -> None:
    district = District()
    row = Pledge.objects.create(title="防汛", form="PLEDGE", **usual(district))
    line = {"op": "PLEDGE_KEEP", "params": {"row": str(row.uuid), "row_name": "防汛"}}
    finding = only(district.case("OTHER", line), "S13", step="propose_item")
    assert (finding.severity, finding.message[:8]) == (Severity.WARN, "责任状「防汛」没")


def lending(n: int, category: str = BodyCategory.STREET, lent: int = 0) -> Any:
    district = District()
    street = district.body("甲街道", category=category, posts={PSU: (5, 3)})
    if lent:
        Borrowed.objects.create(lender=street, borrower="某局", count=lent, **usual(district))
    params = {"department": "区委办", "ends_on": "2026-12-31"}
    return district.open().case("OTHER", {"op": "BORROW", "body": street, "requested": n, "params": params})


@pytest.mark.parametrize(("n", "lent", "refused"), [(3, 0, False), (4, 0, True), (2, 2, True)])
def test_S19_N_nobody_is_lent_who_is_not_there(n: int, lent: int, refused: bool) -> None:
    findings = found(lending(n, lent=lent), "S19-N")
    assert bool(findings) is refused
    assert not refused or findings[0].message == f"甲街道实有3人，已借出{lent}人，不足再借用{n}人。"


@pytest.mark.parametrize(("category", "warned"), [(BodyCategory.STREET, True), (BodyCategory.PSU, False)])
def test_S19_T_towns_and_streets_keep_their_people(category: str, warned: bool) -> None:
    findings = found(lending(1, category), "S19-T")
    assert bool(findings) is warned
    assert not warned or findings[0].severity == Severity.WARN
    assert not warned or findings[0].message == "拟从甲街道（乡镇街道）借用1人。"
