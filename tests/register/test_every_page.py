"""Every page of the registers answers as of a day with what stood then, and hands out every table it shows."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.register import reading
from tests.register.reading import Row
from tests.register.seeded import DANGEROUS, Seeded

PAGES = (
    "register",
    "body",
    "caps",
    "ledger",
    "permits",
    "reconciliation",
    "problems",
    "duty_lists",
    "pledges",
    "figures",
    "use_plans",
    "talent_pool",
    "plan",
    "lines",
)
KIND = "事业编制（全额拨款）"
# Page, words that name a row of it, the column, what it says on the first day and on the second; None: no such row.
FACTS = (
    ("register", "区图书馆", "事业类编制实有", "11", "9"),
    ("register", "区图书馆", "事业类编制占用", "1", "0"),
    ("register", "区图书馆", "事业类编制空编", "0", "2"),
    ("register", "区大数据中心", "机构名称", "区大数据中心", None),
    ("register", "区数据服务中心", "机构名称", None, "区数据服务中心"),
    ("body", KIND, "实有", "11", "9"),
    ("body", KIND, "已核未入", "0", "1"),
    ("body", KIND, "在办占用", "1", "0"),
    ("caps", KIND, "总量", "476", "483"),
    ("caps", KIND, "实有", "392", "391"),
    ("caps", KIND, "限额余量", "24", "31"),
    ("caps", KIND, "在办占用", "1", "0"),
    ("ledger", "减员", "性质", None, "减员"),
    ("ledger", "上级下达", "数额", None, "7"),
    ("permits", "海用编〔2026〕1号", "剩余", "1", None),
    ("permits", "海用编〔2026〕2号", "剩余", None, "1"),
    ("reconciliation", "区图书馆", "财政部门", None, "50"),
    ("problems", "2026-9-01", "情况", "未销号", "已销号"),
    ("problems", "2026-9-01", "实际完成时间", "—", "settled"),
    ("problems", "2026-9-01", "解决措施", "—", "已经纠正"),
    ("problems", "第三批", "未销号", "1", "0"),
    ("duty_lists", "未承接权力事项", "承接日期", "—", "settled"),
    ("duty_lists", "未承接权力事项", "方式", "—", "交办"),
    ("pledges", DANGEROUS[3], "清理结果", "待清理", "已取消"),
    ("pledges", DANGEROUS[3], "依据文件", "通知〔2026〕1号", "海编发〔2026〕9号"),
    ("pledges", DANGEROUS[1], "人数", "2", None),
    ("pledges", "区信访局", "人数", None, "5"),
    ("figures", "受理动议事项", "数值", "1", "1"),
    ("figures", "借调抽调人员", "数值", "2", "5"),
    ("figures", "新增网格", "数值", None, "9"),
    ("figures", f"全区{KIND}", "构成", "未分配24", "未分配31"),
    ("figures", "街道赋权清单", "数值", "11", "19"),
    ("figures", "第三批", "构成", "未销号1", "未销号0"),
    ("plan", "区公共图书馆", "实有", "11", "9"),
    ("plan", KIND, "总量", "476", "483"),
    ("lines", "区公共图书馆", "空编", "0 → -1", "2 → 1"),
)


def row_of(page: reading.Element, named: str, column: str = "") -> Row | None:
    """Return the first row of the page's tables that has this column and a cell of these words."""
    rows = [row for table in reading.tables(page) for row in table.rows if not column or column in row.cells]
    return next((row for row in rows if any(named in cell for cell in row.cells.values())), None)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_says_the_day_it_tells_of(clerk: Client, district: Seeded, name: str) -> None:
    for day in (district.first, district.second, date(2015, 1, 1)):
        page = reading.opened(clerk, reading.addresses(district)[name], day)
        main = reading.words(page.get_element_by_id("main"))
        assert f"截至{day.year}年{day.month}月{day.day}日" in main, name


@pytest.mark.parametrize(("name", "named", "column", "first", "second"), FACTS)
def test_the_page_shows_what_stood_on_the_day(
    clerk: Client, district: Seeded, name: str, named: str, column: str, first: str | None, second: str | None
) -> None:
    for day, expected in ((district.first, first), (district.second, second)):
        row = row_of(reading.opened(clerk, reading.addresses(district)[name], day), named, column)
        if expected is None:
            assert row is None or row.cells[column] == "—", (day, row)
        else:
            assert row is not None, (name, named, day)
            on = district.settled
            wanted = f"{on.year}年{on.month}月{on.day}日" if expected == "settled" else expected
            assert wanted == row.cells[column] or (column == "构成" and wanted in row.cells[column]), (day, row.cells)


def test_a_body_lists_the_cases_of_the_day_and_bears_its_name_of_the_day(clerk: Client, district: Seeded) -> None:
    from tests.papers_bound import road

    giver = f"/register/bodies/{road.body(district.office, '区环境卫生服务中心').uuid}/"
    title = district.cases["argued"].title
    for day, there in ((district.first, True), (district.second, False)):
        page = reading.opened(clerk, giver, day)
        listed = page.xpath('//section[@aria-labelledby="cases-h"]')[0]
        assert (title in reading.words(listed)) is there
        row = row_of(page, KIND)
        assert row is not None and (row.cells["他事项拟用"] != "0") is there
    centre = f"/register/bodies/{road.body(district.office, '区数据服务中心').uuid}/"
    for day, called in ((district.first, "区大数据中心"), (district.second, "区数据服务中心")):
        page = reading.opened(clerk, centre, day)
        assert reading.words(page.find(".//h1")) == called
    assert row_of(reading.opened(clerk, centre, district.first), "改名") is None


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_table_of_the_page_is_in_the_file_row_for_row(
    clerk: Client, district: Seeded, name: str, form: str
) -> None:
    address = reading.addresses(district)[name]
    for day in (district.first, district.second):
        shown = reading.tables(reading.opened(clerk, address, day))
        assert shown or (name, day) in {("permits", district.second), ("reconciliation", district.first)}, name
        content = exported(clerk, address, name, day, form)
        sheets = (reading.in_csv if form == "csv" else reading.in_workbook)(content)
        for table in shown:
            missing = lost(table, sheets)
            assert missing == [], (name, table.title, missing[:2])


def exported(clerk: Client, address: str, name: str, day: date, form: str) -> bytes:
    """Hand out the page's tables the way its links do."""
    page = reading.opened(clerk, address, day)
    links = [link.get("href") for link in page.iter("a") if f"export={form}" in link.get("href", "")]
    assert links, f"{name} offers no {form}"
    path = links[0] if links[0].startswith("/") else address.split("?")[0] + links[0]
    answer = clerk.get(path)
    assert answer.status_code == 200
    return answer.content


def lost(table: reading.Shown, sheets: list[list[dict[str, str]]]) -> list[dict[str, str]]:
    """Return the rows of a table that no sheet has, in the order of the page."""
    best: list[dict[str, str]] | None = None
    for sheet in sheets:
        left = iter(sheet)
        missing = [wanted for row in table.rows if not any(holds(line, row) for line in left) for wanted in [row.cells]]
        if best is None or len(missing) < len(best):
            best = missing
    return best if best is not None else [row.cells for row in table.rows]


def holds(line: dict[str, str], row: Row) -> bool:
    """Return whether a line of a file says all that the row says, the small words included."""
    for heading, text in reading.pairs(row).items():
        if heading not in line:
            both = {line.get(f"{heading}（前）"), line.get(f"{heading}（后）")}
            if both != {text}:
                return False
        elif line[heading] != reading.harmless(text):
            return False
    return all(word in " ".join(line.values()) for note in row.small for word in reading.told_small(note))


def test_no_cell_of_any_file_can_act_as_a_formula(clerk: Client, district: Seeded) -> None:
    seen = set()
    for name in PAGES:
        address = reading.addresses(district)[name]
        for day in (district.first, district.second):
            for sheet in reading.in_csv(exported(clerk, address, name, day, "csv")):
                texts = [text for line in sheet for text in line.values()]
                assert [t for t in texts if t.startswith(reading.FORMULA) and not t[1:].isdigit()] == [], name
                seen |= {text for text in texts if text.startswith("'")}
    assert {f"'{text}" for text in (DANGEROUS[0], DANGEROUS[1], DANGEROUS[3], DANGEROUS[4])} <= seen


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "yesterday", ""])
def test_a_day_that_no_register_knows_is_told_and_no_other_day_is_shown(
    clerk: Client, district: Seeded, day: str
) -> None:
    for name in PAGES:
        address = reading.addresses(district)[name]
        joined = "&" if "?" in address else "?"
        answer = clerk.get(f"{address}{joined}as_of={day}")
        assert answer.status_code == (400 if day else 200), name
        assert not day or f"“{day}”不是有效日期" in answer.content.decode(), name
    month = clerk.get(f"/reconciliation/?month={day[:7]}")
    known = day[:7] in ("2026-02", "")
    assert month.status_code == (200 if known else 400)
    assert known or "不是有效月份" in month.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_day_on_which_nothing_stood_is_handed_out_empty(clerk: Client, district: Seeded, form: str) -> None:
    for name in PAGES:
        content = exported(clerk, reading.addresses(district)[name], name, date(1990, 1, 1), form)
        (reading.in_csv if form == "csv" else reading.in_workbook)(content)


def test_an_unknown_format_is_not_found(clerk: Client, district: Seeded) -> None:
    for name in PAGES[:10]:
        address = reading.addresses(district)[name]
        joined = "&" if "?" in address else "?"
        assert clerk.get(f"{address}{joined}export=exe").status_code == 404, name
