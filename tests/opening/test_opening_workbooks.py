"""The opening workbook is read as offices fill it in: nothing is guessed, nothing is dropped without a word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from proposals.models import Body
from proposals.opening import faults
from proposals.opening.workbook import sheets as opening_sheets
from proposals.opening.workbook.cells import Misread, Noted, count, day, listed, text, word
from tests import builders
from tests.opening.test_importing import checked, signed_in, words
from workflows.models import OpeningImport

FULL = "事业编制（全额拨款）"
BODY = ["A1", "甲中心", "", "事业单位", "副科级", "事业单位", "", "", "公益一类", "全额拨款", "", "2019-03-01", "批复"]
GOOD = {"总量": [[FULL, 30]], "机构": [BODY], "编制": [["A1", FULL, 20, 18, 0]]}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (date(2019, 3, 1), "2019-03-01"), (43525, "2019-03-01"), (43525.0, "2019-03-01"), ("43525", "2019-03-01"),
        ("2019年3月1日", "2019-03-01"), ("２０１９年３月１日", "2019-03-01"), ("二〇一九年十二月三十一日", "2019-12-31"),
        ("2019.3.1", "2019-03-01"), ("2019/3/1", "2019-03-01"), (20190301, "2019-03-01"), ("三月", "三月"),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: Any, read: str) -> None:
    assert day(written) == read


@pytest.mark.parametrize("written", ["二○一九年三月", "2019年3月", "2019.3", 2019.3])
def test_a_month_is_its_first_day_and_that_is_said(written: Any) -> None:
    found = day(written)
    assert isinstance(found, Noted) and found.value == "2019-03-01" and "按当月1日" in found.remark


@pytest.mark.parametrize(("written", "said"), [(2019.1, "1月还是10月"), (2019, "只有年份"), ("2019-13-01", "有效日期")])
def test_a_day_is_never_guessed(written: Any, said: str) -> None:
    found = day(written)
    assert isinstance(found, Misread) and said in found.message


@pytest.mark.parametrize(
    ("written", "read"),
    [("12名", 12), ("12人", 12), ("1,234", 1234), ("１２", 12), (12.0, 12), ("", 0), (None, 0), ("1,2", "1,2"),
     (12.5, "12.5"), (True, "True"), ("-3", "-3"), ("²", "²"), ("三名", "三名")],
)  # fmt: skip
def test_a_number_is_read_with_its_word_and_anything_else_stays(written: Any, read: Any) -> None:
    assert count(written) == read and type(count(written)) is type(read)


def test_plates_are_split_by_any_mark_but_not_inside_brackets() -> None:
    assert listed("甲牌、乙牌，丙牌;丁牌／戊牌\n己牌") == ["甲牌", "乙牌", "丙牌", "丁牌", "戊牌", "己牌"]
    assert listed("图书馆（少儿部、青年部）；甲牌 ；甲牌") == ["图书馆（少儿部、青年部）", "甲牌"]
    assert (text(101.0), text(" A1\u200b")) == ("101", "A1")
    assert word([("X", FULL)])("事业编制（全额拨款）") == "X"


def workbook(change: Callable[[dict[str, Worksheet]], None] = lambda sheets: None, **rows: list[list[Any]]) -> bytes:
    """Return a filled template, changed as an office might."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {}
    for title, columns in opening_sheets.SHEETS.items():
        sheets[title] = sheet = book.create_sheet(title)
        for row in [[column.heading for column in columns], *{**GOOD, **rows}.get(title, [])]:
            sheet.append(row)
    change(sheets)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes) -> opening_sheets.Reading:
    reading = opening_sheets.Reading(data)
    for _ in reading.steps():
        pass
    return reading


def quotas(reading: opening_sheets.Reading) -> list[tuple[Any, ...]]:
    return [(one["body"], one["approved"], one["actual"]) for one in reading.facts["quotas"]]


def test_a_formula_that_nobody_calculated_is_a_fault_and_never_nought() -> None:
    reading = read(workbook(编制=[["A1", FULL, "=10+2", "=8+2", 0]]))
    assert [fault[:3] for fault in reading.unread] == [("编制", 2, "核定数"), ("编制", 2, "实有数")]
    assert all("公式没有计算结果" in fault.message for fault in reading.unread)


def with_values(data: bytes, value: bytes, kind: bytes = b"") -> bytes:
    """Return the workbook as a spreadsheet program saves it: its formulas with their results."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            kept = before.read(name)
            if name.endswith("sheet3.xml"):
                kept = kept.replace(b"<v></v>", value).replace(b"<v />", value).replace(b"<v/>", value)
                kept = kept.replace(b'r="C2"', b'r="C2"' + kind)
            after.writestr(name, kept)
    return out.getvalue()


def test_a_calculated_formula_is_its_result_and_an_error_is_a_fault() -> None:
    data = workbook(编制=[["A1", FULL, "=10+10", 18, 0]])
    assert quotas(read(with_values(data, b"<v>20</v>"))) == [("A1", 20, 18)]
    wrong = read(with_values(data, b"<v>#REF!</v>", b' t="e"'))
    assert any("错误值" in fault.message for fault in wrong.unread)


def test_sums_are_recognised_compared_and_not_entered() -> None:
    rows = [["合计", "", 30, 28, 0], ["A1", FULL, 20, 18, 0], ["", "小 计", 20, 18, 0], ["B1", FULL, 10, 10, 0]]
    reading = read(workbook(编制=[*rows, ["小计", "", 10, 10, 0], ["合计：", FULL, 30, 28, 0]]))
    assert quotas(reading) == [("A1", 20, 18), ("B1", 10, 10)] and reading.unread == []
    assert [(one.row, one.message[:4]) for one in reading.told] == [
        (2, "是合计行"),
        (4, "是小计行"),
        (6, "是小计行"),
        (7, "是合计行"),
    ]
    wrong = read(workbook(编制=[["合计", "", 31, 28, 0], *rows[1:], ["小计", "", 11, 10, 0]]))
    assert [(fault.row, fault.column) for fault in wrong.unread] == [(6, "核定数"), (2, "核定数")]
    assert "合计填写31，各行相加为30" in wrong.unread[1].message
    assert read(workbook(总量=[[FULL, 30], ["合计", 30]])).facts["totals"] == {"PSU_FULL": 30}


def test_titles_and_two_rows_of_headings_are_found_and_remarks_told() -> None:
    def change(sheets: dict[str, Worksheet]) -> None:
        sheet = sheets["编制"]
        sheet.delete_rows(1, 9)
        for row in (["海勃湾区机构编制核定表"], ["单位：名"], ["机构 编号", "类型", "编制", None, None, "备注"],
                    [None, None, "核定数（名）", "实有数", "已核未入数"], ["A1", FULL, "20名", "１８人", 0, "甲"],
                    ["注：本表截至年底。"]):  # fmt: skip
            sheet.append(row)
        for area in ("A1:F1", "C3:E3", "A3:A4", "B3:B4"):
            sheet.merge_cells(area)

    reading = read(workbook(change))
    assert quotas(reading) == [("A1", 20, 18)] and reading.unread == []
    assert [(one.row, one.message) for one in reading.told] == [(6, "是说明，不作为内容登记。")]


def test_merged_words_hold_for_their_rows_and_merged_numbers_are_a_fault() -> None:
    def change(sheets: dict[str, Worksheet]) -> None:
        sheets["编制"].merge_cells("A2:A3")
        sheets["编制"].merge_cells("D2:D3")

    rows = [["A1", FULL, 20, 18, 0], ["", "行政编制", 5, None, 0], ["B1", FULL, 1, 1, 0]]
    reading = read(workbook(change, 编制=rows))
    assert [one["body"] for one in reading.facts["quotas"]] == ["A1", "A1", "B1"]
    assert [fault[:3] for fault in reading.unread] == [("编制", 2, "实有数")]


def test_hidden_rows_columns_and_sheets_are_read_and_told() -> None:
    def change(sheets: dict[str, Worksheet]) -> None:
        sheets["编制"].row_dimensions[2].hidden = True
        sheets["编制"].column_dimensions["C"].hidden = True
        sheets["总量"].sheet_state = "hidden"
        sheets["总量"].parent.create_sheet("草稿")["A1"] = "甲"
        sheets["机构"]["N1"] = "备注"

    reading = read(workbook(change))
    assert quotas(reading) == [("A1", 20, 18)]
    told = {(one.sheet, one.row, one.column): one.message for one in reading.told}
    assert set(told) == {
        ("草稿", 1, "工作表"), ("总量", 1, "工作表"), ("机构", 1, "备注"), ("编制", 1, "核定数"), ("编制", 2, "机构编号"),
    }  # fmt: skip
    assert told["机构", 1, "备注"] == "不在模板中，没有读取。"


@pytest.mark.django_db
def test_names_that_read_alike_are_named_in_the_sheet_and_against_the_register() -> None:
    office = builders.found_office()
    builders.add_body(office, "乙中心")
    rows = [BODY, ["A2", "甲 中心", *BODY[2:]], ["A3", "乙中心\u200b", *BODY[2:]]]
    rooms = [
        [code, "综合股", "", "内设机构", "股级", "其他", up, *BODY[7:]]
        for code, up in (("R1", "A1"), ("R2", "A2"), ("R3", "A1"))
    ]
    facts, _ = opening_sheets.read(workbook(机构=[*rows, *rooms]))
    found = [fault for fault in faults.faults(facts=facts, territory=office.district) if "读来相同" in str(fault)]
    assert [fault[:3] for fault in found] == [("机构", 3, "机构名称"), ("机构", 4, "机构名称"), ("机构", 7, "机构名称")]
    assert "第2行“甲中心”" in found[0].message and "现有机构" in found[1].message


@pytest.mark.django_db
def test_the_page_shows_how_it_was_read_and_names_each_fault_once(settings, tmp_path) -> None:
    settings.VAR = settings.ARCHIVE_ROOT = tmp_path
    office = builders.found_office()
    client = signed_in(office)
    late = [*BODY[:-2], "2019年3月", "批复"]
    page = words(client, checked(client, workbook(机构=[late])))
    assert "读取说明（1 处）" in page and "按当月1日登记" in page
    assert "读到的内容" in page and "机构：1 行" in page and "<td>副科级</td>" in page
    wrong = [["A1", FULL, "=10+2", 18, 0], ["A1", "行政编制", 1, 1, 0]]
    words(client, checked(client, workbook(机构=[[*BODY[:1], "甲\ue123中心", *BODY[2:]]], 编制=wrong)))
    told = [tuple(fault[:3]) for fault in OpeningImport.objects.latest("pk").faults]
    assert told.count(("编制", 2, "核定数")) == 1 and ("机构", 2, "机构名称") in told
    assert not Body.objects.exists()
