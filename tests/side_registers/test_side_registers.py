"""The registers beside the ledger add up to the founding report, and change by steps with papers and evidence only."""

import uuid
from collections.abc import Iterator
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from proposals.models import (
    Account,
    Body,
    Borrowed,
    DutyItem,
    DutyList,
    Entry,
    Person,
    Pledge,
    ProblemItem,
    Register,
    ReportedFigure,
    Seconded,
    Territory,
)
from proposals.procedure.act import Actor
from proposals.register import figures
from proposals.side_registers import totals
from tests import builders
from tests.builders import NOON
from tests.web.conftest import undone
from workflows.attempt import Ref, Refused
from workflows.audit import side_registers
from workflows.perform import perform

ON = date(2026, 3, 1)


@pytest.fixture
def district(loaded: None, django_db_blocker) -> Iterator[Territory]:
    """Lend the district to one test; whatever the test does to it is undone."""
    with django_db_blocker.unblock(), undone():
        yield Territory.objects.get(path="/wuhai/haibowan/")


def take(district: Territory, step: str, who: str, **facts):
    return perform(
        subject=Ref("register", Register.objects.get(territory=district).uuid),
        step=step,
        at=NOON,
        key=uuid.uuid4(),
        actor=Actor.of(Person.objects.get(username=who)),
        seen=None,
        **builders.told(facts),
    )


def figure(district: Territory, label: str, on: date = ON) -> figures.Figure:
    return next(one for one in figures.all_of(territory=district, as_of=on) if one.label == label)


def test_S11_the_problem_ledger_of_53_is_closed_and_29_are_16_and_13(district: Territory) -> None:
    first, second = totals.batches(territory=district, on=ON)
    assert (first.entered, first.closed, first.percent) == (53, 53, "100%")
    assert (second.entered, second.closed, second.left) == (29, 16, 13)
    left = ProblemItem.objects.filter(closed_on=None).values_list("unit", flat=True)
    assert (list(left).count("SECTION_CHIEF"), list(left).count("SECTION_DEPUTY")) == (3, 10)


def test_S11_before_the_deadline_the_53_were_still_open(district: Territory) -> None:
    first = totals.batches(territory=district, on=date(2019, 1, 1))[0]
    assert (first.entered, first.closed) == (53, 0)


def test_S9_the_town_falls_short_of_70_percent_and_streets_are_not_measured(district: Territory) -> None:
    town, streets = sorted(
        totals.claim_rates(territory=district, on=ON), key=lambda rate: rate.duty_list.code, reverse=True
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
        ("第一批（超编）", "53", "销号率100%"),
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


def test_a_problem_that_needs_posts_is_not_closed_by_hand(district: Territory) -> None:
    problem = ProblemItem.objects.filter(closed_on=None).first()
    facts = {"row": str(problem.uuid), "way": "GRANTED", "measure": "市级核增职数"}
    with pytest.raises(Refused, match="消化途径"):
        take(district, "close_problem", "zhuren", evidence=("c" * 64,), **facts)


def test_a_problem_is_closed_when_the_ledger_agrees(district: Territory) -> None:
    body = Body.objects.get(code="HBW-Z09")
    problem = ProblemItem.objects.create(
        territory=district, number="W1", batch="自查", body=body, body_name="区自然资源局", topic="OVER_QUOTA", problem="超",
        unit="ADMIN", excess=1, since=ON, paper="自查报告",
    )  # fmt: skip
    facts = {"row": str(problem.uuid), "way": "ATTRITION", "measure": "退休消化", "evidence": ("a" * 64,)}
    vacant = body.accounts.get(unit="ADMIN", compartment="VACANT")
    Account.objects.filter(pk=vacant.pk).update(balance=-1, floor=-1)
    with pytest.raises(Refused, match="台账中区自然资源局行政编制仍超1名，其余未销号问题只说明0名"):
        take(district, "close_problem", "hegao", **facts)
    with pytest.raises(Refused, match="业务日期早于这一条目的登记日期"):
        take(district, "close_problem", "hegao", happened_on=date(2026, 2, 1), **facts)
    Account.objects.filter(pk=vacant.pk).update(balance=0)
    take(district, "close_problem", "hegao", **facts)


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


def test_what_was_found_is_entered_and_what_is_decided_has_no_step(district: Territory) -> None:
    take(district, "enter_pledge", "bianban1", title="某责任状", form="PLEDGE", department="某局", paper="清理表")
    assert Pledge.objects.get(title="某责任状").result == "FOUND"
    assert figure(district, "清理事项", NOON.date()).note.endswith("待清理1")
    lent = {"body": "HBW-J03", "borrower": "某局", "count": 2, "grounds": "专项工作", "paper": "清理表"}
    take(district, "enter_borrowed", "bianban1", **lent)
    assert figure(district, "借调抽调人员", NOON.date()).value == "2"
    row = {"row": str(Borrowed.objects.get().uuid)}
    take(district, "return_borrowed", "bianban1", **row)
    assert Borrowed.objects.get().until == NOON.date()
    with pytest.raises(Refused) as refusal:
        take(district, "return_borrowed", "bianban1", **row)
    assert refusal.value.codes == {"ROW_SETTLED"}
    for step in ("claim_duty", "cancel_pledge"):
        with pytest.raises(Refused) as refusal:
            take(district, step, "bianban1", **row, mode="CONFIRM", paper="文件")
        assert "NOT_OPEN" in refusal.value.codes


def test_every_row_names_the_entry_that_made_it(district: Territory) -> None:
    take(district, "enter_pledge", "bianban1", title="某责任状", form="PLEDGE", department="某局", paper="清理表")
    chain = set(Entry.objects.values_list("hash", flat=True))
    for table in (Borrowed, DutyItem, DutyList, Pledge, ProblemItem, ReportedFigure, Seconded):
        assert set(table.objects.values_list("entry_hash", flat=True)) <= chain, table


def test_the_registers_are_opened_once(district: Territory) -> None:
    with pytest.raises(Refused) as refusal:
        take(district, "import_side_registers", "bianban1", on="2020-06-30", paper="报告", problems=[])
    assert refusal.value.codes == {"ALREADY_OPEN"}


def test_rows_of_an_earlier_release_find_their_entries_in_the_chain(district: Territory) -> None:
    problem = {
        "number": "2026-3-01", "batch": "2026年自查", "body": "HBW-Z09", "topic": "OVER_QUOTA", "problem": "超编1人",
        "due_on": "2026-12-31", "paper": "自查报告",
    }  # fmt: skip
    take(district, "enter_problem", "bianban1", **problem)
    take(district, "enter_pledge", "bianban1", title="某责任状", form="PLEDGE", department="某局", paper="清理表")
    lent = {"body": "HBW-J03", "borrower": "某局", "count": 2, "grounds": "专项工作", "paper": "清理表"}
    take(district, "enter_borrowed", "bianban1", **lent)
    take(district, "return_borrowed", "bianban1", row=str(Borrowed.objects.get().uuid))
    tables = (Borrowed, DutyItem, DutyList, Pledge, ProblemItem, ReportedFigure, Seconded)
    named = {table: list(table.objects.values_list("pk", "entry_hash", "settled_hash")) for table in tables}
    for table in tables:
        table.objects.update(entry_hash="", settled_hash="")
    assert list(side_registers.side_rows()) != []
    import_module("proposals.migrations.0007_side_rows_find_their_entries").name_entries(apps, None)
    assert {table: list(table.objects.values_list("pk", "entry_hash", "settled_hash")) for table in tables} == named
    assert list(side_registers.side_rows()) == []


@pytest.mark.parametrize(
    ("table", "values", "said"),
    [
        (ProblemItem, {"problem": "超编9人"}, "问题整改台账「2018-1-01"),
        (DutyItem, {"count": 40}, "权责清单事项「已承接权力事项」与期初登记不符"),
        (Pledge, {"result": "CANCELLED"}, "责任状和一票否决「保留的责任状1」与期初登记不符"),
        (ReportedFigure, {"value": 1}, "报送数据「"),
    ],
)
def test_the_audit_finds_a_row_that_somebody_changed(district: Territory, table, values: dict, said: str) -> None:
    assert list(side_registers.side_rows()) == []
    row = table.objects.filter(title="保留的责任状1").get() if table is Pledge else table.objects.order_by("pk").first()
    table.objects.filter(pk=row.pk).update(**values)
    found = list(side_registers.side_rows())
    assert len(found) == 1 and found[0].startswith(said), found


def test_the_audit_finds_rows_added_taken_away_and_closed_by_hand(district: Territory) -> None:
    Pledge.objects.create(territory=district, title="无据", form="PLEDGE", since=ON, paper="无")
    assert list(side_registers.side_rows()) == ["责任状和一票否决「无据」的登记找不到相应的办理记录。"]
    Pledge.objects.filter(title="无据").delete()
    DutyItem.objects.filter(name="未承接权力事项").delete()
    assert list(side_registers.side_rows()) == ["权责清单事项期初登记10条，现有9条。"]
