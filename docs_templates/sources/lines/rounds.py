"""What changed between two filings of a case, in the office's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docs_templates.sources.wording import sentence
from proposals.case.questions import BY_CODE
from proposals.models import BodyVersion, ChangeOp, Upload
from proposals.procedure.act import uuid_in
from proposals.vocabulary import UNIT_LABELS

FIELDS: Mapping[str, str] = {
    "title": "标题", "proposer": "动议单位", "summary": "内容摘要", "background": "基本情况", "reason": "缘由",
    "leading_instruction": "批示（文件）", "trigger_note": "情形说明",
}  # fmt: skip
NAMES: Mapping[str, str] = {"body_name": "机构名称"}
NUMBERS: Mapping[str, str] = {"requested": "申请数"}
UNITS: Mapping[str, str] = {"unit": "类型"}
OTHERS: Mapping[str, str] = {"counterpart": "相关单位"}
OF_PARAMS: Mapping[str, str] = {
    "name": "名称",
    "short_name": "简称",
    "plate": "牌子",
    "duty": "职责",
    "people": "随编划转人数",
    "leaders": "领导职数及现任人员去向",
}
PURPOSES: Mapping[str, str] = dict(Upload.Purpose.choices)
Line = Mapping[str, Any]
Lines = list[dict[str, Any]]
SHOWN = 120  # characters of a changed text


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a sentence for everything that differs between two snapshots of a case."""
    told = [
        *_fields(FIELDS, before, after),
        *_lines(before["lines"], after["lines"]),
        *_answers(before["answers"], after["answers"]),
        *_added_and_dropped("依据文件", _documents(before["basis"]), _documents(after["basis"])),
        *_added_and_dropped("材料", _files(before["uploads"]), _files(after["uploads"])),
    ]
    return tuple(told)


def _fields(
    names: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any], of: str = ""
) -> Iterator[str]:
    for name, label in names.items():
        old, new = (sentence(str(one.get(name) or ""))[:SHOWN] for one in (before, after))
        if old == new:
            continue
        if not old:
            yield f"{of}{label}补充为“{new}”。"
        elif not new:
            yield f"{of}{label}删去“{old}”。"
        else:
            yield f"{of}{label}由“{old}”改为“{new}”。"


def _lines(before: Lines, after: Lines) -> Iterator[str]:
    old, new = ({one["line"]: one for one in lines} for lines in (before, after))
    for line, one in new.items():
        if line not in old:
            yield f"增加调整事项：{_called(one, after)}。"
            continue
        was, what = old[line], f"“{ChangeOp(one['op']).label}”事项"
        told = _told(one, after)
        of = f"{what}（{told}）的" if told else f"{what}的"
        # The name of a body to be founded tells its line from others, but for a change of the name itself.
        yield from _fields(NAMES, was, one, f"{what}的" if one["op"] == ChangeOp.CREATE else of)
        yield from _fields(NUMBERS, was, one, of)
        if one.get("unit") != was.get("unit"):
            yield from _fields(UNITS, _worded(was), _worded(one), of)
        if one.get("counterpart") != was.get("counterpart"):
            yield from _fields(OTHERS, _opposite(was), _opposite(one), of)
        yield from _fields(OF_PARAMS, was["params"], one["params"], of)
    for line, one in old.items():
        if line not in new:
            yield f"取消调整事项：{_called(one, before)}。"


def _called(one: Line, lines: Lines) -> str:
    """Return what a line that came or went is called."""
    apart = "" if one["op"] == ChangeOp.CREATE else _apart(one, lines)
    return f"{ChangeOp(one['op']).label}{_name(one, lines)}{f'（{apart}）' if apart else ''}"


def _told(one: Line, lines: Lines) -> str:
    """Return what stands in brackets behind the operation of a line: its body, and what tells it from its like."""
    name, apart = _name(one, lines), _apart(one, lines)
    if one["op"] == ChangeOp.CREATE:
        return name if apart else ""
    return "，".join(filter(None, (name, apart)))


def _apart(one: Line, lines: Lines) -> str:
    """Return what tells a line from others of its operation on its body: its type, name or place; else nothing."""
    alike = [two for two in lines if _kind(two, lines) == _kind(one, lines)]
    if len(alike) == 1:
        return ""
    mine = _particular(one)
    if mine and [_particular(two) for two in alike].count(mine) == 1:
        return mine
    return f"第{[two['line'] for two in lines].index(one['line']) + 1}项"


def _kind(one: Line, lines: Lines) -> tuple[str, str]:
    return one["op"], "" if one["op"] == ChangeOp.CREATE else _name(one, lines)


def _name(one: Line, lines: Lines) -> str:
    """Return the name of the body of a line, also where another line is to found it."""
    founding = one["params"].get("new_body")
    found = next((two["body_name"] for two in lines if founding and two["line"] == founding), "")
    return str(one["body_name"] or found)


def _particular(one: Line) -> str:
    """Return what a line is about besides its body: a plate, a duty, a name, or a type of posts."""
    named = next((str(one["params"][key]) for key in ("plate", "duty", "name") if one["params"].get(key)), "")
    return named or UNIT_LABELS.get(one.get("unit", ""), "")


def _worded(one: Line) -> dict[str, str]:
    return {"unit": UNIT_LABELS.get(one.get("unit", ""), "")}


def _opposite(one: Line) -> dict[str, str]:
    rows = BodyVersion.objects.filter(body__uuid=uuid_in(one.get("counterpart")), valid_to=None)
    return {"counterpart": rows.values_list("name", flat=True).first() or ""}


def _answers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for code in [*after, *(one for one in before if one not in after)]:
        if before.get(code) != after.get(code):
            label = BY_CODE[code].label if code in BY_CODE else code
            yield f"论证“{label}”有修改。"


def _added_and_dropped(what: str, before: list[str], after: list[str]) -> Iterator[str]:
    for name in after:
        if name not in before:
            yield f"补充{what}：{name}。"
    for name in before:
        if name not in after:
            yield f"撤下{what}：{name}。"


def _documents(rows: list[list[str]]) -> list[str]:
    return [f"《{title.strip('《》')}》{number}" for _, title, number, _ in rows]


def _files(rows: list[list[str]]) -> list[str]:
    return [f"{PURPOSES.get(purpose, purpose)}（{name}）" for purpose, name, _ in rows]
