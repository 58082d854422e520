"""THE KEYS: everything that a change line may say besides its columns, and which sort of line uses what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from proposals.case.particulars.kinds import (
    NOTHING,
    Corrections,
    Day,
    Flag,
    Items,
    Key,
    Number,
    Reference,
    Said,
    Text,
    Word,
)
from proposals.case.particulars.words import ChangeOp as O
from proposals.case.particulars.words import Claiming, PledgeForm, Settling
from proposals.ledger.models import Holder, UseWay
from proposals.organisation.bodies import BodyVersion
from proposals.vocabulary import BodyCategory, LeaderLevel, QuotaType

# The facts of a body that may have been entered wrongly: nothing that decides or counts.
CORRECTABLE: Mapping[str, str] = {
    "name": "机构名称", "short_name": "规范简称", "credit_code": "统一社会信用代码", "nature": "机构性质",
    "welfare_class": "公益类别", "funding": "经费形式",
}  # fmt: skip


class Particulars(Said):
    """What a line says besides its columns, in the order in which it is told.

    `source` is who gives posts and who takes them back; `people` go along with their posts; `leaders` is what becomes
    of the leader posts and incumbents of a body that closes. `row` is the row of a register beside the ledger, or the
    line that founds the list; `row_name` are its words at that time. `new_body` and `new_counterpart` are lines of the
    same case that create the body and its opposite.
    """

    name = Text("名称", asked="拟设（新）名称")
    short_name = Text("简称", asked="规范简称")
    category = Word("类别", BodyCategory, asked="机构类别")
    plate = Text("牌子", asked="牌子名称")
    duty = Text("职责")
    source = Word("来源（去向）", Holder, asked="编制来源（去向）")
    people = Number("随编划转人数")
    return_on = Day("归还日期")
    leaders = Text("领导职数及现任人员去向")
    ends_on = Day("截止日期", asked="截止日期（存续、借用期限）")
    end_condition = Text("撤销条件")
    nature = Word("性质", BodyVersion.Nature, asked="机构性质")
    welfare_class = Word("公益类别", BodyVersion.WelfareClass)
    funding = Word("经费形式", BodyVersion.Funding)
    to_unit = Word("调整后的类型", (QuotaType, LeaderLevel, BodyCategory))
    duties = Items("主要职责", asked="主要职责（每行一项）")
    row_name = Text("台账条目")
    way = Word("消化途径", Settling)
    part = Number("本次销号数", asked="本次销号数（不填为全部）")
    measure = Text("解决措施")
    mode = Word("承接方式", Claiming)
    form = Word("形式", PledgeForm)
    department = Text("部门", asked="部门（设定、实施、借用单位）")
    threshold = Number("承接率要求（%）")
    use_way = Word("用编方式", UseWay)
    post = Text("岗位")
    from_outside = Flag("区外调入")
    purpose = Text("用途", asked="用途（引进人才、岗位）")
    year = Number("计划年度")
    carried = Number("其中上年结转数")
    list_type = Text("清单类型", hidden=True)
    fields = Corrections("更正内容", CORRECTABLE, hidden=True)
    row = Reference("台账条目", hidden=True)
    new_body = Reference("本事项新设的机构", hidden=True)
    new_counterpart = Reference("本事项新设的对方机构", hidden=True)

    def filled(self, *keys: Key[Any]) -> dict[str, Any]:
        """Return those of the keys that say something, as they are stored."""
        return {one.key: value for one in keys if one.is_filled(value := self.stored.get(one.key))}

    def labelled(self) -> Iterator[tuple[str, Any]]:
        """Yield everything that is stored with its label, also what the table does not know."""
        for name, value in self.stored.items():
            yield KEYS[name].label if name in KEYS else "", value

    def told(self) -> Iterator[tuple[Key[Any], str]]:
        """Yield what is told beside a line, in the order of the table, in the office's words."""
        for name, key in KEYS.items():
            if not key.hidden and (value := self.stored.get(name)):
                yield key, key.told(value)

    def has(self, key: Key[Any]) -> bool:
        """Return whether a key says something."""
        return key.is_filled(self.stored.get(key.key))


KEYS: Mapping[str, Key[Any]] = MappingProxyType(
    {name: key for name, key in vars(Particulars).items() if isinstance(key, Key)}
)
# Which columns and keys each sort of line uses. What it does not use is neither shown nor kept.
USED: Mapping[str, frozenset[str]] = {
    op: frozenset(words.split())
    for op, words in {
        O.CREATE: "name short_name counterpart rank category nature welfare_class funding duties source "
                  "ends_on end_condition",
        O.SPLIT: "body name short_name counterpart rank category nature welfare_class funding duties source",
        O.CREATE_INNER: "body name short_name rank duties",
        O.COORD_CREATE: "name counterpart rank ends_on end_condition",
        O.ABOLISH: "body counterpart source leaders", O.ABOLISH_INNER: "body counterpart source leaders",
        O.COORD_ABOLISH: "body counterpart leaders", O.MERGE: "body counterpart source leaders",
        O.MERGE_INNER: "body counterpart leaders",
        O.RENAME: "body name short_name", O.RENAME_INNER: "body name short_name", O.RERANK: "body rank",
        O.REAFFILIATE: "body counterpart", O.RECLASSIFY: "body category nature welfare_class funding source",
        O.ADD_PLATE: "body plate", O.REMOVE_PLATE: "body plate",
        O.DUTY_ADD: "body duty row mode department", O.DUTY_DROP: "body duty row", O.DUTY_MOVE: "body counterpart duty",
        O.DUTY_CLAIM: "row requested mode", O.DUTY_LIST: "name body list_type threshold", O.CHARTER: "body name duties",
        O.QUOTA_ADD: "body unit requested source", O.QUOTA_CUT: "body unit requested source",
        O.QUOTA_TRANSFER: "body counterpart unit requested people",
        O.QUOTA_CONVERT: "body unit requested to_unit source",
        O.LEADER_ADD: "body unit requested source", O.LEADER_CUT: "body unit requested source",
        O.LEADER_TRANSFER: "body counterpart unit requested people",
        O.LEADER_CONVERT: "body unit requested to_unit source",
        O.POOL_GROW: "unit requested source", O.POOL_SHRINK: "unit requested source",
        O.POOL_USE: "body unit requested purpose return_on", O.POOL_RETURN: "body unit requested",
        O.LEVEL_UP: "body unit requested people", O.LEVEL_DOWN: "body unit requested people",
        O.USE: "body unit requested use_way post from_outside", O.USE_PLAN: "body unit requested year carried",
        O.CORRECT: "body fields",
        O.RECTIFY: "row way measure part", O.PLEDGE_KEEP: "row name form department", O.PLEDGE_CANCEL: "row",
        O.BORROW: "body requested department ends_on", O.BORROW_END: "row", O.OTHER: "body counterpart",
    }.items()
}  # fmt: skip
# What the system writes beside what was typed: by key, the word that was typed.
BESIDE: Mapping[str, str] = {"row_name": "row", "new_body": "body", "new_counterpart": "counterpart"}


def ops_of(name: str) -> tuple[str, ...]:
    """Return the sorts of line that use a column or key."""
    word = BESIDE.get(name, name)
    return tuple(op for op, words in USED.items() if word in words)


def stored(values: Mapping[Key[Any], Any]) -> dict[str, Any]:
    """Return what a line says as it is stored: of all values by key those that say something."""
    return {key.key: key.store(value) for key, value in values.items() if key.is_filled(value)}


def faults(said: Mapping[str, Any]) -> Iterator[str]:
    """Say which keys are unknown and which values are not of their kind."""
    for name, value in said.items():
        key = KEYS.get(name)
        if key is None:
            yield f"没有「{name}」这一项"
        elif value not in NOTHING and not key.fits(value):
            yield f"「{key.label}」的内容无法识别：{value}"


def unused(op: str, said: Mapping[str, Any]) -> Iterator[str]:
    """Say which known keys hold something that a sort of line has no use for: it would be kept and never done."""
    for name, key in KEYS.items():
        if said.get(name) not in NOTHING and op not in ops_of(name):
            yield f"「{O(op).label}」不用「{key.label}」这一项"
