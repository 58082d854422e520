"""Rows that are no data: sums, which are recognised and held against what they sum up, and remarks below a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SUM = re.compile(r"^(?:本页|本表|全区|全部)?(合计|总计|共计|累计|小计)[:：]?$")
SUM_OF = re.compile(r"^.{1,20}?(合计|总计|共计|小计)[:：]?$")
REMARK = re.compile(r"^(?:注|说明|填表人?|制表人?|审核人?|填报人|填报单位|单位负责人|联系人)[:：]")


def kind_of(words: Sequence[str]) -> str:
    """Return how a row is called that sums up, "注" for a remark, or nothing for data; `words` are its texts."""
    said = ["".join(word.split()) for word in words if word]
    if not said:
        return ""
    if REMARK.match(said[0]):
        return "注"
    whole = next((found for word in said if (found := SUM.match(word))), None) or SUM_OF.match(said[0])
    return whole[1] if whole else ""


@dataclass
class Sums:
    """The numbers of a sheet added up as its rows are read: in all, since the last 小计, and by type."""

    whole: Counter[tuple[str, str]] = field(default_factory=Counter)
    part: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: int = 0
    first: list[tuple[int, str, Mapping[str, Any]]] = field(default_factory=list)

    def add(self, row: Mapping[str, Any], names: Sequence[str]) -> None:
        """Add a row of data."""
        self.rows += 1
        for name in names:
            if isinstance(row.get(name), int):
                for kind in {"", str(row.get("unit", ""))}:
                    self.whole[kind, name] += row[name]
                    self.part[kind, name] += row[name]

    def compare(
        self, number: int, kind: str, row: Mapping[str, Any], names: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        """Yield name and complaint of every number that is not the sum; a sum above its rows waits for `last`."""
        if not self.rows:
            self.first.append((number, kind, row))
            return
        yield from self._differing(kind, row, names, self.part if kind == "小计" else self.whole)
        if kind == "小计":
            self.part.clear()

    def last(self, names: Sequence[str]) -> Iterator[tuple[int, str, str]]:
        """Yield row, name and complaint of every sum that stood above its rows."""
        for number, kind, row in self.first:
            yield from ((number, name, said) for name, said in self._differing(kind, row, names, self.whole))

    def _differing(
        self, kind: str, row: Mapping[str, Any], names: Sequence[str], sums: Mapping[tuple[str, str], int]
    ) -> Iterator[tuple[str, str]]:
        unit = str(row.get("unit") or "")
        unit = unit if any(one == unit for one, _ in sums) else ""
        for name in names:
            told, added = row.get(name), sums.get((unit, name), 0)
            if told not in (None, "", 0) and told != added:
                yield name, f"{kind}填写{told}，各行相加为{added}，请核对是多填、漏填还是合计有误。"
