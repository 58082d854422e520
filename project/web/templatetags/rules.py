"""The filters that say a row of the rulebook in the office's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils import formats

from proposals.case import kinds
from proposals.law.models import CAP_SUBJECTS
from proposals.models import Appointment, AuthorityRule, ChangeOp, Membership, Person, Role
from proposals.procedure.act import uuid_in
from proposals.rulebook import calendar_text, profiles
from proposals.rulebook.asks import ROLES, USES
from proposals.rules.base import Rule
from proposals.text.figures import KEYS, whole
from proposals.vocabulary import UNIT_LABELS, BodyCategory, Decider, DecisionMode, Duty, Rank

register = template.Library()

WORDS: Mapping[str, str] = {
    "kind": "事项类型", "op": "变更内容", "category": "机构类别", "unit": "类型", "min_rank": "最低规格", "max_rank": "最高规格",
    "raises_total": "突破总量", "decider": "决定机关", "mode": "方式", "counted": "对象", "scope": "范围", "value": "内容",
    "paper": "批准文件", "topic": "类别", "item": "项目", "since": "施行日期", "until": "截止日期", "citation": "依据",
    "verified": "已核实", "row": "原条目", "table": "对象", "person": "人员", "duty": "职责", "appointment": "原任职",
    "profile": "办事规则", "digest": "内容校验值", "role": "身份", "order": "职务排序", "seat": "原职务", "path": "范围",
    "name": "届次", "members": "组成人员",
    "year": "年份", "days": "放假和调休上班", "replaces": "所更正的安排",
    "word": "发文代字", "first": "起号", "last": "止号", "use": "情形",
}  # fmt: skip


VALUES: Mapping[str, Mapping[str, str]] = {
    "use": dict(USES),
    "decider": dict(Decider.choices), "mode": dict(DecisionMode.choices), "op": dict(ChangeOp.choices),
    "category": dict(BodyCategory.choices), "counted": dict(CAP_SUBJECTS),
}  # fmt: skip


@register.filter
def rule_word(name: str) -> str:
    """Return what a fact of a change is called."""
    return WORDS.get(name, name)


@register.filter
def rule_value(value: Any, name: str) -> list[str]:
    """Return a fact of a change as a second person reads it, line by line: people by name, duties by their words."""
    match name:
        case "person":
            return [_person(value)]
        case "role" | "duty":
            return [str({**dict(Role.choices), **dict(Duty.choices), **dict(ROLES)}.get(value, value))]
        case "seat" | "appointment":
            table = Membership if name == "seat" else Appointment
            row = table._default_manager.filter(pk=whole(str(value), within=KEYS) or 0).first()
            return [str(row or value)]
        case "since" | "until":
            return [_day(str(value))]
        case "members":
            return [
                f"{one['order']}. {_person(one['person'])}，{Role(one['role']).label}，{one['unit'] or '—'}"
                for one in value
            ]
    return [VALUES.get(name, {}).get(str(value), str(value))]


def _day(value: str) -> str:
    try:
        return formats.date_format(date.fromisoformat(value))
    except ValueError:
        return value


def _person(uuid: str) -> str:
    return str(Person.objects.filter(uuid=uuid_in(uuid)).first() or uuid)


@register.filter
def holidays(days: list[dict[str, Any]]) -> list[str]:
    """Return the days of a holiday notice as short lines, one a holiday."""
    return calendar_text.summary(calendar_text.marked(days))


@register.filter
def profile_word(name: str) -> str:
    """Return what a ready profile is called."""
    return profiles.label(name)


@register.filter
def kind_word(code: str) -> str:
    """Return the label of a kind of proposal, or nothing."""
    return kinds.BY_CODE[code].label if code in kinds.BY_CODE else ""


@register.filter
def op_word(op: str) -> str:
    """Return the label of a change line, or nothing."""
    return ChangeOp(op).label if op else ""


@register.filter
def conditions(row: AuthorityRule) -> str:
    """Return the conditions of an authority row in one line."""
    said = []
    if row.category:
        said.append(str(BodyCategory(row.category).label))
    if row.unit:
        said.append(UNIT_LABELS[row.unit])
    if row.min_rank > Rank.NONE:
        said.append(f"{Rank(row.min_rank).label}以上")
    if row.max_rank < Rank.DIVISION:
        said.append(f"{Rank(row.max_rank).label}以下")
    if row.raises_total is not None:
        said.append("突破总量" if row.raises_total else "总量以内")
    return "、".join(said) or "—"


@register.filter
def route(legs: list[AuthorityRule]) -> str:
    """Return who does what, one after the other."""
    return " → ".join(dict.fromkeys(f"{leg.get_decider_display()}{leg.get_mode_display()}" for leg in legs))


@register.filter
def may_pass(rule: Rule) -> str:
    """Return who may let a finding of the rule pass, or nothing."""
    return "、".join(str(Duty(duty).label) for duty in rule.overridable)
