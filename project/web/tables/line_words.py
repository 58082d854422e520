"""What a change line says besides its body and numbers, in the office's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from proposals.case.values import in_force
from proposals.ledger.models import UseWay
from proposals.models import BodyVersion, ChangeLine, DutyItem, Holder, Pledge, ProblemItem
from proposals.vocabulary import UNIT_LABELS, BodyCategory

PARAMS = (
    ("rank", "规格"), ("name", "名称"), ("short_name", "简称"), ("category", "类别"), ("plate", "牌子"),
    ("duty", "职责"), ("source", "来源（去向）"), ("people", "随编划转人数"), ("return_on", "归还日期"),
    ("leaders", "领导职数及现任人员去向"),
    ("ends_on", "截止日期"), ("end_condition", "撤销条件"), ("nature", "性质"), ("welfare_class", "公益类别"),
    ("funding", "经费形式"), ("to_unit", "调整后的类型"), ("duties", "主要职责"), ("row_name", "台账条目"),
    ("way", "消化途径"), ("part", "本次销号数"), ("measure", "解决措施"), ("mode", "承接方式"), ("form", "形式"), ("department", "部门"),
    ("threshold", "承接率要求（%）"), ("use_way", "用编方式"), ("post", "岗位"), ("from_outside", "区外调入"),
    ("purpose", "用途"), ("year", "计划年度"), ("carried", "其中上年结转数"),
)  # fmt: skip
WORDS: Mapping[str, Mapping[Any, Any]] = {
    "category": dict(BodyCategory.choices), "nature": dict(BodyVersion.Nature.choices),
    "welfare_class": dict(BodyVersion.WelfareClass.choices), "funding": dict(BodyVersion.Funding.choices),
    "to_unit": UNIT_LABELS, "source": dict(Holder.choices), "way": dict(ProblemItem.Way.choices),
    "mode": dict(DutyItem.Mode.choices), "form": dict(Pledge.Form.choices),
    "use_way": dict(UseWay.choices), "from_outside": {True: "是"},
}  # fmt: skip


def otherwise(line: ChangeLine) -> str:
    """Say what the city granted otherwise than was laid before it, in its own words."""
    if not line.granted_wording:
        return ""
    other = in_force.instead(line)
    given = f"市级另批{UNIT_LABELS[other.unit]}{other.n}名" if other else "市级批准数多于报送数"
    return f"{given}（批复原文：{line.granted_wording}）"


def more(line: ChangeLine) -> Iterator[tuple[str, str]]:
    """Yield label and words of everything else that a change line says."""
    people = min(int(line.params.get("people") or 0), in_force.number(line))
    said = {**line.params, "people": people or "", "rank": line.get_rank_display() if line.rank is not None else ""}
    for name, label in PARAMS:
        value = said.get(name)
        if value not in (None, "", False, []):
            yield label, "、".join(value) if isinstance(value, list) else str(WORDS.get(name, {}).get(value, value))
