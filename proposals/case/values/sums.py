"""What the lines of a case add up to: posts by way, type and body, and the words by which a text names such a sum."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from proposals.case.lines import ChangeOp as Op
from proposals.vocabulary import LeaderLevel, QuotaType

ANY = ""
POSTS, LEADERS, CAREER = "POSTS", "LEADERS", "CAREER"  # all quotas, all leader posts, every 事业编制
BODIES, OTHERS, PEOPLE, POOLED = "BODIES", "OTHERS", "PEOPLE", "POOLED"


class Key(NamedTuple):
    """One sum: which way posts go, of which type, at which body; an empty place means any."""

    way: str = ANY
    unit: str = ANY
    body: str = ANY


class Tally(NamedTuple):
    """One line as it is counted, with the names of its body and of the other one."""

    op: str
    unit: str
    body: str
    other: str
    amount: int
    people: int = 0


Sums = Mapping[Key, int]

WAYS: Mapping[str, str] = MappingProxyType({
    Op.QUOTA_ADD: "ADD", Op.LEADER_ADD: "ADD", Op.QUOTA_CUT: "CUT", Op.LEADER_CUT: "CUT", Op.QUOTA_TRANSFER: "MOVE",
    Op.LEADER_TRANSFER: "MOVE", Op.QUOTA_CONVERT: "TURN", Op.LEADER_CONVERT: "TURN", Op.USE: "USE",
    Op.USE_PLAN: "USE", Op.POOL_USE: "POOL", Op.POOL_RETURN: "POOL", Op.LEVEL_UP: "UP", Op.LEVEL_DOWN: "DOWN",
    Op.CREATE: "SET", Op.CREATE_INNER: "SET", Op.COORD_CREATE: "SET", Op.SPLIT: "SET", Op.ABOLISH: "END",
    Op.ABOLISH_INNER: "END", Op.COORD_ABOLISH: "END", Op.ADD_PLATE: "PLATE", Op.REMOVE_PLATE: "PLATE",
})  # fmt: skip
# The first of these found nearest before a number says which way its posts go; else the nearest one after it.
WAY_WORDS: tuple[tuple[str, str], ...] = (
    ("ADD", "核增|增核|增加|新增|追加|增设|增配|扩编"),
    ("CUT", "核减|减少|收回|压减|精简|减核"),
    ("MOVE", "调剂|划转|调出|调入|划入|划出"),
    ("TURN", "置换|转换|转为"),
    ("UP", "上划"),
    ("DOWN", "下放"),
    ("USE", "使用|用编|招录|招聘|引进|安置"),
    ("SET", "设立|设置|组建|成立|新设|分设"),
    ("END", "撤销|注销"),
    ("PLATE", "加挂|挂牌|摘牌|摘除"),
)
UNIT_WORDS: tuple[tuple[str, str], ...] = (
    (LeaderLevel.SUB_SECTION_CHIEF, "股级职数|股级领导职数"),
    (LeaderLevel.SECTION_DEPUTY, "副科|副职"),
    (LeaderLevel.SECTION_CHIEF, "正科|正职"),
    (LEADERS, "职数"),
    (QuotaType.PSU_FULL, "全额(?:拨款|预算)?"),
    (QuotaType.PSU_PARTIAL, "差额(?:补贴|拨款|预算)?"),
    (QuotaType.PSU_SELF, "经费自理|自收自支"),
    (QuotaType.JUDICIAL_SPECIAL, "政法(?:专项)?编制"),
    (QuotaType.SUPPORT_WORKER, "工勤"),
    (CAREER, "事业编"),
    (QuotaType.ADMIN, "行政编"),
    (POSTS, "编制"),
)
ABOVE: Mapping[str, tuple[str, ...]] = MappingProxyType({
    **{unit: (POSTS, CAREER, POOLED) for unit in (QuotaType.PSU_FULL, QuotaType.PSU_PARTIAL, QuotaType.PSU_SELF)},
    **{unit: (POSTS, POOLED) for unit in (QuotaType.ADMIN, QuotaType.JUDICIAL_SPECIAL, QuotaType.SUPPORT_WORKER)},
    **{unit: (LEADERS, POOLED) for unit in LeaderLevel.values},
})  # fmt: skip


def sums(lines: Iterable[Tally]) -> Sums:
    """Add the lines up in every way in which a title may speak of them."""
    found: Counter[Key] = Counter()
    bodies: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        way = WAYS.get(line.op, line.op)
        if line.unit in ABOVE:
            for key in _keys(way, (line.unit, *ABOVE[line.unit]), (line.body, line.other)):
                found[key] += line.amount
            for key in _keys(way, (PEOPLE,), (line.body, line.other)):
                found[key] += min(line.people, line.amount)
        elif line.amount:
            found[Key(way, line.op)] += 1
        if line.amount:
            for name, unit in ((line.body, BODIES), (line.other, OTHERS)):
                bodies.setdefault((way, unit), set()).add(name)
                bodies.setdefault((ANY, unit), set()).add(name)
    for (way, unit), names in bodies.items():
        found[Key(way, unit)] = len(names - {""})
    return dict(found)


def _keys(way: str, units: Iterable[str], names: Iterable[str]) -> Iterator[Key]:
    for one_way in (way, ANY):
        for unit in units:
            for body in dict.fromkeys((*names, ANY)):
                yield Key(one_way, unit, body)


def named(words: tuple[tuple[str, str], ...], text: str) -> Iterator[tuple[int, str]]:
    """Yield where the text names one of the table's things, and which."""
    for code, pattern in words:
        for found in re.finditer(pattern, text):
            yield found.end(), code
