"""The days people choose: what happened earlier is entered with its own day, and stands in the ledger from it."""

from __future__ import annotations

import os
import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from proposals.ledger import balances
from proposals.models import Body, BodyVersion, Borrowed, Entry, Person, Pledge, Posting, ProblemItem, Territory
from tests.databases import Database

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
LIBRARY = "区图书馆"


def test_what_is_entered_late_is_refused_only_where_a_day_would_fall_below_zero(database: Database) -> None:
    printed = database.run("-m", "tests.ledger.late", 1000 if DEEP else 30, timeout=3000)
    assert int(printed.split()[-2]) > 30


@pytest.fixture
def district(loaded: None, db: None) -> Territory:
    """The loaded district, lent to one test."""
    return Territory.objects.get(path="/wuhai/haibowan/")


def clerk(username: str = "bianban1") -> Client:
    client = Client()
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def library() -> Body:
    return BodyVersion.objects.select_related("body").get(name=LIBRARY).body


def typed(step: str, **fields: str) -> tuple[str, dict[str, str]]:
    usual = {"unit": "PSU_FULL", "count": "1", "paper": "审批表", "key": str(uuid.uuid4())}
    return reverse("register_step", args=[step]), {**usual, **fields}


def actual(on: date) -> int:
    return balances.standing(territory=library().territory, as_of=on, bodies=[library()])[
        library().pk, "PSU_FULL"
    ].actual


def test_a_retirement_of_last_month_counts_from_its_own_day(district: Territory) -> None:
    today = timezone.localdate()
    day = today - timedelta(days=30)
    address, form = typed("leave", body=str(library().uuid), cause="RETIRED", happened_on=day.isoformat())
    shown = clerk().get(address).content.decode()
    assert "业务日期" in shown and f'value="{today.isoformat()}"' in shown
    before = actual(today)
    assert clerk().post(address, form).status_code == 302
    assert clerk().post(address, form).status_code == 302, "the same form again is the same entry"
    posting = Posting.objects.get(kind="LEAVE")
    entry = Entry.objects.get(hash=posting.entry_hash)
    assert (posting.effective_on, entry.happened_on, timezone.localdate(entry.at)) == (day, day, today)
    assert [actual(on) for on in (day - timedelta(days=1), day, today)] == [before, before - 1, before - 1]


@pytest.mark.parametrize(
    ("step", "fields"),
    [("leave", {"cause": "MOVED"}), ("enrol", {}), ("enter_grant", {})],
)
def test_no_business_day_lies_in_the_future(district: Territory, step: str, fields: dict[str, str]) -> None:
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    address, form = typed(step, body=str(library().uuid), happened_on=tomorrow, **fields)
    refused = clerk().post(address, form)
    assert refused.status_code == 422
    assert "业务日期不能晚于今天，请核对。" in refused.content.decode()
    assert f'value="{tomorrow}"' in refused.content.decode(), "what was typed stays"


def test_a_day_must_be_given(district: Territory) -> None:
    address, form = typed("leave", body=str(library().uuid), cause="MOVED", happened_on="")
    refused = clerk().post(address, form)
    assert refused.status_code == 422 and "请填写「业务日期」。" in refused.content.decode()


def test_more_people_than_there_were_on_the_worst_day_cannot_have_left(district: Territory) -> None:
    today, there = timezone.localdate(), actual(timezone.localdate())
    early, later = today - timedelta(days=20), today - timedelta(days=10)
    address, form = typed("leave", body=str(library().uuid), cause="MOVED", happened_on=later.isoformat(), count="2")
    assert clerk().post(address, form).status_code == 302
    address, form = typed(
        "leave", body=str(library().uuid), cause="MOVED", happened_on=early.isoformat(), count=str(there)
    )
    refused = clerk().post(address, form).content.decode()
    assert f"{later.isoformat()}实有{there - 2}，减员{there}超出实有数，请核对人数和业务日期。" in refused


def test_a_body_that_did_not_stand_yet_is_named_with_the_day(district: Territory) -> None:
    address, form = typed("leave", body=str(library().uuid), cause="MOVED", happened_on="2001-01-01")
    refused = clerk().post(address, form).content.decode()
    assert "单位在2001-01-01尚未设立、已经撤销，请核对单位和业务日期。" in refused


def test_a_grant_of_before_the_opening_stands_in_it_already(district: Territory) -> None:
    address, form = typed("enter_grant", happened_on="2019-01-01")
    refused = clerk().post(address, form)
    assert refused.status_code == 422 and "期初登记，此前的下达数已在期初数内" in refused.content.decode()
    address, form = typed("enter_grant", happened_on="2025-06-01", count="5")
    assert clerk().post(address, form).status_code == 302
    totals = [
        balances.totals(territory=district, as_of=on)["PSU_FULL"][0] for on in (date(2025, 5, 31), date(2025, 6, 1))
    ]
    assert totals[1] - totals[0] == 5


def side(step: str, who: str = "bianban1", **fields: str):
    return clerk(who).post(reverse("side_step", args=[step]), {"key": str(uuid.uuid4()), **fields})


def test_the_registers_beside_keep_the_day_on_which_it_happened(district: Territory) -> None:
    day = timezone.localdate() - timedelta(days=40)
    pledge = {"title": "某责任状", "form": "PLEDGE", "department": "某局", "paper": "文件"}
    assert side("enter_pledge", happened_on=day.isoformat(), **pledge).status_code == 302
    assert Pledge.objects.get(title="某责任状").since == day
    early, late = (timezone.localdate() + timedelta(days=n) for n in (-41, 1))
    row = Borrowed.objects.create(
        territory=district, lender=district.bodies.get(code="HBW-J03"), borrower="某局", count=2, since=day, paper="表"
    )
    refused = side("return_borrowed", row=str(row.uuid), happened_on=early.isoformat())
    assert refused.status_code == 422
    assert f"早于这一条目的登记日期{day.isoformat()}" in refused.content.decode()
    assert side("return_borrowed", row=str(row.uuid), happened_on=late.isoformat()).status_code == 422


def test_borrowed_staff_come_and_go_on_their_own_days(district: Territory) -> None:
    came, went = (timezone.localdate() - timedelta(days=n) for n in (60, 5))
    lent = {"body": "HBW-J03", "borrower": "某局", "count": "2", "grounds": "专班", "paper": "函"}
    assert side("enter_borrowed", happened_on="2001-01-01", **lent).status_code == 422
    assert side("enter_borrowed", happened_on=came.isoformat(), **lent).status_code == 302
    row = Borrowed.objects.get()
    assert side("return_borrowed", row=str(row.uuid), happened_on=went.isoformat()).status_code == 302
    row.refresh_from_db()
    assert (row.since, row.until) == (came, went)


def test_a_problem_is_not_settled_before_it_was_entered(district: Territory) -> None:
    problem = ProblemItem.objects.filter(closed_on=None).first()
    assert "业务日期" in clerk("hegao").get(reverse("side_step", args=["close_problem"])).content.decode()
    entry = {
        "number": "2026-9-01",
        "batch": "自查",
        "body": "HBW-Z09",
        "topic": "OTHER",
        "problem": "问题",
        "paper": "报告",
    }
    future = (timezone.localdate() + timedelta(days=1)).isoformat()
    refused = side("enter_problem", due_on=future, happened_on=future, **entry)
    assert refused.status_code == 422 and "业务日期不能晚于今天" in refused.content.decode()
    assert problem is not None and not ProblemItem.objects.filter(number="2026-9-01").exists()


def test_a_figure_has_one_value_a_day(district: Territory) -> None:
    figure = {"item": "GRID", "label": "网格", "value": "3", "measure": "人", "group": "基层", "paper": "报表"}
    assert side("enter_figure", happened_on="2025-12-31", **figure).status_code == 302
    again = side("enter_figure", happened_on="2025-12-31", **figure)
    assert again.status_code == 422 and "项目GRID在2025-12-31已有数据" in again.content.decode()
