"""The Excel form of an opening balance: the template's columns, and how a filled workbook is read into facts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from proposals.models.establishment import BodyVersion
from proposals.models.quota import UNIT_LABELS
from proposals.models.sideregisters import ProblemItem
from proposals.opening_faults import BODIES, PROBLEMS, QUOTAS, TOTALS, Fault
from proposals.states import BodyCategory, LeaderLevel, QuotaType, Rank

MOST_ROWS = 20_000


class Column(NamedTuple):
    """One column: its heading, the fact it fills, how a cell is read, and the words it allows."""

    heading: str
    name: str
    read: Callable[[Any], Any]
    words: tuple[str, ...] = ()


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _count(value: Any) -> Any:
    """Read a whole number; anything else stays as it is, so that it can be named."""
    if value in (None, ""):
        return 0
    text = str(value).strip()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(text) if text.isdigit() else text


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    parts = _text(value).replace("/", "-").replace(".", "-").split("-")
    return "-".join(part.zfill(2) for part in parts)


def _listed(value: Any) -> list[str]:
    return [word for word in _text(value).replace("，", "、").replace(",", "、").split("、") if word]


def _word(pairs: list[tuple[Any, Any]]) -> Callable[[Any], Any]:
    codes = {str(label): code for code, label in pairs}
    return lambda value: codes.get(_text(value), _text(value))


def _column(heading: str, name: str, pairs: list[tuple[Any, Any]]) -> Column:
    return Column(heading, name, _word(pairs), tuple(str(label) for _, label in pairs))


COUNTED = [*QuotaType.choices, *LeaderLevel.choices]
SHEETS: Mapping[str, tuple[Column, ...]] = {
    TOTALS: (
        _column("类型", "unit", [*UNIT_LABELS.items()]),
        Column("总量", "total", _count),
    ),
    BODIES: (
        Column("机构编号", "code", _text),
        Column("机构名称", "name", _text),
        Column("规范简称", "short_name", _text),
        _column("机构类别", "category", [*BodyCategory.choices]),
        _column("机构规格", "rank", [*Rank.choices]),
        _column("机构性质", "nature", [*BodyVersion.Nature.choices]),
        Column("隶属机构编号", "parent", _text),
        Column("统一社会信用代码", "credit_code", _text),
        _column("公益类别", "welfare_class", [pair for pair in BodyVersion.WelfareClass.choices if pair[0]]),
        _column("经费形式", "funding", [pair for pair in BodyVersion.Funding.choices if pair[0]]),
        Column("加挂牌子", "plates", _listed),
        Column("设立日期", "opened_on", _day),
        Column("设立文件", "paper", _text),
    ),
    QUOTAS: (
        Column("机构编号", "body", _text),
        _column("类型", "unit", COUNTED),
        Column("核定数", "approved", _count),
        Column("实有数", "actual", _count),
        Column("已核未入数", "committed", _count),
    ),
    PROBLEMS: (
        Column("台账编号", "number", _text),
        Column("机构编号", "body", _text),
        _column("问题类别", "topic", [*ProblemItem.Topic.choices]),
        Column("问题", "problem", _text),
        _column("类型", "unit", COUNTED),
        Column("超出数", "excess", _count),
        Column("解决措施", "measure", _text),
    ),
}
EXAMPLES: Mapping[str, tuple[Any, ...]] = {
    TOTALS: ("行政编制", 100),
    BODIES: (
        "A001",
        "示例局",
        "示例局",
        "政府工作部门",
        "正科级",
        "国家机关",
        "",
        "",
        "",
        "",
        "",
        "2019-03-01",
        "机构改革方案",
    ),
    QUOTAS: ("A001", "行政编制", 12, 13, 0),
    PROBLEMS: ("W001", "A001", "超编", "实有超出核定1名", "行政编制", 1, "自然减员消化"),
}


def read(data: bytes) -> tuple[dict[str, Any], list[Fault]]:
    """Read a filled template into facts (without day and paper) and what could not be read at all."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError):
        return _empty(), [Fault(BODIES, 1, "文件", "打不开,请使用下载的模板填写并保存为 xlsx 格式。")]
    facts, unread = _empty(), []
    for title, columns in SHEETS.items():
        if title not in book.sheetnames:
            unread.append(Fault(title, 1, "工作表", "没有这张工作表,请使用下载的模板。"))
            continue
        rows = book[title].iter_rows(values_only=True)
        headings = [_text(value) for value in next(rows, ())]
        missing = [column.heading for column in columns if column.heading not in headings]
        unread += [Fault(title, 1, heading, "缺少这一列,请使用下载的模板。") for heading in missing]
        if not missing:
            _fill(facts, title, list(_rows(rows, headings, columns)), unread)
    return facts, unread


def _empty() -> dict[str, Any]:
    return {"totals": {}, "bodies": [], "quotas": [], "problems": []}


def _rows(rows: Iterator[tuple], headings: list[str], columns: tuple[Column, ...]) -> Iterator[dict[str, Any]]:
    places = {column.name: (headings.index(column.heading), column.read) for column in columns}
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS:
            return
        if any(_text(cell) for cell in cells):
            yield {
                name: read(cells[place] if place < len(cells) else None) for name, (place, read) in places.items()
            } | {"row": number}


def _fill(facts: dict[str, Any], title: str, rows: list[dict[str, Any]], unread: list[Fault]) -> None:
    if title != TOTALS:
        facts[{BODIES: "bodies", QUOTAS: "quotas", PROBLEMS: "problems"}[title]] = rows
        return
    for row in rows:
        if row["unit"] in facts["totals"]:
            unread.append(Fault(TOTALS, row["row"], "类型", "同一类型只能填写一行,请合并。"))
        facts["totals"][row["unit"]] = row["total"]
