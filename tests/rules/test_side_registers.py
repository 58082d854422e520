"""The registers beside the ledger add up to the founding report, and change by steps with papers and evidence only."""

import uuid
from datetime import date

import pytest
from django.core.management import call_command

from proposals import figures, side_data
from proposals.act import Actor
from proposals.models import Borrowed, DutyItem, Person, Pledge, ProblemItem, Register, Territory
from tests.builders import NOON
from workflows.attempt import Ref, Refused
from workflows.perform import perform

ON = date(2026, 3, 1)


@pytest.fixture
def district(db: None) -> Territory:
    call_command("load_district", skip_checks=True, verbosity=0)
    return Territory.objects.get(path="/wuhai/haibowan/")


def take(district: Territory, step: str, who: str, **facts):
    return perform(
        subject=Ref("register", Register.objects.get(territory=district).uuid), step=step, at=NOON, key=uuid.uuid4(),
        actor=Actor.of(Person.objects.get(username=who)), seen=None, **facts,
    )  # fmt: skip


def figure(district: Territory, label: str, on: date = ON) -> figures.Figure:
    return next(one for one in figures.all_of(territory=district, as_of=on) if one.label == label)


def test_S11_the_problem_ledger_of_53_is_closed_and_29_are_16_and_13(district: Territory) -> None:
    first, second = side_data.batches(territory=district, on=ON)
    assert (first.entered, first.closed, first.percent) == (53, 53, "100%")
    assert (second.entered, second.closed, second.left) == (29, 16, 13)
    left = ProblemItem.objects.filter(closed_on=None).values_list("unit", flat=True)
    assert (list(left).count("SECTION_CHIEF"), list(left).count("SECTION_DEPUTY")) == (3, 10)


def test_S11_before_the_deadline_the_53_were_still_open(district: Territory) -> None:
    first = side_data.batches(territory=district, on=date(2019, 1, 1))[0]
    assert (first.entered, first.closed) == (53, 0)


def test_S9_the_town_falls_short_of_70_percent_and_streets_are_not_measured(district: Territory) -> None:
    town, streets = sorted(
        side_data.claim_rates(territory=district, on=ON), key=lambda rate: rate.duty_list.code, reverse=True
    )
    assert (town.claimed, town.base, town.percent, town.falls_short) == (41, 99, "41.4%", True)
    assert "99项中承接41项，承接率41.4%，低于70%的要求" in town.warning
    assert (streets.claimed, streets.base, streets.unclaimable, streets.falls_short) == (11, 19, 80, False)


def test_S13_twenty_five_pledges_are_15_cancelled_and_10_kept(district: Territory) -> None:
    found = figure(district, "清理事项")
    assert (found.value, found.note) == ("25", "取消15，保留10（9+1）")


@pytest.mark.parametrize(
    ("label", "value", "note"),
    [
        ("党政机构", "35", "11+24"),
        ("议事协调机构", "9", "限额9"),
        ("党政机构行政编制", "461", "限额461"),
        ("党政机构科级职数", "248", "正科级79+副科级169"),
        ("乡镇科级职数", "11", "正科级3+副科级8"),
        ("街道科级职数", "54", "正科级18+副科级36"),
        ("党政机构和镇街科级职数合计", "313", "正科级100+副科级213"),
        ("第一批(超编)", "53", "销号率100%"),
        ("千里山镇赋权清单", "41", "41.4%"),
        ("转隶人员", "66", ""),
        ("网格工作人员", "1228", ""),
    ],
)
def test_one_page_prints_the_figures_of_the_report_each_with_its_source(
    district: Territory, label: str, value: str, note: str
) -> None:
    found = figure(district, label)
    assert found.value == value
    assert note in found.note
    assert found.source


def test_figures_cost_the_same_however_many_rows_there_are(district: Territory, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(32):
        figures.all_of(territory=district, as_of=ON)


def test_a_problem_is_closed_once_with_evidence_by_the_inspector(district: Territory) -> None:
    problem = ProblemItem.objects.filter(closed_on=None).first()
    facts = {"row": str(problem.uuid), "way": "MOVED", "measure": "干部转任"}
    with pytest.raises(Refused) as refusal:
        take(district, "close_problem", "hegao", **facts)
    assert refusal.value.codes == {"NO_EVIDENCE"}
    take(district, "close_problem", "hegao", evidence=("a" * 64,), **facts)
    problem.refresh_from_db()
    assert (problem.closed_on, problem.way, problem.evidence) == (NOON.date(), "MOVED", ["a" * 64])
    with pytest.raises(Refused) as refusal:
        take(district, "close_problem", "hegao", evidence=("a" * 64,), **facts)
    assert refusal.value.codes == {"PROBLEM_CLOSED"}


def test_S11_of_the_29_over_ranked_leaders_13_are_left_and_2_once_the_city_grants_eleven_posts(
    district: Territory,
) -> None:
    for unit, granted in (("SECTION_CHIEF", 2), ("SECTION_DEPUTY", 9)):
        for problem in ProblemItem.objects.filter(closed_on=None, unit=unit)[:granted]:
            facts = {"row": str(problem.uuid), "way": "GRANTED", "measure": "市级核增职数"}
            take(district, "close_problem", "zhuren", evidence=("c" * 64,), **facts)
    second = side_data.batches(territory=district, on=NOON.date())[1]
    assert (second.entered, second.closed, second.left) == (29, 27, 2)
    left = ProblemItem.objects.filter(closed_on=None).values_list("unit", flat=True)
    assert sorted(left) == ["SECTION_CHIEF", "SECTION_DEPUTY"]


def test_a_matter_is_one_account(district: Territory) -> None:
    facts = {
        "number": "2026-3-01", "batch": "2026年自查", "body": "HBW-Z09", "topic": "OVER_QUOTA", "problem": "超编1人",
        "unit": "ADMIN", "excess": 1, "due_on": "2026-12-31", "paper": "自查报告",
    }  # fmt: skip
    take(district, "enter_problem", "bianban1", **facts)
    assert ProblemItem.objects.get(number="2026-3-01").body_name == "区自然资源局"
    with pytest.raises(Refused) as refusal:
        take(district, "enter_problem", "bianban1", **facts)
    assert refusal.value.codes == {"NUMBER_TAKEN"}


def test_a_claim_moves_the_rate_from_its_day(district: Territory) -> None:
    item = DutyItem.objects.get(name="其余未承接权力事项")
    take(district, "claim_duty", "bianban1", row=str(item.uuid), mode="CONFIRM", paper="海区发〔2026〕2号")
    after = {rate.duty_list.code: rate for rate in side_data.claim_rates(territory=district, on=NOON.date())}
    assert (after["QLS-POWER"].claimed, after["QLS-POWER"].percent) == (66, "66.7%")
    before = {rate.duty_list.code: rate for rate in side_data.claim_rates(territory=district, on=ON)}
    assert before["QLS-POWER"].claimed == 41


def test_pledges_and_borrowed_staff_come_and_go_by_steps(district: Territory) -> None:
    take(district, "enter_pledge", "bianban1", title="新增责任状", form="PLEDGE", department="某局", paper="文件")
    pledge = Pledge.objects.get(title="新增责任状")
    take(district, "cancel_pledge", "bianban1", row=str(pledge.uuid), paper="清理通知")
    pledge.refresh_from_db()
    assert (pledge.result, pledge.until) == ("CANCELLED", NOON.date())
    lent = {"body": "HBW-J03", "borrower": "某局", "count": 2, "approved": "NO", "grounds": "专项工作", "paper": "函"}
    take(district, "enter_borrowed", "bianban1", **lent)
    assert figure(district, "借调抽调人员", NOON.date()).value == "2"
    take(district, "return_borrowed", "bianban1", row=str(Borrowed.objects.get().uuid))
    assert Borrowed.objects.get().until == NOON.date()


def test_the_registers_are_opened_once(district: Territory) -> None:
    with pytest.raises(Refused) as refusal:
        take(district, "import_side_registers", "bianban1", on="2020-06-30", paper="报告", problems=[])
    assert refusal.value.codes == {"ALREADY_OPEN"}
