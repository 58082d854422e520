"""Reading the law of a territory as of a day: values that nobody can change, held in memory by the word of the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from proposals.law import rows
from proposals.law.models import Setting
from proposals.law.rows import CapRow, Rows, RuleRow, SettingRow
from proposals.organisation import heads, working_days
from proposals.organisation.heads import Heads
from proposals.organisation.people import Territory
from proposals.organisation.working_days import Calendar
from proposals.procedure import chronicle

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


@dataclass(frozen=True, eq=False)
class Lawbook:
    """The rows in force in a territory on a day."""

    rows: Rows
    on: date

    @classmethod
    def standing(cls, *, territory: Territory, on: date) -> Lawbook:
        """Return the law of a territory on a day; who asks for several days keeps its Law."""
        return Law.standing(territory.pk).on(on)

    @classmethod
    def of(cls, *, case: Proposal, on: date) -> Lawbook:
        """Return the law of a case on a day, read once as long as the case is in hand."""
        return Law.of(case).on(on)

    @cached_property
    def version(self) -> str:
        """The digest of the rows in force: the same rows, the same law."""
        return chronicle.digest([str(row.uuid) for row in (*self.authority, *self.settings.values())])

    @cached_property
    def authority(self) -> tuple[RuleRow, ...]:
        """The rows that say who decides."""
        return tuple(row for row in self.rows.authority if row.stands(self.on))

    @cached_property
    def caps(self) -> Mapping[str, CapRow]:
        """The caps of the whole territory by subject; where two rows stand, the later one counts."""
        return MappingProxyType({row.subject: row for row in self.rows.caps if not row.scope and row.stands(self.on)})

    @cached_property
    def scoped_caps(self) -> Mapping[str, CapRow]:
        """The caps of a part of the territory by subject; where two rows stand, the later one counts."""
        return MappingProxyType({row.subject: row for row in self.rows.caps if row.scope and row.stands(self.on)})

    @cached_property
    def settings(self) -> Mapping[tuple[str, str], SettingRow]:
        """The settings by topic and key; where two rows stand, the later one counts."""
        return MappingProxyType({(row.topic, row.key): row for row in self.rows.settings if row.stands(self.on)})

    def switch(self, key: str) -> Any:
        """Return the value of a switch; an unknown key raises KeyError."""
        row = self.settings.get((Topic.SWITCH, key))
        return SWITCHES[key].default if row is None else row.value

    def severity(self, code: str) -> str | None:
        """Return the strength this territory gives a rule, or None where the rule's own counts."""
        row = self.settings.get((Topic.SEVERITY, code))
        return None if row is None else row.value

    def attachments(self, kind: str) -> SettingRow | None:
        """Return the row that fixes a kind's attachments, if there is one."""
        return self.settings.get((Topic.ATTACHMENT, kind))

    def time_limit(self, state: str) -> SettingRow | None:
        """Return the row that says how many working days a case may lie in a state, or None."""
        return self.settings.get((Topic.TIME_LIMIT, state))

    def signing(self, paper: str) -> Signing | None:
        """Return who reviews and signs a kind of paper, or None where this territory has no rule for it."""
        row = self.settings.get((Topic.SIGNING, paper))
        return None if row is None else Signing(*(tuple(row.value[name]) for name in Signing._fields))

    def copies(self) -> tuple[str, ...]:
        """Return the departments that get a copy of every paper that goes down."""
        return tuple(name for (topic, _), row in self.settings.items() if topic == Topic.COPIES for name in row.value)

    def patterns(self, *, tags: Iterable[str], category: str) -> tuple[tuple[Pattern, SettingRow], ...]:
        """Return the patterns that bind a place of this category with these features."""
        found = []
        for (topic, _), row in self.settings.items():
            if topic == Topic.PATTERN:
                pattern = pattern_of(row)
                if category in pattern.applies_to or set(tags) & set(pattern.applies_to):
                    found.append((pattern, row))
        return tuple(found)

    def schedule(self, category: str) -> tuple[tuple[tuple[int, ...], ...], SettingRow] | None:
        """Return the leader-post schedule of a category of bodies as (posts up to, at least, at most) steps."""
        row = self.settings.get((Topic.LEADER_SCHEDULE, category))
        return None if row is None else (tuple(tuple(step) for step in row.value["steps"]), row)


@dataclass(frozen=True)
class Law:
    """The law of a territory and the calendar, each known by its word; what was read before under it is not read again.

    The words come from the database in the caller's transaction, so nothing is trusted for a span of time.
    """

    territory_id: int
    heads: Heads

    @classmethod
    def standing(cls, territory_id: int) -> Law:
        """Return the law as the transaction sees it now: one tiny read."""
        return cls(territory_id, heads.of(territory_id))

    @classmethod
    def of(cls, case: Proposal) -> Law:
        """Return the law of a case, its words read once as long as the case is in hand."""
        kept: Law | None = case.__dict__.get("law")
        if kept is None:
            kept = case.__dict__["law"] = cls.standing(case.territory_id)
        return kept

    @classmethod
    def know(cls, case: Proposal, words: Heads) -> None:
        """Let a case in hand know the words of its law, as they were read with it after its lock."""
        case.__dict__["law"] = cls(case.territory_id, words)

    def on(self, day: date) -> Lawbook:
        """Return the rows in force on a day."""
        return _book(self._rows, day)

    @property
    def calendar(self) -> Calendar:
        """The working days of the country."""
        return working_days.standing(self.heads.calendar)

    @cached_property
    def _rows(self) -> Rows:
        return rows.standing(territory_id=self.territory_id, word=self.heads.law)


@lru_cache(maxsize=256)
def _book(found: Rows, day: date) -> Lawbook:
    return Lawbook(found, day)


def forget() -> None:
    """Read law and calendar from their rows again next time, as an audit does."""
    _book.cache_clear()
    rows.forget()
    working_days.forget()


def pattern_of(row: SettingRow) -> Pattern:
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
