"""What becomes of bodies and of rows beside the ledger: as rows of a table, and as clauses to be said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from docs_templates.facts.parts import ChangeLine
from docs_templates.sources.wording import listed, sentence
from proposals.models import ChangeOp
from proposals.organisation.bodies import BodyVersion
from proposals.plan import trial
from proposals.plan.sheet import FactChange
from proposals.side_registers.named_rows import RowChange
from proposals.vocabulary import BodyCategory, Rank

if TYPE_CHECKING:
    from proposals.models import ChangeLine as Line

FACT_LABELS: Mapping[str, str] = {
    "name": "机构名称", "short_name": "规范简称", "rank": "机构规格", "nature": "机构性质", "category": "机构类别",
    "welfare_class": "公益类别", "funding": "经费形式", "parent": "隶属关系", "charter": "“三定”规定",
    "credit_code": "统一社会信用代码", "ends_on": "存续期限", "end_condition": "撤销条件",
}  # fmt: skip
LISTS: Mapping[str, str] = {"plates": "加挂牌子", "duties": "主要职责"}
GAINED: Mapping[str, str] = {"plates": "{body}加挂“{item}”牌子", "duties": "{body}增加职责：{item}"}
LOST: Mapping[str, str] = {"plates": "{body}不再加挂“{item}”牌子", "duties": "{body}不再承担职责：{item}"}
WORDS: Mapping[str, Mapping[Any, str]] = {
    "rank": dict(Rank.choices),
    "nature": dict(BodyVersion.Nature.choices),
    "category": dict(BodyCategory.choices),
    "welfare_class": dict(BodyVersion.WelfareClass.choices),
    "funding": dict(BodyVersion.Funding.choices),
}


def told(lines: Any, final: trial.Plan, names: Mapping[UUID, str]) -> Iterator[tuple[UUID, ChangeLine]]:
    """Tell what becomes of bodies, each with the line that does it (a new body has its line's uuid)."""
    by_id, known = {line.uuid: line for line in lines}, dict(final.facts)
    for done in final.lines:
        line = by_id[done.line]
        said: list[ChangeLine] = []
        for change in done.changes:
            # A later line begins where an earlier one left the body: of three plates each is told once.
            said += _fact(line, change, known.get(change.body, {}), names)
            known[change.body] = {**known.get(change.body, {}), **change.values}
        said += [_row(change) for change in done.rows]
        yield from ((line.uuid, one) for one in said)
        if not said and (not done.moves or not done.amount) and not line.unit:
            yield line.uuid, _plain(line, done.amount, names)


def _plain(line: Line, amount: int, names: Mapping[UUID, str]) -> ChangeLine:
    """Tell a line that moves no posts and changes no fact of the register, or was not granted."""
    words = line.remark or line.says.duty or line.says.plate or line.says.name or "按方案办理"
    body = (names.get(line.target) if line.target else "") or line.body_name
    label = line.get_op_display()
    clause = f"{body}{label}：{sentence(words)}" if amount else f"{body}{label}未获同意"
    return ChangeLine(body=body or label, item=label, after=words if amount else "未获同意", said=clause)


def _row(change: RowChange) -> ChangeLine:
    """Tell what becomes of a row of a register beside the ledger."""
    what, _, which = change.item.partition("：")
    after = f"：{change.after}" if change.after else ""
    return ChangeLine(
        body=change.whose, item=change.item, before=change.before, after=change.after, note=change.note,
        said=f"办理{change.whose}{what}{f'（{which}）' if which else ''}{after}",
    )  # fmt: skip


def _fact(line: Line, change: FactChange, before: Mapping[str, Any], names: Mapping[UUID, str]) -> Iterator[ChangeLine]:
    body = names.get(change.body, line.body_name)
    match change.how:
        case "OPEN":
            yield _opened(body, line, change.values, names)
        case "CLOSE":
            leaders = line.says.leaders
            yield ChangeLine(
                body=body, item=line.get_op_display(), before=before.get("name", ""), after="撤销", said=f"撤销{body}",
                note=f"领导职数及现任人员：{leaders}" if leaders else "",
            )  # fmt: skip
        case "SUCCEED":
            successor = names.get(change.values["successor"], "")
            clause = f"由{successor}承接{body}职责"
            yield ChangeLine(body=body, item="职责承接", after=f"由{successor}承接", said=clause)
        case _:
            values = dict(change.values)
            if change.op == ChangeOp.CHARTER:
                yield _charter(body, values.pop("charter"), before.get("charter") or "")
            yield from _changed(body, values, before, names)


def _opened(body: str, line: Line, values: Mapping[str, Any], names: Mapping[UUID, str]) -> ChangeLine:
    rank = WORDS["rank"].get(values.get("rank"), "") if values.get("rank") else ""
    parent = _words("parent", values.get("parent"), names)
    plates = listed([f"“{plate}”" for plate in values.get("plates", [])])
    clause = f"设立{body}" + (f"（{rank}）" if rank else "")
    clause += f"，隶属{parent}" if parent and not body.startswith(parent) else ""
    clause += f"，加挂{plates}牌子" if plates else ""
    note = listed([f"隶属{parent}" if parent else "", *values.get("plates", [])])
    return ChangeLine(
        body=body, item=line.get_op_display(), after=f"设立（{rank}）" if rank else "设立", note=note, said=clause
    )


def _charter(body: str, new: str, old: str) -> ChangeLine:
    """Tell a new charter; one that bears no name but its body's is not named twice."""
    label, how = FACT_LABELS["charter"], "修订" if old else "印发"
    named = "" if new == f"{body}{label}" else f"《{new.strip('《》')}》"
    return ChangeLine(body=body, item=label, before=old, after=named or how, said=f"{how}{body}{label}{named}")


def _changed(
    body: str, values: Mapping[str, Any], before: Mapping[str, Any], names: Mapping[UUID, str]
) -> Iterator[ChangeLine]:
    for name, label in FACT_LABELS.items():
        if name in values and values[name] != before.get(name):
            old, new = (_words(name, facts.get(name), names) for facts in (before, values))
            yield ChangeLine(body=body, item=label, before=old, after=new or "取消", said=_clause(body, name, old, new))
    for name, label in LISTS.items():
        old_items, new_items = before.get(name) or [], values.get(name, before.get(name)) or []
        for item in new_items:
            if item not in old_items:
                clause = GAINED[name].format(body=body, item=sentence(str(item)))
                yield ChangeLine(body=body, item=label, after=str(item), change="增加", said=clause)
        for item in old_items:
            if item not in new_items:
                clause = LOST[name].format(body=body, item=sentence(str(item)))
                yield ChangeLine(body=body, item=label, before=str(item), after="取消", change="减少", said=clause)


def _clause(body: str, name: str, old: str, new: str) -> str:
    """Say one changed fact of a body as a clause that may follow 拟 or 同意."""
    if name == "name":
        return f"将{body}更名为{new}"
    if name == "parent" and old and new:
        return f"将{body}由隶属{old}调整为隶属{new}"
    if old and new:
        return f"将{body}{FACT_LABELS[name]}由{old}调整为{new}"
    return f"确定{body}{FACT_LABELS[name]}为{new}" if new else f"取消{body}{FACT_LABELS[name]}{old}"


def _words(name: str, value: Any, names: Mapping[UUID, str]) -> str:
    if name == "parent":
        return names.get(value, "") if value else ""
    return WORDS.get(name, {}).get(value, "" if value is None else str(value))
