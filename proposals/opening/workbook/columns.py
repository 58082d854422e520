"""The columns of the Excel form of an opening balance: sheet by sheet, how each is headed, read and filled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from proposals.opening.faults import BODIES, PROBLEMS, QUOTAS, TOTALS
from proposals.opening.workbook.cells import count, day, day_or_none, listed, text, word
from proposals.organisation.bodies import BodyVersion
from proposals.side_registers.models import ProblemItem
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel, QuotaType, Rank


class Column(NamedTuple):
    """One column: its heading, the fact it fills, how a cell is read, and the words it allows.

    A workbook may be without an optional one.
    """

    heading: str
    name: str
    read: Callable[[Any], Any]
    words: tuple[str, ...] = ()
    optional: bool = False


def _column(heading: str, name: str, pairs: Sequence[tuple[Any, Any]]) -> Column:
    return Column(heading, name, word(pairs), tuple(str(label) for _, label in pairs))


COUNTED = (
    *QuotaType.choices,
    *LeaderLevel.choices,
)
SHEETS: Mapping[str, tuple[Column, ...]] = {
    TOTALS: (
        _column("类型", "unit", [*UNIT_LABELS.items()]),
        Column("总量", "total", count),
        Column("其中人才周转池", "talent", count, optional=True),
    ),
    BODIES: (
        Column("机构编号", "code", text),
        Column("机构名称", "name", text),
        Column("规范简称", "short_name", text),
        _column("机构类别", "category", [*BodyCategory.choices]),
        _column("机构规格", "rank", [*Rank.choices]),
        _column("机构性质", "nature", [*BodyVersion.Nature.choices]),
        Column("隶属机构编号", "parent", text),
        Column("统一社会信用代码", "credit_code", text),
        _column("公益类别", "welfare_class", [pair for pair in BodyVersion.WelfareClass.choices if pair[0]]),
        _column("经费形式", "funding", [pair for pair in BodyVersion.Funding.choices if pair[0]]),
        Column("加挂牌子", "plates", listed),
        Column("设立日期", "opened_on", day),
        Column("设立文件", "paper", text),
    ),
    QUOTAS: (
        Column("机构编号", "body", text),
        _column("类型", "unit", COUNTED),
        Column("核定数", "approved", count),
        Column("实有数", "actual", count),
        Column("已核未入数", "committed", count),
        Column("核准单号", "permit", text, optional=True),
        Column("核准单有效期至", "permit_until", day_or_none, optional=True),
        Column("其中借用周转池数", "lent", count, optional=True),
    ),
    PROBLEMS: (
        Column("台账编号", "number", text),
        Column("机构编号", "body", text),
        _column("问题类别", "topic", [*ProblemItem.Topic.choices]),
        Column("问题", "problem", text),
        _column("类型", "unit", COUNTED),
        Column("超出数", "excess", count),
        Column("解决措施", "measure", text),
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
