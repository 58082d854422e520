"""The only place that asks whether minutes contradict the record: every contradiction is named by its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from proposals.committee.minutes import drawing, wording
from proposals.committee.minutes.contradiction import Contradiction

if TYPE_CHECKING:
    from proposals.committee.reading.whole import Reading

LABELS: Mapping[str, str] = {
    "meeting": "会议基本情况", "due": "应到人数", "present": "到会人员", "leave": "请假人员", "absent": "缺席人员",
    "title": "议题名称", "type": "议题类型", "reporter": "汇报人", "ad_hoc": "临时动议说明", "attending": "列席人员",
    "involved": "涉及单位", "recused": "回避", "written": "书面意见", "rounds": "表决情况", "tally": "计票",
    "verdict": "表决结果", "outcome": "议定结果", "outcome_label": "议定结果", "plan": "审定数额",
    "plan_digest": "方案校验值", "motion": "表决动议", "amendment": "修改意见", "position": "议题顺序", "note": "说明",
    "major": "重大事项", "decides": "是否表决", "case": "动议事项", "withdrawn": "已撤回", "item": "议题",
}  # fmt: skip


def contradictions(content: Mapping[str, Any], read: Reading) -> list[Contradiction]:
    """Return every contradiction between minutes and record: in the facts they carry and in the wording beside them."""
    true = drawing.sections(read)
    return [*_facts(content, true), *wording.contradictions(content, true)]


def _facts(content: Mapping[str, Any], true: Mapping[str, Any]) -> Iterator[Contradiction]:
    for name in ("due", "present", "leave", "absent"):
        if content.get(name) != true[name]:
            yield Contradiction(LABELS[name], _brief(content.get(name)), _brief(true[name]))
    for name, value in true["meeting"].items():
        if name != "head" and content.get("meeting", {}).get(name) != value:
            yield Contradiction(LABELS["meeting"], _brief(content.get("meeting", {}).get(name)), _brief(value))
    said = {one["item"]: one for one in content.get("items", [])}
    for one in true["items"]:
        mine = said.pop(one["item"], None)
        if mine is None:
            yield Contradiction(f"议题{one['position']}", "没有写入", one["title"])
            continue
        for name, value in one.items():
            if name != "wording" and mine.get(name) != value:
                place = f"议题{one['position']}「{one['title']}」{LABELS.get(name, name)}"
                yield Contradiction(place, _brief(mine.get(name)), _brief(value))
    for extra in said.values():
        yield Contradiction("议题", str(extra.get("title")), "议程中没有这一议题")


def _brief(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("sentence") or value.get("title") or dict(value))[:120]
    if isinstance(value, list):
        return "、".join(_brief(one) for one in value)[:120] or "无"
    return "无" if value in (None, "") else str(value)[:120]
