"""The Excel form of an opening balance: the template's columns, and how a filled workbook is read into facts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from openpyxl import load_workbook

from proposals.models.establishment import BodyVersion
from proposals.models.quota import UNIT_LABELS
from proposals.models.sideregisters import ProblemItem
from proposals.opening_faults import BODIES, PROBLEMS, QUOTAS, TOTALS, Fault
from proposals.states import BodyCategory, LeaderLevel, QuotaType, Rank

MOST_ROWS, MOST_COLUMNS, SHEET_ROWS = 50_000, 30, 1_048_576
MOST_UNPACKED = 48 << 20
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
UNREADABLE = "打不开,请使用下载的模板填写并保存为 xlsx 格式。"
TOO_LARGE = f"解压后超过{MOST_UNPACKED >> 20}MB,内容异常,请使用下载的模板重新填写。"
TOO_LONG = f"填写的内容超过第{MOST_ROWS}行,没有读取。请去掉多余的行,或分次登记。"


class Column(NamedTuple):
    """One column: its heading, the fact it fills, how a cell is read, and the words it allows.

    A workbook may be without an optional one.
    """

    heading: str
    name: str
    read: Callable[[Any], Any]
    words: tuple[str, ...] = ()
    optional: bool = False


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _count(value: Any) -> Any:
    """Read a whole number; anything else stays as it is, so that it can be named."""
    if value in (None, ""):
        return 0
    text = str(value).strip()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(text) if text.isdecimal() and len(text) < 10 else text


def _day(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    parts = _text(value).replace("/", "-").replace(".", "-").split("-")
    return "-".join(part.zfill(2) for part in parts)


def _day_or_none(value: Any) -> str:
    return _day(value) if _text(value) else ""


def _listed(value: Any) -> list[str]:
    return [word for word in _text(value).replace("，", "、").replace(",", "、").split("、") if word]


def _word(pairs: Sequence[tuple[Any, Any]]) -> Callable[[Any], Any]:
    codes = {str(label): code for code, label in pairs}
    return lambda value: codes.get(_text(value), _text(value))


def _column(heading: str, name: str, pairs: Sequence[tuple[Any, Any]]) -> Column:
    return Column(heading, name, _word(pairs), tuple(str(label) for _, label in pairs))


COUNTED = (
    *QuotaType.choices,
    *LeaderLevel.choices,
)
SHEETS: Mapping[str, tuple[Column, ...]] = {
    TOTALS: (
        _column("类型", "unit", [*UNIT_LABELS.items()]),
        Column("总量", "total", _count),
        Column("其中人才周转池", "talent", _count, optional=True),
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
        Column("核准单号", "permit", _text, optional=True),
        Column("核准单有效期至", "permit_until", _day_or_none, optional=True),
        Column("其中借用周转池数", "lent", _count, optional=True),
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
FACTS: Mapping[str, str] = {BODIES: "bodies", QUOTAS: "quotas", PROBLEMS: "problems"}
EXAMPLES: Mapping[str, tuple[Any, ...]] = {
    TOTALS: ("行政编制", 100, 0),
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
    QUOTAS: ("A001", "行政编制", 12, 13, 0, "", "", 0),
    PROBLEMS: ("W001", "A001", "超编", "实有超出核定1名", "行政编制", 1, "自然减员消化"),
}


class Progress(NamedTuple):
    """How far the reading has come: the sheet, and rows done of rows in all."""

    sheet: str
    done: int
    total: int


def _empty() -> dict[str, Any]:
    return {"totals": {}, "bodies": [], "quotas": [], "problems": []}


@dataclass
class Reading:
    """A filled template as it is read: its facts (without day and paper) and what could not be read at all."""

    data: bytes
    facts: dict[str, Any] = field(default_factory=_empty)
    unread: list[Fault] = field(default_factory=list)

    def steps(self) -> Iterator[Progress]:
        """Read row after row and say how far it came; whatever is wrong with the file is a fault like any other."""
        try:
            if _unpacked(self.data) > MOST_UNPACKED:
                self.unread.append(Fault(BODIES, 1, "文件", TOO_LARGE))
            else:
                yield from self._sheets()
        except Exception:  # the file is not ours: a library may stumble over it in any way
            self.facts = _empty()
            self.unread = [Fault(BODIES, 1, "文件", UNREADABLE)]

    def _sheets(self) -> Iterator[Progress]:
        book = load_workbook(io.BytesIO(self.data), read_only=True, data_only=True)
        done, total = 0, _rows_in(self.data)
        for title, columns in SHEETS.items():
            if title not in book.sheetnames:
                self.unread.append(Fault(title, 1, "工作表", "没有这张工作表,请使用下载的模板。"))
                continue
            sheet = book[title]
            sheet.reset_dimensions()  # what the file says of its own size may be wrong
            for _ in self._rows(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), title, columns):
                done += 1
                yield Progress(title, done, max(done, total))

    def _rows(self, rows: Iterator[tuple], title: str, columns: tuple[Column, ...]) -> Iterator[int]:
        headings = [_text(value) for value in next(rows, ())]
        lacking = [column for column in columns if column.heading not in headings]
        missing = [column.heading for column in lacking if not column.optional]
        self.unread += [Fault(title, 1, heading, "缺少这一列,请使用下载的模板。") for heading in missing]
        if missing:
            return
        places = {
            column.name: (headings.index(column.heading), column.read) for column in columns if column not in lacking
        }
        for number, cells in enumerate(rows, start=2):
            filled = any(cells) and any(_text(cell) for cell in cells)
            if (filled and number > MOST_ROWS) or number > SHEET_ROWS:
                self.unread.append(Fault(title, number, columns[0].heading, TOO_LONG))
                return
            if filled:
                row = {
                    name: read(cells[place] if place < len(cells) else None) for name, (place, read) in places.items()
                }
                self._fill(title, row | {"row": number})
                yield number

    def _fill(self, title: str, row: dict[str, Any]) -> None:
        if title != TOTALS:
            self.facts[FACTS[title]].append(row)
            return
        if row["unit"] in self.facts["totals"]:
            self.unread.append(Fault(TOTALS, row["row"], "类型", "同一类型只能填写一行,请合并。"))
        self.facts["totals"][row["unit"]] = row["total"]
        if row.get("talent"):
            self.facts.setdefault("talent", {})[row["unit"]] = row["talent"]


def _unpacked(data: bytes) -> int:
    """Return how large the workbook says it is; nothing unpacks to more than its container says."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return sum(entry.file_size for entry in container.infolist())


def _rows_in(data: bytes) -> int:
    """Return about how many rows the sheets hold below their headings: counted, for a sheet need not say its size."""
    rows = 0
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for name in container.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                rows += max(0, len(ROW.findall(container.read(name))) - 1)
    return rows


def read(data: bytes) -> tuple[dict[str, Any], list[Fault]]:
    """Read a filled template at once into facts (without day and paper) and what could not be read at all."""
    reading = Reading(data)
    for _ in reading.steps():
        pass
    return reading.facts, reading.unread
