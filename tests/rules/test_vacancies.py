"""What is there: caps, totals, vacancies and headcount, each clause broken once and kept once."""

import pytest

from proposals.models import Proposal
from proposals.vocabulary import BodyCategory, Rank, Severity
from tests.rules.district import ADMIN, DAY, DEPUTY, PSU, District, found, only, said

pytestmark = pytest.mark.django_db

ORGAN = {"op": "CREATE", "rank": Rank.SECTION, "params": {"name": "区数据局", "category": "GOVERNMENT_ORGAN"}}


def organs(cap: int, standing: int) -> District:
    district = District(totals={BodyCategory.GOVERNMENT_ORGAN: cap})
    for n in range(standing):
        posts = {BodyCategory.GOVERNMENT_ORGAN: (1, 1)}
        district.body(f"区第{n}局", category=BodyCategory.GOVERNMENT_ORGAN, posts=posts)
    return district.open()


def test_D486_09_the_organ_above_the_cap_is_refused() -> None:
    finding = only(organs(24, 24).case("ORG_SETUP", ORGAN), "D486-09")
    assert finding.severity == Severity.BLOCK
    assert finding.message == "政府工作部门限额余量0，本事项需要1，超出限额1个。"


def test_D486_09_an_organ_within_the_cap_is_not() -> None:
    assert found(organs(24, 23).case("ORG_SETUP", ORGAN), "D486-09") == []


def test_D486_16_posts_beyond_the_total_are_refused() -> None:
    district = District(totals={PSU: 12})
    body = district.body("甲中心", posts={PSU: (10, 8)})
    case = district.open().case("STAFF_INCREASE", {"op": "QUOTA_ADD", "body": body, "unit": PSU, "requested": 3})
    assert "可用2名，本事项需要3名，超出1名" in only(case, "D486-16").message


def test_D486_16_posts_within_the_total_are_not() -> None:
    district = District(totals={PSU: 12})
    body = district.body("甲中心", posts={PSU: (10, 8)})
    case = district.open().case("STAFF_INCREASE", {"op": "QUOTA_ADD", "body": body, "unit": PSU, "requested": 2})
    assert found(case, "D486-16") == []


@pytest.mark.parametrize(("asked", "refused"), [(2, True), (1, False)])
def test_LP_CAP_leader_posts_stay_within_what_the_city_gave(asked: int, refused: bool) -> None:
    district = District(totals={DEPUTY: 3})
    body = district.body("甲街道", category=BodyCategory.STREET, posts={DEPUTY: (2, 2)})
    line = {"op": "LEADER_ADD", "body": body, "unit": DEPUTY, "requested": asked, "params": {"source": "POOL"}}
    text = "副科级领导职数区级可用1名，本事项需要2名，超出1名。"
    assert said(district.open().case("LEADER_POSTS", line), "LP-CAP") == ([text] if refused else [])


@pytest.mark.parametrize(("asked", "refused"), [(3, True), (2, False)])
def test_D486_06U_a_use_needs_a_vacancy(asked: int, refused: bool) -> None:
    district = District()
    body = district.body("甲中心", posts={PSU: (12, 10)})
    case = district.open().case("STAFF_USE", {"op": "USE", "body": body, "unit": PSU, "requested": asked})
    findings = found(case, "D486-06U", step="send_small")
    assert bool(findings) is refused
    assert not refused or findings[0].message.startswith("甲中心事业编制（全额拨款）空编2 < 申请3")


@pytest.mark.parametrize(("people", "refused"), [(0, True), (7, False)])
def test_D486_18_the_giver_of_nine_needs_vacancies_or_people_who_go_along(people: int, refused: bool) -> None:
    district = District()
    giver = district.body("甲中心", posts={PSU: (30, 28)})
    street = district.body("乙街道", category=BodyCategory.STREET)
    params = {"people": people} if people else {}
    line = {"op": "QUOTA_TRANSFER", "body": giver, "counterpart": street, "unit": PSU, "requested": 9, "params": params}
    findings = found(district.open().case("STAFF_TRANSFER", line), "D486-18")
    assert bool(findings) is refused
    assert not refused or "需要空编9名，现有空编2名" in findings[0].message


@pytest.mark.parametrize(("cut", "refused"), [(3, True), (2, False)])
def test_D486_06_a_cut_never_goes_below_the_people_who_are_there(cut: int, refused: bool) -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN, posts={ADMIN: (20, 18)})
    case = district.open().case("STAFF_DECREASE", {"op": "QUOTA_CUT", "body": body, "unit": ADMIN, "requested": cut})
    assert said(case, "D486-06") == (["甲局行政编制核减3名后实有人数将超过核定数（空编2名）。"] if refused else [])


@pytest.mark.parametrize(("cut", "refused"), [(2, True), (1, False)])
def test_LP_05_leader_posts_in_use_are_not_cut(cut: int, refused: bool) -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN, posts={DEPUTY: (3, 2)})
    case = district.open().case("LEADER_POSTS", {"op": "LEADER_CUT", "body": body, "unit": DEPUTY, "requested": cut})
    assert said(case, "LP-05") == (["甲局副科级领导职数空缺1名，本事项需要2名。"] if refused else [])


@pytest.mark.parametrize(("people", "refused"), [(4, True), (3, False)])
def test_P19_no_more_people_go_along_than_there_are(people: int, refused: bool) -> None:
    district = District()
    giver = district.body("甲中心", posts={PSU: (10, 3)})
    street = district.body("乙街道", category=BodyCategory.STREET)
    line = {
        "op": "QUOTA_TRANSFER", "body": giver, "counterpart": street, "unit": PSU, "requested": 5,
        "params": {"people": people},
    }  # fmt: skip
    text = "甲中心事业编制（全额拨款）实有3人，不足随编划转4人。"
    assert said(district.open().case("STAFF_TRANSFER", line), "P19") == ([text] if refused else [])


def test_P7_an_imported_excess_is_never_used_or_enlarged() -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN, posts={ADMIN: (20, 23)})
    district.open()
    use = district.case("STAFF_USE", {"op": "USE", "body": body, "unit": ADMIN})
    cut = district.case("STAFF_DECREASE", {"op": "QUOTA_CUT", "body": body, "unit": ADMIN})
    for case in (use, cut):
        finding = only(case, "P7")
        assert finding.blocks
        assert "已超3名（核定20、实有23）" in finding.message


def test_P7_a_grant_that_reduces_the_excess_is_allowed() -> None:
    district = District()
    body = district.body("甲局", category=BodyCategory.GOVERNMENT_ORGAN, posts={ADMIN: (20, 23)})
    line = {"op": "QUOTA_ADD", "body": body, "unit": ADMIN, "requested": 2, "params": {"source": "CITY"}}
    assert found(district.open().case("STAFF_INCREASE", line), "P7") == []


@pytest.mark.parametrize(("asked", "warned"), [(3, True), (2, False)])
def test_P20_posts_that_another_accepted_case_wants_are_warned(asked: int, warned: bool) -> None:
    district = District()
    giver = district.body("甲中心", posts={PSU: (10, 5)})
    street = district.body("乙街道", category=BodyCategory.STREET)
    line = {"op": "QUOTA_TRANSFER", "body": giver, "counterpart": street, "unit": PSU}
    first = district.open().case("STAFF_TRANSFER", {**line, "requested": 3})
    Proposal.objects.filter(pk=first.pk).update(state="ARGUING", head_seq=1, accepted_on=DAY)
    findings = found(district.case("STAFF_TRANSFER", {**line, "requested": asked}), "P20", step="accept")
    assert bool(findings) is warned
    assert not warned or findings[0].severity == Severity.WARN
    assert not warned or "空编5名，其他已受理事项拟用3名" in findings[0].message
