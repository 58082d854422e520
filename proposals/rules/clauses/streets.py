"""The law of set patterns: which bodies, plates and leader posts a town or street may have, and post schedules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from proposals.case.lines import ChangeOp
from proposals.law.lawbook import Pattern
from proposals.law.rows import SettingRow
from proposals.organisation.bodies import BodyVersion
from proposals.prepared import PreparedIn
from proposals.rules.base import ALL_ALONG, Finding, Rule
from proposals.rules.view import CaseView
from proposals.vocabulary import UNIT_LABELS, BodyCategory, LeaderLevel, QuotaType, Severity

PLACES = (BodyCategory.TOWN, BodyCategory.STREET)
SHAPING = (
    ChangeOp.CREATE, ChangeOp.CREATE_INNER, ChangeOp.SPLIT, ChangeOp.ABOLISH, ChangeOp.ABOLISH_INNER, ChangeOp.MERGE,
    ChangeOp.MERGE_INNER, ChangeOp.REAFFILIATE, ChangeOp.ADD_PLATE, ChangeOp.REMOVE_PLATE,
)  # fmt: skip


class PatternRule(Rule):
    """A rule that compares what a town or street will consist of with the pattern that binds it."""

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Yield what departs from the pattern, for every town and street that the lines shape."""
        if not any(line.op in SHAPING for line in case.lines):
            return
        for place in _places(case):
            below = _below(case, place.body.uuid)
            for pattern, row in case.lawbook.patterns(tags=place.tags, category=place.category):
                yield from self.compare(case, place, below, pattern, row)

    def compare(
        self,
        case: CaseView,
        place: BodyVersion,
        below: Mapping[UUID, Mapping[str, Any]],
        pattern: Pattern,
        row: SettingRow,
    ) -> Iterator[Finding]:
        """Yield what departs from one pattern."""
        raise NotImplementedError


def _places(case: CaseView) -> list[BodyVersion]:
    """The towns and streets that are named, or to which a named body belongs."""
    wanted = [pk for version in case.versions.values() for pk in (version.body_id, version.parent_id) if pk]
    return _STANDING(wanted, on=case.on)


_STANDING: PreparedIn[BodyVersion] = PreparedIn(
    lambda values, on: (
        BodyVersion.objects.standing(on=on)
        .filter(body__id__in=values, category__in=PLACES)
        .select_related("body")
        .order_by("body_id")
    )
)


def _below(case: CaseView, place: UUID) -> dict[UUID, dict[str, Any]]:
    """What will belong to the place when the lines are carried out: name, category and plates by body."""
    rows = BodyVersion.objects.standing(on=case.on).filter(parent__uuid=place).select_related("body")
    below = {row.body.uuid: {"name": row.name, "category": row.category, "plates": list(row.plates)} for row in rows}
    for line in case.plan.lines:
        for change in line.changes:
            if change.how == "CLOSE":
                below.pop(change.body, None)
            elif change.how == "OPEN" and change.values.get("parent") == place:
                below[change.body] = dict(change.values)
            elif change.body in below:
                below[change.body].update(change.values)
                if change.values.get("parent", place) != place:
                    below.pop(change.body)
    return below


class PatternKept(PatternRule):
    """{place}按“{pattern}”模式{category}最多{most}个，本事项后为{count}个。"""

    code, citation = "S7", "乡镇街道机构设置模式"
    remedy = "自选机构（X）只限规定的镇街，请减少机构数。"

    def compare(
        self,
        case: CaseView,
        place: BodyVersion,
        below: Mapping[UUID, Mapping[str, Any]],
        pattern: Pattern,
        row: SettingRow,
    ) -> Iterator[Finding]:
        """X more bodies only where the pattern allows them, and no more than the set slots elsewhere."""
        counts = Counter(str(body["category"]) for body in below.values())
        spare = pattern.own_choice(place.tags)
        for category, slots in pattern.slots.items():
            over = counts[category] - slots
            if over > spare:
                yield self.finding(
                    case, place=place.name, pattern=pattern.name, category=BodyCategory(category).label,
                    most=slots + spare, count=counts[category], citation=row.citation,
                )  # fmt: skip
            spare -= max(0, min(over, spare))


class PatternFilled(PatternRule):
    """{place}按“{pattern}”模式应设{category}{slots}个，本事项后为{count}个。"""

    code, citation = "S7-F", "乡镇街道机构设置模式"
    remedy = "请说明暂缺的原因或一并设立。"
    severity = Severity.WARN

    def compare(
        self,
        case: CaseView,
        place: BodyVersion,
        below: Mapping[UUID, Mapping[str, Any]],
        pattern: Pattern,
        row: SettingRow,
    ) -> Iterator[Finding]:
        """The set slots of a pattern are all there."""
        counts = Counter(str(body["category"]) for body in below.values())
        for category, slots in pattern.slots.items():
            if counts[category] < slots:
                yield self.finding(
                    case, place=place.name, pattern=pattern.name, category=BodyCategory(category).label, slots=slots,
                    count=counts[category], citation=row.citation,
                )  # fmt: skip


class PatternPlates(PatternRule):
    """{place}{body}按“{pattern}”模式挂{wanted}块牌子，本事项后为{count}块。"""

    code, citation = "S7-P", "乡镇街道机构设置模式"
    remedy = "请核对牌子清单。"
    severity = Severity.WARN

    def compare(
        self,
        case: CaseView,
        place: BodyVersion,
        below: Mapping[UUID, Mapping[str, Any]],
        pattern: Pattern,
        row: SettingRow,
    ) -> Iterator[Finding]:
        """A centre with three plates has three."""
        for ending, wanted in pattern.plates.items():
            for body in below.values():
                if str(body["name"]).endswith(ending) and len(body.get("plates", [])) != wanted:
                    yield self.finding(
                        case, place=place.name, body=body["name"], pattern=pattern.name, wanted=wanted,
                        count=len(body.get("plates", [])), citation=row.citation,
                    )  # fmt: skip


class PostsOfPattern(Rule):
    """{place}{unit}调整后为{count}名，模式规定{wanted}名。"""

    code, citation = "S6", "乡镇街道领导职数（市级核定）"
    remedy = "请核对职数依据。"
    severity = Severity.WARN

    def check(self, case: CaseView) -> Iterator[Finding]:
        """A town has 11 leader posts and a street 9, where the rulebook says so."""
        for (body, unit), row in case.rows.items():
            version = case.versions.get(body)
            if version is None or version.category not in PLACES or unit not in LeaderLevel.values:
                continue
            for pattern, setting in case.lawbook.patterns(tags=version.tags, category=version.category):
                wanted = pattern.posts.get(unit)
                if wanted is not None and row.approved[1] > wanted:
                    yield self.finding(
                        case, place=version.name, unit=UNIT_LABELS[unit], count=row.approved[1], wanted=wanted,
                        citation=setting.citation,
                    )  # fmt: skip


class PostsBySchedule(Rule):
    """{body}编制{quota}名，领导职数标准为{least}至{most}名，本事项后为{count}名。"""

    code, citation = "LP-SCH", "领导职数标准（示例，非内蒙古规定）"
    remedy = "请说明超出标准的依据。"
    severity = Severity.WARN
    verified = False
    steps = ALL_ALONG

    def check(self, case: CaseView) -> Iterator[Finding]:
        """Leader posts go by the number of posts, where the rulebook has a schedule for the category."""
        for body, version in case.versions.items():
            found = case.lawbook.schedule(version.category)
            if found is None or not any(line.unit in LeaderLevel.values for line in case.lines if line.target == body):
                continue
            approved = case.approved_after(body)
            posts = sum(n for unit, n in approved.items() if unit in LeaderLevel.values)
            quota = sum(n for unit, n in approved.items() if unit in QuotaType.values)
            steps, setting = found
            _, least, most = next((step for step in steps if quota <= step[0]), steps[-1])
            if posts > most:
                yield self.finding(
                    case, body=version.name, quota=quota, least=least, most=most, count=posts, citation=setting.citation
                )  # fmt: skip
