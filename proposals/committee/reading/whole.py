"""What is read of a meeting while one step of it is judged and taken, or one page of it is drawn: each part once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from proposals.committee.minutes.models import Correction, Minutes
from proposals.committee.reading.matters import AGENDA, AGENDA_BY_LETTER, DONE, Matter, Together
from proposals.committee.reading.members import RECEIPTS, ROLL, STAYS, Members
from proposals.prepared import Ask, Prepared
from proposals.procedure.act import uuid_in
from proposals.read_together import read_together

if TYPE_CHECKING:
    from proposals.committee.meetings import AgendaItem, Meeting
    from proposals.procedure.act import Act

NEWEST: Prepared[Minutes] = Prepared(lambda meeting: Minutes.objects.filter(meeting=meeting).order_by("-version")[:1])
CORRECTIONS: Prepared[Correction] = Prepared(lambda meeting: Correction.objects.filter(meeting=meeting))


class Reading(Members):
    """A meeting as one judging finds it: its members, its agenda, its minutes.

    Made anew for every judging, after the lock was taken, and given on from guards to facts to the body with the act.
    It shows nothing that the body writes: whoever reads afterwards makes another one.
    """

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(meeting)
        self._named: dict[UUID, Matter | None] = {}

    @cached_property
    def minutes(self) -> Minutes:
        """The newest version of the minutes; raises Minutes.DoesNotExist when there is none."""
        for one in self.rows(NEWEST):
            one.meeting = self.meeting
            return one
        raise Minutes.DoesNotExist(f"{self.meeting.uuid} has no minutes")

    def look_at_minutes(self, *beside: Ask) -> None:
        """Read roll, agenda, minutes and corrections together with others, unless the agenda was read before."""
        self._look_at((ROLL, self._items_of_all, NEWEST, CORRECTIONS), *beside)

    def look_at_record(self) -> None:
        """Read the minutes and the whole record that they are held to together, unless the agenda was read before."""
        self._look_at((ROLL, STAYS, RECEIPTS, self._items_of_all, NEWEST, *DONE))

    def _look_at(self, queries: Iterable[Prepared[Any]], *beside: Ask) -> None:
        if self.ahead or "agenda" in self.__dict__:
            return
        asks = (*(one.ask(meeting=self.meeting) for one in queries), *beside)
        self.ahead = {ask.query: rows for ask, rows in zip(asks, read_together(*asks), strict=True)}

    @property
    def _items_of_all(self) -> Prepared[AgendaItem]:
        return AGENDA_BY_LETTER if self.meeting.by_circulation else AGENDA

    @cached_property
    def agenda(self) -> tuple[Matter, ...]:
        """Every item with its case, in order; what was done on all of them is read together."""
        items = self.rows(self._items_of_all)
        for item in items:
            item.meeting = self.meeting
        return Together(self, items).matters

    @property
    def items(self) -> list[AgendaItem]:
        """The items of the agenda, in order."""
        return [one.item for one in self.agenda]

    def matter(self, name: object) -> Matter | None:
        """Return the item of that uuid on this agenda, or None for whatever else somebody sent."""
        uuid = uuid_in(name)
        if self.ahead or "agenda" in self.__dict__:
            return next((one for one in self.agenda if one.item.uuid == uuid), None)
        if uuid not in self._named:
            self._named[uuid] = Together.of_one(self, uuid)
        return self._named[uuid]

    def on_agenda(self, name: object) -> Matter:
        """Return an item that stands on this agenda; raises LookupError."""
        found = self.matter(name)
        if found is None:
            raise LookupError(f"{name} is not on the agenda of {self.meeting.uuid}")
        return found


def reading(meeting: Meeting, act: Act) -> Reading:
    """Return what the judging of the act has read of the meeting; an act that nobody judges reads for itself."""
    found = act.reading
    return found if isinstance(found, Reading) and found.meeting is meeting else Reading(meeting)
