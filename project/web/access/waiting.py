"""What waits for the person who asks for a page: work, seats in meetings, papers to sign; each read at most once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple, cast

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from project.web.access import lists, policy
from proposals.committee import waiting as seats
from proposals.models import Manuscript, Person, Proposal
from proposals.organisation.duty_places import placed
from proposals.vocabulary import Duty
from workflows.access import Held
from workflows.desks import lending
from workflows.models import Delegation, WorkItem
from workflows.papers import manuscripts


class Tally(NamedTuple):
    """How many items of work wait, and how many of them are urgent."""

    total: int
    urgent: int


class Waiting:
    """What waits for one person today; a request asks for it as often as it likes and reads it once."""

    def __init__(self, *, held: Held, person: Person) -> None:
        self.held, self.person = held, person

    @cached_property
    def lent(self) -> list[Delegation]:
        """The delegations by which the person does somebody else's duty today."""
        rows = lending.standing(on=timezone.localdate()).filter(person=self.person.pk)
        return list(rows.select_related("proposal", "lender"))

    @property
    def work(self) -> QuerySet[WorkItem]:
        """The open work: laid on the person, on a duty held there, or on a duty lent for one case.

        What was laid on a person is shown while he may still read the case.
        """
        readable = lists.readable(held=self.held, person_id=self.person.pk)
        mine = Q(person_id=self.person.pk, subject_id__in=readable.values("uuid"))
        for row in self.lent:
            mine |= Q(subject_id=row.proposal.uuid, duty=row.duty)
        for duty, path in self.held:
            if placed(duty=duty, path=path):
                mine |= Q(duty=duty, path=path, person=None)
        return WorkItem.objects.filter(mine, open=True)

    @cached_property
    def tally(self) -> Tally:
        """How much work waits; a page that shows all of it has counted it already (see `page`)."""
        return Tally(**self.work.aggregate(total=Count("pk"), urgent=Count("pk", filter=Q(urgent=True))))

    def page(self, after: str = "") -> tuple[list[WorkItem], str]:
        """Return the page that follows a key (urgent-id), urgent first, and its own key when more follow."""
        rows, (urgent, _, last) = self.work, after.partition("-")
        if last.isdigit():
            behind = Q(urgent=False) if urgent == "1" else Q(pk=None)
            rows = rows.filter(Q(urgent=urgent == "1", pk__lt=int(last)) | behind)
        found = list(rows.order_by("-urgent", "-pk")[: lists.PAGE + 1])
        page = found[: lists.PAGE]
        if len(found) > lists.PAGE:
            return page, f"{int(page[-1].urgent)}-{page[-1].pk}"
        if not last.isdigit():
            self.tally = Tally(len(page), sum(item.urgent for item in page))
        return page, ""

    def lenders(self, items: Iterable[WorkItem]) -> dict[int, str]:
        """Return for whom the person would do each item of work that comes from a lent duty, by the item's key."""
        names = {(row.proposal.uuid, row.duty): row.lender.name for row in self.lent}
        found = {item.pk: names.get((item.subject_id, item.duty), "") for item in items}
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
