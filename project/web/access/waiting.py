"""What waits for the person who asks for a page: work, seats in meetings, papers to sign; each read at most once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple, cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from project.web.access import growing, lists, policy
from proposals.committee import waiting as seats
from proposals.models import Manuscript, Person, Proposal
from proposals.organisation.duty_places import placed
from proposals.prepared import Ask, Prepared
from proposals.read_together import read_together
from proposals.text.figures import KEYS, whole
from proposals.vocabulary import Duty
from workflows.access import Held
from workflows.desks import lending
from workflows.grants import CaseGrant
from workflows.models import WorkItem
from workflows.papers import manuscripts

URGENT_FIRST = ("-urgent", "-pk")


_LENT: Prepared[CaseGrant] = Prepared(
    lambda who, on: lending.standing(on=on).filter(user=who).select_related("content_object", "lender")
)
_MINE: Prepared[tuple[int]] = Prepared(
    lambda who: WorkItem.objects.filter(finished=None, owner=who).order_by().values_list("pk")[:1]
)


def _counted(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem, tuple[int, bool]]:
    return rows.filter(finished=None).order_by(*URGENT_FIRST).values_list("pk", "urgent")[: growing.MOST]


_AT_DESK: Prepared[tuple[int, bool]] = Prepared(
    lambda duty, path: _counted(WorkItem.objects.filter(duty=duty, path=path, owner=None))
)
_ON_CASE: Prepared[tuple[int, bool]] = Prepared(
    lambda case, duty: _counted(WorkItem.objects.filter(process=case, duty=duty))
)


class Tally(NamedTuple):
    """How many items of work wait, and how many of them are urgent."""

    total: int
    urgent: int


class Own(NamedTuple):
    """What is the person's own, whatever desk he sits at: duties lent to him, and whether work was laid on him."""

    lent: list[CaseGrant]
    work: bool

    @classmethod
    def of(cls, lent: list[CaseGrant], mine: list[tuple[int]]) -> Own:
        """Read what the two queries found."""
        return cls(lent, bool(mine))


class Waiting:
    """What waits for one person today; a request asks for it as often as it likes and reads it once."""

    def __init__(self, *, held: Held, person: Person) -> None:
        self.held, self.person = held, person

    @property
    def lent(self) -> list[CaseGrant]:
        """The rights by which the person does somebody else's duty today."""
        return self._own.lent

    @property
    def mine(self) -> bool:
        """Whether open work was laid on the person alone."""
        return self._own.work

    @cached_property
    def _own(self) -> Own:
        return Own.of(*read_together(*self._asks))

    @property
    def _asks(self) -> tuple[Ask, Ask]:
        return _LENT.ask(who=self.person.pk, on=timezone.localdate()), _MINE.ask(who=self.person.pk)

    @property
    def desks(self) -> list[tuple[str, str]]:
        """The duties that the person holds, each at its place, once."""
        return [(duty, path) for duty, path in dict.fromkeys(self.held) if placed(duty=duty, path=path)]

    @cached_property
    def branches(self) -> tuple[QuerySet[WorkItem], ...]:
        """The open work by whom it was laid on: the person, each duty held at its place, each duty lent for one case.

        Each is an index of its own, urgent first, so a page or a badge reads the rows that it shows and no more. What
        was laid on a person is shown while he may still read the case.
        """
        items = WorkItem.objects.filter(finished=None).select_related("process")
        own: tuple[QuerySet[WorkItem], ...] = ()
        if self.mine:  # on most pages nothing: what the person may read is asked only where something waits
            readable = Proposal.objects.filter(lists.reach(self.held, self.person.pk), pk=OuterRef("process"))
            own = (items.filter(Exists(readable), owner=self.person.pk),)
        return (
            *own,
            *(items.filter(duty=duty, path=path, owner=None) for duty, path in self.desks),
            *(items.filter(process=row.content_object, duty=row.duty) for row in self.lent),
        )

    @cached_property
    def tally(self) -> Tally:
        """How much work waits, up to MOST; a page that shows all of it has counted it already (see `page`)."""
        at_desks = [_AT_DESK.ask(duty=duty, path=path) for duty, path in self.desks]
        *first, lent, mine = read_together(*at_desks, *self._asks)
        self._own = Own.of(lent, mine)
        first += [_ON_CASE(case=row.content_object, duty=row.duty) for row in lent]
        if self.mine:
            own = self.branches[0].order_by(*URGENT_FIRST)
            first.append(list(own.values_list("pk", "urgent")[: growing.MOST]))
        urgent = dict(row for rows in first for row in rows)
        return Tally(min(len(urgent), growing.MOST), sum(urgent.values()))

    def page(self, after: str = "") -> tuple[list[WorkItem], str]:
        """Return the page that follows a key (urgent-id), urgent first, and its own key when more follow."""
        branches, (urgent, _, typed) = self.branches, after.partition("-")
        last = whole(typed, within=KEYS)
        if last is not None:
            behind = Q(urgent=False) if urgent == "1" else Q(pk=None)
            key = Q(urgent=urgent == "1", pk__lt=last) | behind
            branches = tuple(rows.filter(key) for rows in branches)
        found = growing.newest(branches, URGENT_FIRST, lists.PAGE + 1)
        page = found[: lists.PAGE]
        if len(found) > lists.PAGE:
            return page, f"{int(page[-1].urgent)}-{page[-1].pk}"
        if last is None:
            self.tally = Tally(len(page), sum(item.urgent for item in page))
        return page, ""

    def lenders(self, items: Iterable[WorkItem]) -> dict[int, str]:
        """Return for whom the person would do each item of work that comes from a lent duty, by the item's key."""
        names = {(row.content_object.pk, row.duty): row.lender.name for row in self.lent}
        found = {item.pk: names.get((item.process_id, item.duty), "") for item in items}
        return {pk: name for pk, name in found.items() if name}

    @cached_property
    def seats(self) -> list[seats.Seat]:
        """What waits for a member or a secretary in meetings; who has to do with none costs no query."""
        called = [path for duty, path in self.held if duty in policy.CALLING]
        signing = [path for duty, path in self.held if duty in (Duty.COMMITTEE_CHAIR, Duty.COMMITTEE_VICE)]
        return [
            *(seats.waiting(person_id=self.person.pk) if any(duty in policy.SITTING for duty, _ in self.held) else []),
            *(seats.lapsed(paths=called, on=timezone.localdate()) if called else []),
            *(seats.corrections(paths=signing, person_id=self.person.pk) if signing else []),
        ]

    @cached_property
    def texts(self) -> list[Manuscript]:
        """The papers that wait for the person to review, sign or word them anew, of cases the person may read."""
        if not any(duty in policy.OFFICE | policy.SITTING for duty, _ in self.held):
            return []
        found = list(manuscripts.waiting(held=self.held, person_id=self.person.pk))
        if not found:
            return []  # most pages: what the person may read is asked only where something waits
        rows = Proposal.objects.filter(lists.reach(self.held, self.person.pk))
        mine = set(rows.filter(pk__in={one.proposal_id for one in found}).values_list("pk", flat=True))
        return [one for one in found if one.proposal_id in mine]

    @property
    def total(self) -> int:
        """How many things wait in all."""
        return self.tally.total + len(self.seats) + len(self.texts)


def of(request: HttpRequest) -> Waiting:
    """Return what waits for the person of a request, one object a request."""
    kept = vars(request)
    if "waiting" not in kept:
        kept["waiting"] = Waiting(held=policy.held_by(request), person=cast(Person, request.user))
    return cast(Waiting, kept["waiting"])
