"""What waits for the person who asks for a page: work, seats in meetings, papers to sign; each read at most once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from project.web.access import growing, lists, policy
from proposals.committee import waiting as seats
from proposals.models import Manuscript, Person, Proposal, Territory
from proposals.organisation.duty_places import placed, territory_path
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
_OFFICE: Prepared[Territory] = Prepared(lambda path: Territory.objects.filter(path=path))
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
    """What is the person's own, whatever work lies at his desks, as it was read in one statement.

    Duties lent to him, whether work was laid on him, the district of his first duty, what meetings and papers ask of
    him; of these two it says what the queries found.
    """

    lent: list[CaseGrant]
    work: bool
    office: Territory | None = None
    seats: Sequence[tuple[Ask, list[Any]]] = ()
    texts: Sequence[Manuscript] = ()


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

    @property
    def office(self) -> Territory | None:
        """The territory in which the person's first duty stands."""
        return self._own.office

    @cached_property
    def _own(self) -> Own:
        own, _ = self._with_own()
        return own

    def _with_own(self, *others: Ask) -> tuple[Own, list[list[Any]]]:
        """Return what is the person's own, and what other queries found that are read with it."""
        who, seated, texts = self.person.pk, self._seated(), self._texts()
        office = [_OFFICE.ask(path=territory_path(path)) for _, path in self.held[:1]]
        asks = (_LENT.ask(who=who, on=timezone.localdate()), _MINE.ask(who=who), *office, *seated, *texts, *others)
        lent, mine, *found = read_together(*asks)
        at = len(office), len(office) + len(seated), len(office) + len(seated) + len(texts)
        own = Own(
            lent=lent,
            work=bool(mine),
            office=next((row for rows in found[: at[0]] for row in rows), None),
            seats=tuple(zip(seated, found[at[0] : at[1]], strict=True)),
            texts=tuple(row for rows in found[at[1] : at[2]] for row in rows),
        )
        return own, found[at[2] :]

    def _seated(self) -> tuple[Ask, ...]:
        """Return the queries for what meetings ask of the person; who has to do with none asks nothing."""
        return seats.asks(
            person_id=self.person.pk,
            sits=any(duty in policy.SITTING for duty, _ in self.held),
            calling=[path for duty, path in self.held if duty in policy.CALLING],
            signing=[path for duty, path in self.held if duty in (Duty.COMMITTEE_CHAIR, Duty.COMMITTEE_VICE)],
            on=timezone.localdate(),
        )

    def _texts(self) -> tuple[Ask, ...]:
        if not any(duty in policy.OFFICE | policy.SITTING for duty, _ in self.held):
            return ()
        return (manuscripts.waiting(held=self.held, person_id=self.person.pk),)

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
        if "_own" in vars(self):
            first = list(read_together(*at_desks)) if at_desks else []
        else:
            self._own, first = self._with_own(*at_desks)
        first += [_ON_CASE(case=row.content_object, duty=row.duty) for row in self.lent]
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
        """What waits for a member or a secretary in meetings."""
        return list(seats.read(self._own.seats))

    @cached_property
    def texts(self) -> list[Manuscript]:
        """The papers that wait for the person to review, sign or word them anew, of cases the person may read."""
        found = self._own.texts
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
