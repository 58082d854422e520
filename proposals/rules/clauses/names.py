"""The law of names: a name is borne once, however it is written, and once given it is not given again beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from proposals.case.lines import ChangeLine, ChangeOp
from proposals.rules.base import Finding, Rule
from proposals.rules.read_rows import NAMING
from proposals.rules.view import CaseView
from proposals.text import alike
from proposals.vocabulary import BodyCategory, Severity

INNER_NAMING = (ChangeOp.CREATE_INNER, ChangeOp.RENAME_INNER)


class Given(NamedTuple):
    """A name that a line gives: within which body an inner name must be its own, or None for a body's name."""

    line: ChangeLine
    name: str
    inner: bool
    place: UUID | None

    @property
    def key(self) -> tuple[str, UUID | None]:
        """What no other name may have in common with it."""
        return alike.key(self.name), self.place


def given(case: CaseView) -> list[Given]:
    """Return the names that the lines give, in their order; a correction of a name gives one as well."""
    found = []
    for line in case.lines:
        name = case.new_name(line)
        inner = line.op in INNER_NAMING
        if line.op == ChangeOp.CORRECT:
            name = line.says.fields.get("name", "")
            inner = _parent(case, line) is not None and case.category(line.target) == BodyCategory.INNER
        elif line.op not in (*NAMING, *INNER_NAMING):
            continue
        if name:
            place = line.named if line.op == ChangeOp.CREATE_INNER else _parent(case, line)
            found.append(Given(line, name, inner, place if inner else None))
    return found


def _parent(case: CaseView, line: ChangeLine) -> UUID | None:
    version = case.versions.get(line.body.uuid) if line.body else None
    return version.parent.uuid if version and version.parent else None


def _taken(case: CaseView, one: Given) -> str:
    """Say who bears the name already: a body that stands, or one that an earlier line of the case names so."""
    for version in case.namesakes:
        if version.body.uuid == one.line.target or version.name_key != alike.key(one.name):
            continue
        if not one.inner or (version.parent and version.parent.uuid == one.place):
            return "" if version.name == one.name else f"（写作「{version.name}」）"
    return "-"


def _earlier(case: CaseView, one: Given) -> Given | None:
    before = (other for other in given(case) if other.line.position < one.line.position)
    return next((other for other in before if (other.inner, other.key) == (one.inner, one.key)), None)


class NameUnused(Rule):
    """名称「{name}」{taken}。"""

    code, citation = "NAME-01", "机构名称规范：名称不得重复"
    remedy = "请更改拟用名称。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A new or changed name of a body is nobody else's, nor given twice, however it is written."""
        for one in given(case):
            if one.inner:
                continue
            taken, earlier = _taken(case, one), _earlier(case, one)
            if taken != "-":
                yield self.finding(case, line=one.line.uuid, name=one.name, taken=f"已由现有机构使用{taken}")
            elif earlier:
                words = f"与第{earlier.line.position}项调整事项拟用的名称相同"
                yield self.finding(case, line=one.line.uuid, name=one.name, taken=words)


class InnerNameUnused(Rule):
    """{body}{taken}内设机构「{name}」。"""

    code, citation = "NAME-02", "内设机构名称在本机构内不得重复"
    remedy = "请更改内设机构名称。"

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Inner names are unique within their body, however they are written, among those of the case as well."""
        for one in given(case):
            if not one.inner or one.place is None:
                continue
            taken, earlier = _taken(case, one), _earlier(case, one)
            words = "已有" if taken != "-" else f"由第{earlier.line.position}项调整事项已设" if earlier else ""
            if words:
                body = case.full_name(one.place)
                yield self.finding(case, line=one.line.uuid, body=body, taken=words, name=one.name)


class NameAskedElsewhere(Rule):
    """名称「{name}」也是另一在办事项拟用的名称。"""

    code, citation = "NAME-03", "机构名称规范：名称不得重复"
    remedy = "请与该事项协调，先生效者得名。"
    severity = Severity.WARN

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A name that another case under way would give is told before both have been argued."""
        mine = {one.key: one for one in given(case) if not one.inner}
        for other, name in case.named_elsewhere if mine else ():
            one = mine.get((alike.key(name), None))
            if one:
                yield self.finding(case, line=one.line.uuid, matters=(other,), name=one.name, other=other)
