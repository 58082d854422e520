"""Going live: an opening balance comes in only without fault, and an excess only with its problem."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from proposals.ledger import balances
from proposals.models import Body
from proposals.opening import faults
from proposals.opening.workbook import sheets as opening_sheets
from proposals.plan import trial
from proposals.side_registers.models import ProblemItem
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
    found = faults.faults(facts=opening(**wrong), territory=office.district)
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
    assert (
        balances.balance(accounts=centre.accounts.filter(unit=FULL, compartment="VACANT"), as_of=office.now.date())
        == -2
    )
    for op, more in (("QUOTA_CUT", {}), ("USE", {})):
        case = builders.draft(office, "OTHER", [{"op": op, "body": centre.uuid, "unit": FULL, "requested": 1, **more}])
        shortfalls = trial.of_case(case=case, as_of=office.now.date()).shortfalls
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
    "总量": [["事业编制（全额拨款）", 30]],
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
    "编制": [["A1", "事业编制（全额拨款）", 20, 18, 0]],
}


def packed(data: bytes, **changed: bytes) -> bytes:
    """Return the workbook with the parts of these names replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            name = entry.filename.rsplit("/", 1)[-1].removesuffix(".xml")
            after.writestr(entry.filename, changed.get(name, before.read(entry)))
    return out.getvalue()


def said(data: bytes) -> str:
    return " ".join(map(str, opening_sheets.read(data)[1]))


def test_a_workbook_that_unpacks_enormously_is_not_unpacked() -> None:
    bomb = packed(filled(**GOOD), sheet1=b"<worksheet>" + b" " * (opening_sheets.MOST_UNPACKED + 1))
    assert len(bomb) < 1 << 20
    assert "解压后超过48MB" in said(bomb)


@pytest.mark.parametrize("sheet2", [b"<worksheet><sheetData><row", b"", b"<a>" * 50_000])
def test_a_broken_workbook_is_a_fault_of_the_file(sheet2: bytes) -> None:
    facts, unread = opening_sheets.read(packed(filled(**GOOD), sheet2=sheet2))
    assert facts["bodies"] == [] and ("打不开" in str(unread[0]) or "缺少这一列" in str(unread[0]))


def test_what_a_sheet_says_of_its_own_size_is_not_believed() -> None:
    data = filled(**GOOD)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet2.xml")
    for size in (b"A1", b"A1:XFD1048576"):
        told = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + size + b'"', sheet)
        assert told != sheet
        reading = opening_sheets.Reading(packed(data, sheet2=told))
        assert [step[1:] for step in reading.steps()] == [(1, 3), (2, 3), (3, 3)]
        assert [row["code"] for row in reading.facts["bodies"]] == ["A1"] and reading.unread == []


def test_rows_beyond_the_limit_are_named_and_never_dropped_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening_sheets, "MOST_ROWS", 3)
    three = {**GOOD, "编制": [[code, "行政编制", 1, 1, 0] for code in ("A1", "A2", "A3")]}
    assert "“编制”表第4行“机构编号”：填写的内容超过" in said(filled(**three))


def test_a_row_that_stands_beyond_every_sheet_ends_the_reading() -> None:
    data = filled(**GOOD)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet3.xml")
    far = sheet.replace(b"</sheetData>", b'<row r="99999999999"/></sheetData>')
    assert "“编制”表第1048577行" in said(packed(data, sheet3=far))


@pytest.mark.parametrize(
    ("sheet", "column", "value", "message"),
    [
        ("机构", 1, "很" * 101, "超过100个字"),
        ("机构", 0, "A" * 31, "超过30个字"),
        ("问题", 5, "三名", "不小于0的整数"),
        ("问题", 4, "编制", "没有“编制”这一类型"),
        ("编制", 2, "²", "不小于0的整数"),
        ("编制", 2, "9" * 5000, "不小于0的整数"),
    ],
)
def test_what_the_register_has_no_room_for_is_a_fault(
    office, sheet: str, column: int, value: str, message: str
) -> None:
    problem = ["W1", "A1", "超编", "实有超出核定1名", "事业编制（全额拨款）", 1, "自然减员"]
    rows = {name: [list(row) for row in found] for name, found in {**GOOD, "问题": [problem]}.items()}
    rows[sheet][0][column] = value
    facts, unread = opening_sheets.read(filled(**rows))
    assert unread == []
    found = [fault for fault in faults.faults(facts=facts, territory=office.district) if fault.sheet == sheet]
    assert any(message in fault.message and fault.row == 2 for fault in found), found


def test_the_template_reads_back_with_its_example(office) -> None:
    client = Client()
    client.force_login(office.people["bianban1"], backend="django.contrib.auth.backends.ModelBackend")
    template = client.get(reverse("opening_template")).content
    facts, unread = opening_sheets.read(template)
    assert unread == []
    assert faults.faults(facts=facts, territory=office.district) == []
