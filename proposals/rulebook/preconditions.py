"""The rulebook's table of steps, what they ask, and what is checked before a change is drawn up or confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model

from proposals.committee import terms
from proposals.committee.models import MeetingRule, Membership
from proposals.committee.voting_rule import usual_outcomes
from proposals.law.changes import RulebookStep
from proposals.law.models import RuleChange, Setting
from proposals.law.shapes import misshapen
from proposals.procedure.act import Act
from proposals.procedure.reasons import Reason
from proposals.procedure.steps import Preconditions
from proposals.rulebook import calendar_notices, profiles, standing_law
from proposals.rulebook.appointing import (
    duty_placed,
    goes_together,
    no_administrator,
    no_administrators,
    own,
    person_known,
    still_appointable,
)
from proposals.rulebook.lifecycle import RULEBOOK_STEPS
from proposals.rulebook.standing_law import TABLES
from proposals.rulebook.steps.settling import provision
from proposals.rules import law
from proposals.text.figures import KEYS, whole

if TYPE_CHECKING:
    from proposals.procedure.subjects import Rulebook

NO_SUCH_ROW = Reason("NO_SUCH_ROW", "没有找到要变更的原条目，请从列表中选择。")
__all__ = ["RULEBOOK_PRECONDITIONS", "RULEBOOK_STEPS"]


def new_change(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A change is drawn up once, under an identity of its own."""
    try:
        known = RuleChange.objects.filter(uuid=UUID(act.facts["change"])).exists()
    except ValueError:
        yield Reason("CHANGE_UNREADABLE", "变更编号有误，请重新打开页面填写。")
    else:
        if known:
            yield Reason("CHANGE_KNOWN", "这一变更已经登记，请勿重复登记。")


def no_law_yet(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """Law is founded once; what stands is changed row by row."""
    if profiles.law_stands(rulebook.territory):
        yield Reason("LAW_STANDS", "本地区已有办事规则，不能再整套启用，请逐条拟定变更。")


def still_no_law(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """An adoption is confirmed only while no other law came in between."""
    adopting = RuleChange.objects.filter(uuid=act.facts["change"], table=RulebookStep.ADOPT_PROFILE)
    if adopting.exists():
        yield from no_law_yet(rulebook, act)


def profile_as_shown(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """What is adopted is a profile that ships, and exactly what was shown of it."""
    try:
        shipped = profiles.digest(profiles.rows(act.facts["profile"]))
    except profiles.ProfileBroken as broken:
        yield Reason("NO_SUCH_PROFILE", str(broken))
    else:
        if shipped != act.facts["digest"]:
            yield Reason("PROFILE_CHANGED", "这套办事规则的内容与您看到的不同，请重新打开页面，核对后再拟定。")


def standing_as_shown(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """What is taken over stands without two people, and is exactly what was shown of it."""
    rows = standing_law.rows(rulebook.territory)
    if not rows:
        yield Reason("NOTHING_TO_TAKE_OVER", "现行规则都有两人办理的变更，无需承接。")
    elif standing_law.digest(rows) != act.facts["digest"]:
        yield Reason("STANDING_CHANGED", "现行规则的内容与您看到的不同，请重新打开页面，核对后再拟定。")


def still_standing(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A taking over is confirmed only while exactly the rows that it shows stand without two people."""
    taking = RuleChange.objects.filter(uuid=act.facts["change"], table=RulebookStep.TAKE_OVER_LAW).first()
    if taking is not None and taking.content["rows"] != standing_law.rows(rulebook.territory):
        yield Reason("STANDING_CHANGED", "拟定以后现行规则有了变化，请复核不通过，由拟定人重新拟定。")


def readable(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A change that is drawn up must be one that could take effect."""
    content: dict[str, Any] = {k: v for k, v in act.facts.items() if k not in ("change", "reason")}
    draft = RuleChange(territory=rulebook.territory, table=act.step, content=content)
    try:
        row: Model = provision(draft)
        row.clean_fields(exclude=["change", "territory"])
    except (TypeError, ValueError):
        yield Reason("CHANGE_UNREADABLE", "变更内容填写不全或有误，请按条目重新填写。")
    except ValidationError as error:
        yield Reason("CHANGE_UNREADABLE", "变更内容有误：" + "；".join(error.messages))
    else:
        if isinstance(row, Setting):
            wrong = misshapen(topic=row.topic, key=row.key, value=row.value) or _unchangeable(row)
            if wrong:
                yield Reason("CHANGE_UNREADABLE", wrong)
        if isinstance(row, MeetingRule) and not _counts(row):
            yield Reason("CHANGE_UNREADABLE", "议事规则填写不全或有误，请按条目重新填写。")
        yield from _beside(row)
        replaced = act.facts.get("row")
        if replaced and not TABLES[act.step].objects.filter(uuid=replaced, territory=rulebook.territory).exists():
            yield NO_SUCH_ROW


def still_fits(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A row that is confirmed fits beside the rows that were confirmed since it was drawn up."""
    change = RuleChange.objects.filter(uuid=act.facts["change"], table__in=TABLES).first()
    if change is not None:
        yield from _beside(provision(change))


def _beside(row: Model) -> Iterator[Reason]:
    try:
        row.validate_constraints(exclude=["change"])
    except ValidationError:
        told = "同一条目自同一日期起已有规定，或规格、日期先后颠倒"
        yield Reason("CHANGE_CONFLICTS", f"变更与已有条目冲突：{told}，请核对后重新拟定。")


def seat_known(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A seat that ends is one of this territory's committee."""
    rows = Membership.objects.filter(term__territory=rulebook.territory)
    if not rows.filter(pk=whole(str(act.facts["seat"]), within=KEYS) or 0).exists():
        yield NO_SUCH_ROW


def _counts(row: MeetingRule) -> bool:
    """Whether the rule can be counted by: every share is a part of one, every outcome is known."""
    try:
        rule = row.rule
        shares = (rule.quorum, rule.quorum_major, rule.threshold)
        return all(0 < one.num <= one.den for one in shares) and rule.outcomes.keys() >= usual_outcomes().keys()
    except (TypeError, ValueError, AttributeError, KeyError):
        return False


def _unchangeable(row: Setting) -> str:
    """Return why a rule's strength may not be set, or nothing."""
    if row.topic != Setting.Topic.SEVERITY:
        return ""
    rule = law.BY_CODE.get(row.key)
    if rule is None:
        return f"没有编号为「{row.key}」的核查规则，请从办事规则页面选择。"
    return "" if rule.adjustable else f"「{row.key}」由{rule.citation}规定，本地不得调整强度。"


def row_known(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A row that is ended is one of this territory."""
    table = TABLES.get(act.facts["table"])
    if table is None or not table.objects.filter(uuid=act.facts["row"], territory=rulebook.territory).exists():
        yield NO_SUCH_ROW


def appointment_known(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """An appointment that is ended is one of this territory."""
    named = whole(str(act.facts["appointment"]), within=KEYS) or 0
    if not own(rulebook.territory).filter(pk=named).exists():
        yield NO_SUCH_ROW


def waiting_for_another(rulebook: Rulebook, act: Act) -> Iterator[Reason]:
    """A change waits once, for somebody other than the person who drew it up."""
    change = RuleChange.objects.filter(uuid=act.facts["change"], territory=rulebook.territory).first()
    if change is None or change.status != RuleChange.Status.WAITING:
        yield Reason("CHANGE_SETTLED", "这一变更已经办结或不存在，请刷新列表。")
    elif change.drawn_by_id == act.actor.id:
        yield Reason("SAME_PERSON", "办事规则须由两人办理，拟定人不能复核自己拟定的变更。")


RULEBOOK_PRECONDITIONS: Preconditions = MappingProxyType(
    {
        RulebookStep.ADOPT_PROFILE: (new_change, no_law_yet, profile_as_shown),
        RulebookStep.TAKE_OVER_LAW: (new_change, standing_as_shown),
        RulebookStep.CHANGE_RULE: (new_change, readable),
        RulebookStep.CHANGE_CAP: (new_change, readable),
        RulebookStep.CHANGE_SETTING: (new_change, readable),
        RulebookStep.CHANGE_MEETING_RULE: (new_change, readable),
        RulebookStep.CHANGE_CALENDAR: (new_change, calendar_notices.readable, calendar_notices.own_year),
        RulebookStep.OPEN_TERM: (new_change, terms.term_follows, no_administrators),
        RulebookStep.OPEN_SERIES: (new_change,),
        RulebookStep.ENTER_NUMBERS: (new_change,),
        RulebookStep.SEAT_MEMBER: (new_change, terms.seat_free, no_administrator),
        RulebookStep.END_SEAT: (new_change, seat_known),
        RulebookStep.END_PROVISION: (new_change, row_known),
        RulebookStep.APPOINT: (new_change, person_known, duty_placed, goes_together),
        RulebookStep.END_APPOINTMENT: (new_change, appointment_known),
        RulebookStep.CONFIRM_CHANGE: (
            waiting_for_another,
            still_no_law,
            still_standing,
            still_fits,
            still_appointable,
            terms.still_seatable,
            calendar_notices.still_own_year,
        ),  # fmt: skip
        RulebookStep.DECLINE_CHANGE: (waiting_for_another,),
    }
)
