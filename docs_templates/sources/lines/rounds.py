"""What changed between two filings of a case, in the office's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docs_templates.sources.wording import sentence
from proposals.case.particulars.filed import FiledLine, lines_in
from proposals.case.particulars.table import Particulars as P
from proposals.case.questions import BY_CODE
from proposals.models import BodyVersion, ChangeOp, Upload
from proposals.procedure.act import uuid_in
from proposals.vocabulary import UNIT_LABELS

FIELDS: Mapping[str, str] = {
    "title": "标题", "proposer": "动议单位", "summary": "内容摘要", "background": "基本情况", "reason": "缘由",
    "leading_instruction": "批示（文件）", "trigger_note": "情形说明",
}  # fmt: skip
PARTICULARS: Mapping[str, str] = {
    key.key: key.label for key in (P.name, P.short_name, P.plate, P.duty, P.people, P.leaders)
}
PURPOSES: Mapping[str, str] = dict(Upload.Purpose.choices)
Lines = Sequence[FiledLine]
SHOWN = 120  # characters of a changed text


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a sentence for everything that differs between two snapshots of a case."""
    told = [
        *_fields(FIELDS, before, after),
        *_lines(lines_in(before), lines_in(after)),
        *_answers(before["answers"], after["answers"]),
        *_added_and_dropped("依据文件", _documents(before["basis"]), _documents(after["basis"])),
        *_added_and_dropped("材料", _files(before["uploads"]), _files(after["uploads"])),
    ]
    return tuple(told)


def _fields(
    names: Mapping[str, str], before: Mapping[str, Any], after: Mapping[str, Any], of: str = ""
) -> Iterator[str]:
    for name, label in names.items():
        yield from _field(f"{of}{label}", before.get(name), after.get(name))


def _field(label: str, before: Any, after: Any) -> Iterator[str]:
    old, new = (sentence(str(value or ""))[:SHOWN] for value in (before, after))
    if old == new:
        return
    if not old:
        yield f"{label}补充为“{new}”。"
    elif not new:
        yield f"{label}删去“{old}”。"
    else:
        yield f"{label}由“{old}”改为“{new}”。"


def _lines(before: Lines, after: Lines) -> Iterator[str]:
    old, new = ({one.line: one for one in lines} for lines in (before, after))
    for line, one in new.items():
        if line not in old:
            yield f"增加调整事项：{_called(one, after)}。"
            continue
        was, what = old[line], f"“{ChangeOp(one.op).label}”事项"
        told = _told(one, after)
        of = f"{what}（{told}）的" if told else f"{what}的"
        # The name of a body to be founded tells its line from others, but for a change of the name itself.
        whose = f"{what}的" if one.op == ChangeOp.CREATE else of
        yield from _field(f"{whose}机构名称", was.body_name, one.body_name)
        yield from _field(f"{of}申请数", was.requested, one.requested)
        if one.unit != was.unit:
            yield from _field(f"{of}类型", UNIT_LABELS.get(was.unit), UNIT_LABELS.get(one.unit))
        if one.counterpart != was.counterpart:
            yield from _field(f"{of}相关单位", _opposite(was), _opposite(one))
        yield from _fields(PARTICULARS, was.says.stored, one.says.stored, of)
    for line, one in old.items():
        if line not in new:
            yield f"取消调整事项：{_called(one, before)}。"


def _called(one: FiledLine, lines: Lines) -> str:
    """Return what a line that came or went is called."""
    apart = "" if one.op == ChangeOp.CREATE else _apart(one, lines)
    return f"{ChangeOp(one.op).label}{_name(one, lines)}{f'（{apart}）' if apart else ''}"


def _told(one: FiledLine, lines: Lines) -> str:
    """Return what stands in brackets behind the operation of a line: its body, and what tells it from its like."""
    name, apart = _name(one, lines), _apart(one, lines)
    if one.op == ChangeOp.CREATE:
        return name if apart else ""
    return "，".join(filter(None, (name, apart)))


def _apart(one: FiledLine, lines: Lines) -> str:
    """Return what tells a line from others of its operation on its body: its type, name or place; else nothing."""
    alike = [two for two in lines if _kind(two, lines) == _kind(one, lines)]
    if len(alike) == 1:
        return ""
    mine = _particular(one)
    if mine and [_particular(two) for two in alike].count(mine) == 1:
        return mine
    return f"第{[two.line for two in lines].index(one.line) + 1}项"


def _kind(one: FiledLine, lines: Lines) -> tuple[str, str]:
    return one.op, "" if one.op == ChangeOp.CREATE else _name(one, lines)


def _name(one: FiledLine, lines: Lines) -> str:
    """Return the name of the body of a line, also where another line is to found it."""
    founding = str(one.says.new_body or "")
    found = next((two.body_name for two in lines if founding and two.line == founding), "")
    return one.body_name or found


def _particular(one: FiledLine) -> str:
    """Return what a line is about besides its body: a plate, a duty, a name, or a type of posts."""
    return one.says.plate or one.says.duty or one.says.name or UNIT_LABELS.get(one.unit, "")


def _opposite(one: FiledLine) -> str:
    rows = BodyVersion.objects.filter(body__uuid=uuid_in(one.counterpart), valid_to=None)
    return rows.values_list("name", flat=True).first() or ""


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
