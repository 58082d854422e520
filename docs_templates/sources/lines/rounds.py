"""What changed between two filings of a case, in the office's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docs_templates.sources.wording import sentence
from proposals.case.questions import BY_CODE
from proposals.models import ChangeOp, Upload

FIELDS: Mapping[str, str] = {
    "title": "标题", "proposer": "动议单位", "summary": "内容摘要", "background": "基本情况", "reason": "缘由",
    "leading_instruction": "批示（文件）", "trigger_note": "情形说明",
}  # fmt: skip
OF_LINE: Mapping[str, str] = {"body_name": "机构名称", "requested": "申请数"}
OF_PARAMS: Mapping[str, str] = {
    "name": "名称",
    "short_name": "简称",
    "plate": "牌子",
    "duty": "职责",
    "people": "随编划转人数",
    "leaders": "领导职数及现任人员去向",
}
PURPOSES: Mapping[str, str] = dict(Upload.Purpose.choices)
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


def _lines(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[str]:
    old, new = ({one["line"]: one for one in lines} for lines in (before, after))
    for line, one in new.items():
        of = ChangeOp(one["op"]).label
        if line not in old:
            yield f"增加调整事项：{of}{one['body_name']}。"
            continue
        named = f"（{one['body_name']}）" if one["body_name"] and one["op"] != ChangeOp.CREATE else ""
        yield from _fields(OF_LINE, old[line], one, f"“{of}”事项{named}的")
        yield from _fields(OF_PARAMS, old[line]["params"], one["params"], f"“{of}”事项{named}的")
    for line, one in old.items():
        if line not in new:
            yield f"取消调整事项：{ChangeOp(one['op']).label}{one['body_name']}。"


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
