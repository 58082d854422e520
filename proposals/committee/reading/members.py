"""The members of a meeting as they are found at one moment: the frozen roll, the rule, who answered, who is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from proposals.committee.roll import Presence, Receipt, RollEntry
from proposals.prepared import Prepared
from proposals.text.namesakes import told_apart

if TYPE_CHECKING:
    from proposals.committee.meetings import Meeting
    from proposals.committee.voting_rule import VotingRule

M = TypeVar("M")
OfMember = TypeVar("OfMember", Presence, Receipt)

ROLL: Prepared[RollEntry] = Prepared(lambda meeting: RollEntry.objects.filter(meeting=meeting))
STAYS: Prepared[Presence] = Prepared(lambda meeting: Presence.objects.filter(member__meeting=meeting))
RECEIPTS: Prepared[Receipt] = Prepared(lambda meeting: Receipt.objects.filter(member__meeting=meeting))


class Members:
    """Roll, presence and rule of a meeting, each read in one statement when it is first asked for."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.ahead: Mapping[Prepared[Any], list[Any]] = {}

    def rows(self, query: Prepared[M], **given: Any) -> list[M]:
        """Return what a query found that was read with others; one that was not is asked now.

        Its one place is the meeting, unless it is given others.
        """
        return self.ahead[query] if query in self.ahead else query(**(given or {"meeting": self.meeting}))

    @cached_property
    def rule(self) -> VotingRule:
        """The rule as it stood when the meeting was called."""
        return self.meeting.frozen_rule

    @cached_property
    def roll(self) -> tuple[RollEntry, ...]:
        """The members in the order of their posts."""
        roll = self.rows(ROLL)
        for entry in roll:
            entry.meeting = self.meeting
        return tuple(roll)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The identities of the members, in the order of their posts."""
        return tuple(str(entry.member) for entry in self.roll)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What to print for each member by identity, namesakes told apart."""
        return told_apart((str(entry.member), entry.name, entry.post) for entry in self.roll)

    @cached_property
    def entries(self) -> Mapping[int, RollEntry]:
        """The members by the key of their row."""
        return {entry.pk: entry for entry in self.roll}

    def seat(self, member: object) -> RollEntry | None:
        """Return a member by the person's uuid, or None for whoever is not on the roll."""
        return next((entry for entry in self.roll if str(entry.member) == str(member)), None)

    @property
    def presiding(self) -> RollEntry | None:
        """The member who presides."""
        return self.entries.get(self.meeting.presiding_id) if self.meeting.presiding_id else None

    @cached_property
    def stays(self) -> Mapping[int, list[Presence]]:
        """When each member was in the room, by the key of his row."""
        return self._by_member(self.rows(STAYS))

    @cached_property
    def receipts(self) -> Mapping[int, list[Receipt]]:
        """What each member answered to the notice, oldest first, by the key of his row."""
        return self._by_member(self.rows(RECEIPTS))

    @property
    def there(self) -> list[str]:
        """The members now in the room, in the order of their posts."""
        inside = (one for one in self.roll if any(stay.left_at is None for stay in self.stays[one.pk]))
        return [str(one.member) for one in inside]

    def on_roll(self, member: object) -> RollEntry:
        """Return a member who stands on the roll; raises LookupError."""
        found = self.seat(member)
        if found is None:
            raise LookupError(f"{member} is not on the roll of {self.meeting.uuid}")
        return found

    def _by_member(self, rows: Iterable[OfMember]) -> Mapping[int, list[OfMember]]:
        found: dict[int, list[OfMember]] = {entry.pk: [] for entry in self.roll}
        for row in rows:
            found[row.member_id].append(row)
        return found
