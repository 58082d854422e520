"""The only place that asks whether minutes contradict the record: every contradiction is named by its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from proposals import minutes
from proposals.states import Outcome

if TYPE_CHECKING:
    from proposals.models import Meeting

VOTES = re.compile(r"(赞成|反对|弃权)[^0-9，。；、]{0,3}(\d+)\s*票")
COUNTED = {"赞成": "in_favour", "反对": "against", "弃权": "abstained"}
PEOPLE = re.compile(r"(应到|实到)[^0-9，。；、]{0,6}(\d+)\s*[人名]")
POSTS = re.compile(r"(\d+)\s*(?:名|个)(?:[^，。；、]{0,8})(?:编制|职数)|(?:编制|职数)\s*(\d+)\s*(?:名|个)")
QUOTED = re.compile("《[^》]*》")
DECISIONS = {
    "原则同意": Outcome.AMENDED,
    "不同意": Outcome.REJECTED,
    "不予同意": Outcome.REJECTED,
    "同意": Outcome.APPROVED,
    "暂缓": Outcome.DEFERRED,
    "退回": Outcome.RETURNED,
    "顺延": Outcome.PUT_OVER,
}
DECISION = re.compile(f"会议(?:一致|研究|审议|决定|经表决|经审议)*(?:将)?(?:《[^》]*》)?({'|'.join(DECISIONS)})")
LABELS = {
    "meeting": "会议基本情况", "due": "应到人数", "present": "到会人员", "leave": "请假人员", "absent": "缺席人员",
    "title": "议题名称", "type": "议题类型", "reporter": "汇报人", "ad_hoc": "临时动议说明", "attending": "列席人员",
    "involved": "涉及单位", "recused": "回避", "written": "书面意见", "rounds": "表决情况", "tally": "计票",
    "verdict": "表决结果", "outcome": "议定结果", "outcome_label": "议定结果", "plan": "审定数额",
    "plan_digest": "方案校验值", "motion": "表决动议", "amendment": "修改意见", "position": "议题顺序", "note": "说明",
    "major": "重大事项", "decides": "是否表决", "case": "动议事项", "item": "议题",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One place where the minutes say something else than the record."""

    place: str
    says: str
    record: str

    def __str__(self) -> str:
        return f"{self.place}:纪要写为“{self.says}”,会议记录为“{self.record}”。"


def contradictions(content: Mapping[str, Any], meeting: Meeting) -> list[Contradiction]:
    """Return every contradiction between minutes and record: in the facts they carry and in the wording beside them."""
    true = minutes.sections(meeting)
    return [*_facts(content, true), *_wording(content, true)]


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


def _wording(content: Mapping[str, Any], true: Mapping[str, Any]) -> Iterator[Contradiction]:
    general = "".join(str(text) for text in content.get("wording", {}).values())
    yield from _people("开头和结尾", general, {"应到": true["due"], "实到": len(true["present"])})
    said = {one["item"]: one for one in content.get("items", [])}
    for one in true["items"]:
        texts = said.get(one["item"], {}).get("wording", {})
        for name in minutes.ITEM_WORDING:
            place = f"议题{one['position']}「{one['title']}」{minutes.WORDING[name]}"
            text = str(texts.get(name, ""))
            if name == "resolution" and one["decides"]:
                yield from _decision(place, text, one)
                yield from _posts(place, text, one)
            yield from _votes(place, text, one)
            yield from _people(place, text, {"应到": true["due"], "实到": len(one["present"])})


def _decision(place: str, text: str, one: Mapping[str, Any]) -> Iterator[Contradiction]:
    for found in DECISION.finditer(text):
        if DECISIONS[found[1]] != one["outcome"]:
            yield Contradiction(place, found[0], one["outcome_label"] or "没有议定结果")


def _votes(place: str, text: str, one: Mapping[str, Any]) -> Iterator[Contradiction]:
    counts = [found["tally"] for found in one["rounds"] if found["tally"]]
    for found in VOTES.finditer(text):
        if all(count[COUNTED[found[1]]] != int(found[2]) for count in counts):
            real = "、".join(f"{found[1]}{count[COUNTED[found[1]]]}票" for count in counts)
            yield Contradiction(place, found[0], real or "没有表决")


def _people(place: str, text: str, real: Mapping[str, int]) -> Iterator[Contradiction]:
    for found in PEOPLE.finditer(text):
        if int(found[2]) != real[found[1]]:
            yield Contradiction(place, found[0], f"{found[1]}{real[found[1]]}人")


def _posts(place: str, text: str, one: Mapping[str, Any]) -> Iterator[Contradiction]:
    """Numbers of posts in a resolution are numbers of the decided plan, or sums of one kind of change."""
    amounts = [(line["op"], line["decided"]) for line in one["plan"] if line["decided"] is not None]
    if not amounts:
        return
    known = {n for _, n in amounts} | {sum(n for _, n in amounts)}
    known |= {sum(n for op, n in amounts if op == kind) for kind in {op for op, _ in amounts}}
    for found in POSTS.finditer(QUOTED.sub("", text)):  # a quoted title names what was asked, not what was decided
        if int(found[1] or found[2]) not in known:
            yield Contradiction(place, found[0], "、".join(str(n) for n in sorted(known)))


def _brief(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("sentence") or value.get("title") or dict(value))[:120]
    if isinstance(value, list):
        return "、".join(_brief(one) for one in value)[:120] or "无"
    return "无" if value in (None, "") else str(value)[:120]
