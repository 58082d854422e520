"""Going live: an opening balance comes in only without fault, and an excess only with its problem (practice P7)."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from proposals import balances, opening_faults, opening_sheets
from proposals.models import Body, Posting
from proposals.models.sideregisters import ProblemItem
from tests import builders
from workflows.attempt import Refused

pytestmark = pytest.mark.django_db
FULL = "PSU_FULL"


@pytest.fixture
def office():
    return builders.found_office()


def body(code: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": f"{code}中心", "category": "PSU", "rank": 20, "opened_on": "2019-03-01",
            "paper": "设立批复", **more}  # fmt: skip


def opening(**more: Any) -> dict[str, Any]:
    return {
        "on": "2020-01-01", "paper": "核定表", "totals": {FULL: 30}, "bodies": [body("A1")],
        "quotas": [{"body": "A1", "unit": FULL, "approved": 20, "actual": 18}], "problems": [], **more,
    }  # fmt: skip


EXCESS = {
    "totals": {FULL: 30},
    "quotas": [{"body": "A1", "unit": FULL, "approved": 20, "actual": 23}],
}
PROBLEM = {"number": "W1", "body": "A1", "topic": "OVER_QUOTA", "problem": "超编3名", "unit": FULL, "excess": 3}


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"bodies": [body("A1"), body("A1")]}, ("机构", 3, "机构编号")),
        ({"bodies": [body("A1", credit_code="11150302MB0000001X")]}, ("机构", 2, "统一社会信用代码")),
        ({"bodies": [body("A1", parent="Z9")]}, ("机构", 2, "隶属机构编号")),
        ({"bodies": [body("A1", category="局")]}, ("机构", 2, "机构类别")),
        ({"bodies": [body("A1", opened_on="三月")]}, ("机构", 2, "设立日期")),
        ({"quotas": [{"body": "B2", "unit": FULL, "approved": 1}]}, ("编制", 2, "机构编号")),
        ({"quotas": [{"body": "A1", "unit": "编", "approved": 1}]}, ("编制", 2, "类型")),
        ({"quotas": [{"body": "A1", "unit": FULL, "approved": "十"}]}, ("编制", 2, "核定数")),
        ({"totals": {FULL: 19}}, ("总量", 2, "总量")),
        (EXCESS, ("编制", 2, "实有数")),
        ({**EXCESS, "problems": [{**PROBLEM, "excess": 2}]}, ("编制", 2, "实有数")),
    ],
)
def test_every_mistake_is_named_by_sheet_row_and_column(office, wrong: dict, place: tuple) -> None:
    found = opening_faults.faults(facts=opening(**wrong), territory=office.district)
    assert place in [fault[:3] for fault in found]
    with pytest.raises(Refused) as refusal:
        office.enter("import_opening", "bianban1", **opening(**wrong))
    assert refusal.value.codes == {"OPENING_FAULT"}
    assert Body.objects.count() == 0


def test_an_excess_comes_in_with_its_problem_and_only_shrinks(office) -> None:
    office.enter("import_opening", "bianban1", **opening(**EXCESS, problems=[PROBLEM]))
    centre = Body.objects.get(code="A1")
    numbers = balances.standing(territory=office.district, as_of=office.now.date())[centre.pk, FULL]
    assert (numbers.approved, numbers.actual, numbers.over) == (20, 23, 3)
    assert ProblemItem.objects.get().excess == 3
    facts = {"body": str(centre.uuid), "unit": FULL, "paper": "审批表"}
    with pytest.raises(Refused):
        office.enter("enrol", "bianban1", count=1, **facts)
    office.enter("leave", "bianban1", count=1, cause="RETIRED", **facts)
    office.now += timedelta(days=1)
    assert balances.vacancy(body=centre, unit=FULL, as_of=office.now.date()) == -2
    for op, more in (("QUOTA_CUT", {}), ("USE", {})):
        case = builders.draft(office, "OTHER", [{"op": op, "body": centre.uuid, "unit": FULL, "requested": 1, **more}])
        shortfalls = balances.plan.of_case(case=case, as_of=office.now.date()).shortfalls
        assert shortfalls and "超编2" in shortfalls[0].message


def filled(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, columns in opening_sheets.SHEETS.items():
        sheet = book.create_sheet(title)
        sheet.append([column.heading for column in columns])
        for row in sheets.get(title, []):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = {
    "总量": [["事业编制(全额拨款)", 30]],
    "机构": [
        [
            "A1",
            "甲中心",
            "",
            "事业单位",
            "副科级",
            "事业单位",
            "",
            "",
            "公益一类",
            "全额拨款",
            "甲牌、乙牌",
            "2019/3/1",
            "批复",
        ]
    ],
    "编制": [["A1", "事业编制(全额拨款)", 20, 18, 0]],
}


def signed_in(office) -> Client:
    client = Client()
    client.force_login(office.people["bianban1"], backend="django.contrib.auth.backends.ModelBackend")
    return client


def check(client: Client, data: bytes, **more: str):
    sheet = SimpleUploadedFile("期初.xlsx", data)
    typed = {"on": "2020-01-01", "paper": "核定表", "declared": "on", "do": "check", "sheet": sheet, **more}
    return client.post(reverse("opening_import"), typed)


def test_a_workbook_is_checked_first_and_then_entered(office, settings, tmp_path) -> None:
    settings.VAR = tmp_path
    client = signed_in(office)
    shown = check(client, filled(**GOOD))
    assert shown.status_code == 200 and "没有发现问题" in shown.content.decode()
    assert Posting.objects.count() == 0
    typed = {"on": "2020-01-01", "paper": "核定表", "do": "enter", "sha256": shown.context["digest"]}
    assert client.post(reverse("opening_import"), {**typed, "key": str(uuid.uuid4())}).status_code == 302
    assert Body.objects.get(code="A1").version(on=office.now.date()).plates == ["甲牌", "乙牌"]
    assert balances.totals(territory=office.district, as_of=office.now.date())[FULL] == (30, 10)


def test_a_closed_day_is_named_when_the_workbook_is_checked(office, settings, tmp_path) -> None:
    settings.VAR = tmp_path
    office.enter("import_opening", "bianban1", **opening(bodies=[body("B1")], quotas=[]))
    office.enter("close_period", "zhuren", through="2025-12-31", reason="核对无误")
    shown = check(signed_in(office), filled(**GOOD))
    assert (
        shown.status_code == 422 and "期初日期不能是2020-01-01,请改为2026-01-01或以后的日期" in shown.content.decode()
    )
    assert check(signed_in(office), filled(**GOOD), on="2026-01-01").status_code == 200


def test_a_bad_workbook_enters_nothing_and_says_where(office, settings, tmp_path) -> None:
    settings.VAR = tmp_path
    bad = {**GOOD, "编制": [["A1", "事业编制(全额拨款)", 20, 18, 0], ["B9", "行政编制", "很多", 1, 0]]}
    shown = check(signed_in(office), filled(**bad))
    text = shown.content.decode()
    assert shown.status_code == 422 and "没有登记任何内容" in text and "B9" in text
    assert Posting.objects.count() == 0


def test_the_template_reads_back_with_its_example(office) -> None:
    template = signed_in(office).get(reverse("opening_template")).content
    facts, unread = opening_sheets.read(template)
    assert unread == []
    assert opening_faults.faults(facts=facts, territory=office.district) == []
