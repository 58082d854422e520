"""Reading the law of a territory as of a day: one object, each table read at most once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from proposals.law.models import AuthorityRule, Cap, Setting
from proposals.organisation.people import Territory
from proposals.procedure import chronicle
from proposals.vocabulary import Duty, State

if TYPE_CHECKING:
    from proposals.case.models import Proposal

Topic = Setting.Topic


class Switch(NamedTuple):
    """One adjustable value: what it means, what sort of value it is, and what holds where no row says otherwise."""

    label: str
    sort: type
    default: Any


SWITCHES: Mapping[str, Switch] = {
    "pre_communication": Switch("市级决定的事项须事前沟通", bool, False),
    "three_needs": Switch("论证回答“三个适应”", bool, True),
    "party_group_minutes": Switch("单位申请须附党组（党委）会议纪要", bool, True),
    "always_filed": Switch("区内决定的动议一律上报备案", bool, False),
    "term_began_on": Switch("本届政府起始日期", str, ""),
    "split_months": Switch("拆分办理核查的月数", int, 12),
    "near_limit_days": Switch("临近到期提醒天数", int, 3),
    "permit_days": Switch("用编核准单有效天数", int, 180),
    "opening_permit_days": Switch("期初已核未入有效天数", int, 365),
    "total_only_falls": Switch("财政供养人员只减不增", bool, True),
    "plates_at_most": Switch("一个机构最多加挂牌子数（0为不限）", int, 0),
    "delegation_days": Switch("委托代办最长天数", int, 30),
    "reading_days": Switch("查阅事项最长天数", int, 30),
    "administrators_combined": Switch("安全保密管理员可由另一管理员兼任", bool, False),
    "borrowed_checked": Switch("进人增编前核查借调抽调", bool, True),
}


class Signing(NamedTuple):
    """Which duties review a kind of paper and sign it; where nobody reviews, the drafter's own reading counts."""

    reviewers: tuple[str, ...]
    committee_signers: tuple[str, ...]
    office_signers: tuple[str, ...]


class Pattern(NamedTuple):
    """A template for the bodies of a town or street: set slots by category, and X more for places with a feature.

    `own` gives X by feature (a tag of the place, or 不限); `plates` the plates of a body whose name ends so.
    """

    name: str
    applies_to: tuple[str, ...]
    slots: Mapping[str, int]
    own: Mapping[str, int]
    plates: Mapping[str, int]
    posts: Mapping[str, int]

    def own_choice(self, tags: Iterable[str]) -> int:
        """Return how many bodies of its own choice a place with these features may have."""
        return max((n for tag, n in self.own.items() if tag == "不限" or tag in tags), default=0)


@dataclass(frozen=True)
class Lawbook:
    """The rows in force in a territory on a day."""

    territory: Territory
    on: date

    @classmethod
    def of(cls, *, case: Proposal, on: date) -> Lawbook:
        """Return the law of a case on a day, read once as long as the case is in hand."""
        books: dict[date, Lawbook] = case.__dict__.setdefault("lawbooks", {})
        return books.setdefault(on, cls(territory=case.territory, on=on))

    @cached_property
    def version(self) -> str:
        """The digest of the rows in force: the same rows, the same law."""
        return chronicle.digest([str(row.uuid) for row in (*self.authority, *self.settings.values())])

    @cached_property
    def authority(self) -> tuple[AuthorityRule, ...]:
        """The rows that say who decides."""
        return tuple(AuthorityRule.objects.in_force(territory=self.territory, on=self.on))

    @cached_property
    def caps(self) -> Mapping[str, Cap]:
        """The caps of the whole territory by subject; where two rows stand, the later one counts."""
        rows = Cap.objects.in_force(territory=self.territory, on=self.on).filter(scope="").order_by("since")
        return {row.subject: row for row in rows}

    @cached_property
    def settings(self) -> Mapping[tuple[str, str], Setting]:
        """The settings by topic and key."""
        rows = Setting.objects.in_force(territory=self.territory, on=self.on).order_by("since")
        return {(row.topic, row.key): row for row in rows}

    def switch(self, key: str) -> Any:
        """Return the value of a switch; an unknown key raises KeyError."""
        row = self.settings.get((Topic.SWITCH, key))
        return SWITCHES[key].default if row is None else row.value

    def severity(self, code: str) -> str | None:
        """Return the strength this territory gives a rule, or None where the rule's own counts."""
        row = self.settings.get((Topic.SEVERITY, code))
        return None if row is None else row.value

    def attachments(self, kind: str) -> Setting | None:
        """Return the row that fixes a kind's attachments, if there is one."""
        return self.settings.get((Topic.ATTACHMENT, kind))

    def time_limit(self, state: str) -> Setting | None:
        """Return the row that says how many working days a case may lie in a state, or None."""
        return self.settings.get((Topic.TIME_LIMIT, state))

    def signing(self, paper: str) -> Signing | None:
        """Return who reviews and signs a kind of paper, or None where this territory has no rule for it."""
        row = self.settings.get((Topic.SIGNING, paper))
        return None if row is None else Signing(*(tuple(row.value[name]) for name in Signing._fields))

    def copies(self) -> tuple[str, ...]:
        """Return the departments that get a copy of every paper that goes down."""
        return tuple(name for (topic, _), row in self.settings.items() if topic == Topic.COPIES for name in row.value)

    def patterns(self, *, tags: Iterable[str], category: str) -> tuple[tuple[Pattern, Setting], ...]:
        """Return the patterns that bind a place of this category with these features."""
        found = []
        for (topic, _), row in self.settings.items():
            if topic == Topic.PATTERN:
                pattern = pattern_of(row)
                if category in pattern.applies_to or set(tags) & set(pattern.applies_to):
                    found.append((pattern, row))
        return tuple(found)

    def schedule(self, category: str) -> tuple[tuple[tuple[int, ...], ...], Setting] | None:
        """Return the leader-post schedule of a category of bodies as (posts up to, at least, at most) steps."""
        row = self.settings.get((Topic.LEADER_SCHEDULE, category))
        return None if row is None else (tuple(tuple(step) for step in row.value["steps"]), row)


def pattern_of(row: Setting) -> Pattern:
    """Read the pattern that a setting holds."""
    value = row.value
    return Pattern(
        name=row.key,
        applies_to=tuple(value["applies_to"]),
        slots=value["slots"],
        own=value.get("own", {}),
        plates=value.get("plates", {}),
        posts=value.get("posts", {}),
    )


def misshapen(*, topic: str, key: str, value: Any) -> str:
    """Return what is wrong with a setting's value in one Chinese sentence, or nothing."""
    if topic in SHAPES and not SHAPES[topic].fits(value):
        return SHAPES[topic].wanted
    match topic:
        case Topic.SWITCH if key not in SWITCHES:
            return f"没有「{key}」这个办事开关。"
        case Topic.SWITCH if type(value) is not SWITCHES[key].sort:
            return f"「{SWITCHES[key].label}」的内容类型不对。"
        case Topic.SWITCH if type(value) is int and value < 0:
            return f"「{SWITCHES[key].label}」不能小于0。"
        case Topic.SEVERITY if value not in ("BLOCK", "WARN", "INFO"):
            return "规则强度只能是不得办理、请核实、提示。"
        case Topic.TIME_LIMIT if type(value) is not int or value <= 0:
            return "时限应为正整数（工作日）。"
        case Topic.TIME_LIMIT if key not in State:
            return f"没有「{key}」这个环节，请填写环节名称，如受理审查。"
    return ""


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _steps(value: Any) -> bool:
    steps = value.get("steps") if isinstance(value, Mapping) else None
    return isinstance(steps, list) and all(isinstance(step, list) and len(step) == 3 for step in steps)


def _signing(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    named = [value.get(name) for name in Signing._fields]
    known = all(isinstance(duties, list) and all(one in Duty.values for one in duties) for duties in named)
    return known and all(named[1:])


def _pattern(value: Any) -> bool:
    return isinstance(value, Mapping) and _words(value.get("applies_to")) and isinstance(value.get("slots"), Mapping)


class Shape(NamedTuple):
    """What the values of a topic look like, and the sentence for one that does not."""

    fits: Callable[[Any], bool]
    wanted: str


SHAPES: Mapping[str, Shape] = {
    Topic.ATTACHMENT: Shape(_words, "必备材料应为材料类型的列表。"),
    Topic.COPIES: Shape(_words, "抄送机关应为机关名称，用顿号分开。"),
    Topic.LEADER_SCHEDULE: Shape(_steps, "职数标准应为（编制上限、最少、最多）的阶梯。"),
    Topic.PATTERN: Shape(_pattern, "设置模式应写明适用对象和必设机构。"),
    Topic.SIGNING: Shape(_signing, "发文审签应写明由哪些职责核稿（可不设）、以编委和编办名义发文各由哪些职责签发。"),
}
