"""What is wrong with the data of an opening balance: by sheet, row and column, each with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from proposals.opening import names as opening_names
from proposals.organisation import credit_code, kinship
from proposals.side_registers.models import ProblemItem
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel, QuotaType, Rank

if TYPE_CHECKING:
    from proposals.organisation.people import Territory

TOTALS, BODIES, QUOTAS, PROBLEMS = "总量", "机构", "编制", "问题"
COUNTED = (*QuotaType.values, *LeaderLevel.values)


class Fault(NamedTuple):
    """One thing that is wrong in the data: where, and what to do."""

    sheet: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"“{self.sheet}”表第{self.row}行“{self.column}”：{self.message}"


def faults(*, facts: Mapping[str, Any], territory: Territory) -> list[Fault]:
    """Return everything that is wrong, in the order of the sheets; an empty list may be entered."""
    return [fault for _, _, found in by_sheet(facts=facts, territory=territory) for fault in found]


def by_sheet(*, facts: Mapping[str, Any], territory: Territory) -> Iterator[tuple[str, int, list[Fault]]]:
    """Yield sheet after sheet how many rows it has and what is wrong in them."""
    bodies, quotas, problems = facts["bodies"], facts["quotas"], facts["problems"]
    known = set(territory.bodies.values_list("code", flat=True))
    taken = set(ProblemItem.objects.filter(territory=territory).values_list("number", flat=True))
    named = opening_names.taken(rows=list(numbered(bodies)), territory=territory)
    alike = [Fault(BODIES, number, "机构名称", said) for number, said in named]
    yield BODIES, len(bodies), [*_body_faults(bodies, known), *alike]
    yield QUOTAS, len(quotas), list(_quota_faults(quotas, bodies, problems))
    talent = facts.get("talent") or {}
    wrong = [*_total_faults(facts["totals"], quotas, bodies, talent), *_talent_faults(facts["totals"], quotas, talent)]
    yield TOTALS, len(facts["totals"]), wrong
    yield PROBLEMS, len(problems), list(_problem_faults(problems, bodies, taken))


def numbered(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Return the rows with their numbers in the sheet (the first one holds the headings)."""
    for position, row in enumerate(rows, start=2):
        yield row.get("row", position), row


def _body_faults(rows: Sequence[Mapping[str, Any]], known: set[str]) -> Iterator[Fault]:
    codes = Counter(row.get("code") for row in rows)
    tree = {row.get("code"): row.get("parent") for row in rows}
    for number, row in numbered(rows):
        code, parent = row.get("code"), row.get("parent")
        wrong = {
            "机构编号": not code and "没有填写，请填写不重复的编号。"
            or (codes[code] > 1 or code in known) and f"{code}已经用过，请改为不重复的编号。",
            "机构名称": not row.get("name") and "没有填写。",
            "机构类别": row.get("category") not in BodyCategory.values and _unknown("类", row.get("category")),
            "机构规格": row.get("rank") not in Rank.values and _unknown("级", row.get("rank")),
            "隶属机构编号": parent and parent not in codes and parent not in known and f"没有编号为{parent}的机构。",
            "统一社会信用代码": row.get("credit_code") and not credit_code.is_valid(row["credit_code"])
            and "应为18位，且最后一位校验码与前17位相符。",
            "设立日期": not _is_day(row.get("opened_on")) and "请填写日期，如 2019-03-01。",
            "设立文件": not row.get("paper") and "没有填写，请填写批准设立的文件名称、文号。",
        }  # fmt: skip
        if code and parent and code in kinship.above(body=parent, tree=tree):
            wrong["隶属机构编号"] = f"{code}经{parent}又隶属于自身，请核对各机构的隶属机构编号。"
        yield from (Fault(BODIES, number, column, message) for column, message in wrong.items() if message)
        yield from _too_long(BODIES, number, row)


# What the register has room for, by sheet and column.
ROOM: Mapping[str, Mapping[str, tuple[str, int]]] = {
    BODIES: {
        "code": ("机构编号", 30), "name": ("机构名称", 100), "short_name": ("规范简称", 60), "paper": ("设立文件", 200),
    },
    PROBLEMS: {"number": ("台账编号", 40), "problem": ("问题", 300), "measure": ("解决措施", 300)},
}  # fmt: skip


def _too_long(sheet: str, number: int, row: Mapping[str, Any]) -> Iterator[Fault]:
    for name, (column, most) in ROOM[sheet].items():
        if len(row.get(name) or "") > most:
            yield Fault(sheet, number, column, f"超过{most}个字，请缩短。")


def _unknown(what: str, value: Any) -> str:
    return f"没有“{value}”这一{what}，请从模板的选项中选择。"


def _quota_faults(
    rows: Sequence[Mapping[str, Any]], bodies: Iterable[Mapping[str, Any]], problems: Iterable[Mapping[str, Any]]
) -> Iterator[Fault]:
    codes = {row.get("code") for row in bodies}
    explained: Counter[tuple[Any, Any]] = Counter()
    for problem in problems:
        if _is_count(problem.get("excess")):
            explained[problem.get("body"), problem.get("unit")] += problem["excess"]
    seen = Counter((row.get("body"), row.get("unit")) for row in rows)
    for number, row in numbered(rows):
        place = row.get("body"), row.get("unit")
        if row.get("body") not in codes:
            yield Fault(QUOTAS, number, "机构编号", f"“{BODIES}”表中没有编号为{row.get('body')}的机构。")
        if row.get("unit") not in COUNTED:
            yield Fault(QUOTAS, number, "类型", f"没有“{row.get('unit')}”这一类型，请从模板的选项中选择。")
        elif seen[place] > 1:
            yield Fault(QUOTAS, number, "类型", "同一机构同一类型只能填写一行，请合并。")
        wrong = [name for name in NUMBERS if not _is_count(row.get(name, 0))]
        for name in wrong:
            yield Fault(QUOTAS, number, NUMBERS[name], "请填写不小于0的整数。")
        if row.get("permit_until") and not _is_day(row["permit_until"]):
            yield Fault(QUOTAS, number, "核准单有效期至", "请填写日期，如 2026-12-31，不填即按办事规则。")
        excess = 0 if wrong else _excess(row)
        if excess > explained[place]:
            yield Fault(
                QUOTAS, number, NUMBERS["actual"],
                f"超出核定数{excess}，须在“{PROBLEMS}”表中填写同一机构、同一类型的问题，超出数不少于{excess}。",
            )  # fmt: skip


NUMBERS: Mapping[str, str] = {"approved": "核定数", "actual": "实有数", "committed": "已核未入数"}


def _excess(row: Mapping[str, Any]) -> int:
    return max(0, row.get("actual", 0) + row.get("committed", 0) - row.get("approved", 0))


def _total_faults(
    totals: Mapping[str, int], quotas: Iterable[Mapping[str, Any]], bodies: Iterable[Mapping[str, Any]],
    talent: Mapping[str, int],
) -> Iterator[Fault]:  # fmt: skip
    sums: Counter[Any] = Counter(row.get("category") for row in bodies)
    for row in quotas:
        if _is_count(row.get("approved", 0)):
            sums[row.get("unit")] += row.get("approved", 0) - _lent(row)
    sums.update({unit: n for unit, n in talent.items() if _is_count(n)})
    for number, (unit, total) in enumerate(totals.items(), start=2):
        if unit not in UNIT_LABELS:
            yield Fault(TOTALS, number, "类型", f"没有“{unit}”这一类型，请从模板的选项中选择。")
        elif not _is_count(total):
            yield Fault(TOTALS, number, "总量", "请填写不小于0的整数。")
        elif sums[unit] > total:
            what = "核定数、人才周转池" if talent.get(unit) else "核定数"
            message = f"各单位{UNIT_LABELS[unit]}{what}之和{sums[unit]}超出总量{total}，请核对。"
            yield Fault(TOTALS, number, "总量", message)


def _lent(row: Mapping[str, Any]) -> int:
    lent = row.get("lent") or 0
    return lent if _is_count(lent) else 0


def _talent_faults(
    totals: Mapping[str, int], quotas: Sequence[Mapping[str, Any]], talent: Mapping[str, int]
) -> Iterator[Fault]:
    """Say where the pool of talent has no total to come from, or lends more than it has or a body got."""
    places = {unit: number for number, unit in enumerate(totals, start=2)}
    for unit, n in talent.items():
        if not _is_count(n):
            yield Fault(TOTALS, places.get(unit, 2), "其中人才周转池", "请填写不小于0的整数。")
        elif n and unit not in totals:
            yield Fault(TOTALS, 2, "其中人才周转池", f"{UNIT_LABELS.get(unit, unit)}没有填写总量。")
    lent: Counter[Any] = Counter()
    for number, row in numbered(quotas):
        if not _is_count(row.get("lent") or 0):
            yield Fault(QUOTAS, number, "其中借用周转池数", "请填写不小于0的整数。")
            continue
        lent[row.get("unit")] += _lent(row)
        has = talent.get(row.get("unit", ""), 0)
        if _is_count(row.get("approved", 0)) and _lent(row) > row.get("approved", 0):
            yield Fault(
                QUOTAS, number, "其中借用周转池数", f"借用{_lent(row)}名，不应超过核定数{row.get('approved', 0)}。"
            )
        elif _lent(row) and _is_count(has) and lent[row.get("unit")] > has:
            text = f"各单位借用合计{lent[row.get('unit')]}名，“{TOTALS}”表中人才周转池只有{has}名，请核对。"
            yield Fault(QUOTAS, number, "其中借用周转池数", text)


def _problem_faults(
    rows: Sequence[Mapping[str, Any]], bodies: Iterable[Mapping[str, Any]], taken: set[str]
) -> Iterator[Fault]:
    codes = {row.get("code") for row in bodies}
    numbers = Counter(row.get("number") for row in rows)
    for number, row in numbered(rows):
        if not row.get("number") or numbers[row["number"]] > 1 or row["number"] in taken:
            yield Fault(PROBLEMS, number, "台账编号", "没有填写或有重复，请填写不重复的编号。")
        if row.get("body") and row["body"] not in codes:
            yield Fault(PROBLEMS, number, "机构编号", f"“{BODIES}”表中没有编号为{row['body']}的机构。")
        if row.get("topic") not in ProblemItem.Topic.values:
            yield Fault(PROBLEMS, number, "问题类别", f"没有“{row.get('topic')}”这一类，请从模板的选项中选择。")
        if not row.get("problem"):
            yield Fault(PROBLEMS, number, "问题", "没有填写。")
        if row.get("unit") and row["unit"] not in COUNTED:
            yield Fault(PROBLEMS, number, "类型", f"没有“{row['unit']}”这一类型，请从模板的选项中选择。")
        if not _is_count(row.get("excess") or 0):
            yield Fault(PROBLEMS, number, "超出数", "请填写不小于0的整数。")
        yield from _too_long(PROBLEMS, number, row)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True
