"""An item of the agenda with everything that was said and done on it, read for many items as for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import F, QuerySet

from proposals.case.values import titles
from proposals.committee.ballots import Ballot, BallotRound, Slip, WrittenOpinion
from proposals.committee.reading.members import Members
from proposals.committee.roll import Attendee, Recusal
from proposals.prepared import Prepared, PreparedIn

if TYPE_CHECKING:
    from proposals.case.models import Proposal
    from proposals.committee.meetings import AgendaItem

M = TypeVar("M")
OfMember = TypeVar("OfMember", Recusal, WrittenOpinion)


class Matter(NamedTuple):
    """One item as it is found at one moment."""

    item: AgendaItem
    together: Together

    @property
    def read(self) -> Members:
        """The members of the meeting, and its rule."""
        return self.together.read

    @property
    def case(self) -> UUID | None:
        """The name of its case, which is read with the item; None without a case."""
        if self.item.pk in self.together.cases:
            return self.together.cases[self.item.pk]
        return self.item.proposal.uuid if self.item.proposal else None

    @property
    def called(self) -> str:
        """What is decided on: the plan of a case as it stands, everything else by its own title."""
        case = self.item.proposal
        if case is None:
            return self.item.title
        known = None if case.agreed is False else self.together.held_to(case)  # what was refused keeps its title
        return titles.plan_of(titles.printable(case, known))

    def speak_of(self, case: Proposal, held: titles.Held) -> None:
        """Let the item tell of its case as the step of that case has it, locked and read already."""
        self.item.proposal = case
        self.together.held[case.pk] = held

    @property
    def rounds(self) -> tuple[BallotRound, ...]:
        """The rounds of voting, in order."""
        return tuple(self.together.rounds[self.item.pk])

    @property
    def last(self) -> BallotRound | None:
        """The newest round of voting."""
        return self.rounds[-1] if self.rounds else None

    def newest(self, one: BallotRound) -> Mapping[str, Ballot]:
        """Return each member's newest ballot of a round; a change was appended, the older ones stay."""
        return self.together.ballots[one.pk]

    @property
    def voted(self) -> Mapping[str, Ballot]:
        """Each member's newest ballot of the newest round, by whatever method they pressed it."""
        return self.newest(self.last) if self.last else {}

    def slips(self, one: BallotRound) -> list[list[str]]:
        """Return what lies in the box of an open secret round: receipt code and value, by code."""
        return self.together.slips.get(one.pk, [])

    def dissent(self, one: BallotRound) -> Mapping[str, str]:
        """Return what members said by name in a round that the secretary counted in the room."""
        return self.together.dissent.get(one.pk) or {}

    @property
    def recusals(self) -> tuple[Recusal, ...]:
        """Who stands aside, in the order of their posts, with the reason."""
        return tuple(self.together.recusals[self.item.pk])

    @property
    def aside(self) -> list[str]:
        """The members who stand aside."""
        return [str(one.member.member) for one in self.recusals]

    @property
    def attendees(self) -> tuple[Attendee, ...]:
        """Who sits in on the item without a vote."""
        return tuple(self.together.attendees[self.item.pk])

    @property
    def written(self) -> tuple[WrittenOpinion, ...]:
        """The opinions that were sent in writing."""
        return tuple(self.together.written[self.item.pk])


def _rounds() -> QuerySet[BallotRound]:
    """Return rounds with the dissent of their one count, if they were counted in the room."""
    return BallotRound.objects.annotate(dissent=F("counts__dissent"))


def _items() -> QuerySet[AgendaItem]:
    """Return the items of all agendas; their model imports this module."""
    items: QuerySet[AgendaItem] = apps.get_model("proposals.AgendaItem")._default_manager.all()
    return items


_ROUNDS_OF_ONE: Prepared[BallotRound] = Prepared(
    lambda meeting, uuid: (
        _rounds()
        .filter(item__meeting=meeting, item__uuid=uuid)
        .select_related("item")
        .annotate(case=F("item__proposal__uuid"))
    )
)
_ONE: Prepared[AgendaItem] = Prepared(
    lambda meeting, uuid: _items().filter(meeting=meeting, uuid=uuid).annotate(case=F("proposal__uuid"))
)
AGENDA: Prepared[AgendaItem] = Prepared(
    lambda meeting: _items().filter(meeting=meeting).select_related("proposal__territory")
)
AGENDA_BY_LETTER: Prepared[AgendaItem] = Prepared(
    lambda meeting: (
        _items().filter(meeting=meeting).select_related("proposal__territory").prefetch_related("ratifications")
    )
)
_ROUNDS: PreparedIn[BallotRound] = PreparedIn(lambda values: _rounds().filter(item__id__in=values))
_BALLOTS: PreparedIn[Ballot] = PreparedIn(lambda values: Ballot.objects.filter(round__id__in=values))
_SLIPS: PreparedIn[Slip] = PreparedIn(lambda values: Slip.objects.filter(round__item__id__in=values).order_by("code"))
_RECUSALS: PreparedIn[Recusal] = PreparedIn(lambda values: Recusal.objects.filter(item__id__in=values))
_WRITTEN: PreparedIn[WrittenOpinion] = PreparedIn(lambda values: WrittenOpinion.objects.filter(item__id__in=values))
_ATTENDEES: PreparedIn[Attendee] = PreparedIn(lambda values: Attendee.objects.filter(item__id__in=values))

# The same rows of a whole agenda, whose items need not be known before.
ROUNDS: Prepared[BallotRound] = Prepared(lambda meeting: _rounds().filter(item__meeting=meeting))
BALLOTS: Prepared[Ballot] = Prepared(lambda meeting: Ballot.objects.filter(round__item__meeting=meeting))
RECUSALS: Prepared[Recusal] = Prepared(lambda meeting: Recusal.objects.filter(item__meeting=meeting))
WRITTEN: Prepared[WrittenOpinion] = Prepared(lambda meeting: WrittenOpinion.objects.filter(item__meeting=meeting))
ATTENDEES: Prepared[Attendee] = Prepared(lambda meeting: Attendee.objects.filter(item__meeting=meeting))
DONE = (ROUNDS, BALLOTS, RECUSALS, WRITTEN, ATTENDEES)


class Together:
    """Items that are read together: every kind of row of all of them in one statement, when it is first asked for."""

    def __init__(self, read: Members, items: Iterable[AgendaItem]) -> None:
        self.read = read
        self.matters = tuple(Matter(item, self) for item in items)
        self.cases: dict[int, UUID | None] = {}
        self.held: dict[int, titles.Held] = {}
        self._keys = [one.item.pk for one in self.matters]

    @classmethod
    def of_one(cls, read: Members, uuid: UUID) -> Matter | None:
        """Return one item of the agenda, its rounds read with it, or None when it is not there."""
        rounds = _ROUNDS_OF_ONE(meeting=read.meeting, uuid=uuid)
        item = rounds[0].item if rounds else _ONE.first(meeting=read.meeting, uuid=uuid)
        if item is None:
            return None
        item.meeting = read.meeting
        found = cls(read, [item])
        found.cases = {item.pk: vars(rounds[0] if rounds else item)["case"]}
        if rounds:
            found.rounds = {item.pk: rounds}
        return found.matters[0]

    def held_to(self, case: Proposal) -> titles.Held:
        """Return what the texts of a case are held to, read at its first use."""
        if case.pk not in self.held:
            self.held[case.pk] = titles.held(case)
        return self.held[case.pk]

    @cached_property
    def rounds(self) -> Mapping[int, list[BallotRound]]:
        """The rounds by item, in order."""
        found = defaultdict(list)
        for one in self._rows(ROUNDS, _ROUNDS, self._keys):
            found[one.item_id].append(one)
        return found

    @cached_property
    def ballots(self) -> Mapping[int, Mapping[str, Ballot]]:
        """Each member's newest ballot by round."""
        found: dict[int, dict[str, Ballot]] = defaultdict(dict)
        rounds = [one.pk for rounds in self.rounds.values() for one in rounds]
        for ballot in self._rows(BALLOTS, _BALLOTS, rounds):
            ballot.member = self.read.entries[ballot.member_id]
            found[ballot.round_id][str(ballot.member.member)] = ballot
        return found

    @cached_property
    def slips(self) -> Mapping[int, list[list[str]]]:
        """What lies in the boxes by round: receipt code and value, by code."""
        found = defaultdict(list)
        for one in _SLIPS(self._keys):
            found[one.round_id].append([one.code, one.value])
        return found

    @cached_property
    def dissent(self) -> Mapping[int, Mapping[str, str] | None]:
        """What members said by name when the secretary counted, by round."""
        return {one.pk: vars(one)["dissent"] for rounds in self.rounds.values() for one in rounds}

    @cached_property
    def recusals(self) -> Mapping[int, list[Recusal]]:
        """Who stands aside by item."""
        return self._of_members(self._rows(RECUSALS, _RECUSALS, self._keys))

    @cached_property
    def written(self) -> Mapping[int, list[WrittenOpinion]]:
        """Opinions sent in writing by item."""
        return self._of_members(self._rows(WRITTEN, _WRITTEN, self._keys))

    @cached_property
    def attendees(self) -> Mapping[int, list[Attendee]]:
        """Who sits in by item."""
        found = defaultdict(list)
        for one in self._rows(ATTENDEES, _ATTENDEES, self._keys):
            found[one.item_id].append(one)
        return found

    def _rows(self, of_meeting: Prepared[M], of_these: PreparedIn[M], keys: list[int]) -> list[M]:
        """Return rows that were read with the meeting, or else read those of these items or rounds now."""
        return self.read.rows(of_meeting) if of_meeting in self.read.ahead else of_these(keys)

    def _of_members(self, rows: Iterable[OfMember]) -> Mapping[int, list[OfMember]]:
        found: dict[int, list[OfMember]] = defaultdict(list)
        for one in rows:
            one.member = self.read.entries[one.member_id]
            found[one.item_id].append(one)
        return found
