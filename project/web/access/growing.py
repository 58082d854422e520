"""Lists that only grow: their newest rows along an index each, and pages that count no further than people read."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, cast

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST = 1000


def newest(branches: Sequence[QuerySet[Any]], order: Sequence[str], n: int) -> list[Any]:
    """Return the first so many rows of all branches together in an order.

    Each branch gives its first rows by itself, along an index: an OR over the branches would have the database read and
    sort all that any of them holds.
    """
    found = list({row.pk: row for rows in branches for row in rows.order_by(*order)[:n]}.values())
    for name in reversed(order):
        found.sort(key=attrgetter(name.lstrip("-")), reverse=name.startswith("-"))
    return found[:n]


class Counted(Paginator):
    """Pages of rows that are counted up to MOST; where there are more, the last page is not known in advance."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, or MOST."""
        return min(self._known, MOST)

    @property
    def beyond(self) -> bool:
        """Whether there are more rows than were counted."""
        return self._known > MOST

    @cached_property
    def _known(self) -> int:
        return cast("QuerySet[Any]", self.object_list).order_by()[: MOST + 1].count()

    def page(self, number: int | str) -> Page:
        """Return a page; one beyond what was counted looks for its next row itself."""
        if not self.beyond:
            return super().page(number)
        n = Paginator(range(MOST * self.per_page), 1).validate_number(number)
        start = (n - 1) * self.per_page
        rows = list(self.object_list[start : start + self.per_page + 1])
        if not rows:
            raise EmptyPage
        return Leaf(rows[: self.per_page], n, self, more=len(rows) > self.per_page)


class Leaf(Page):
    """A page that knows by itself whether another follows."""

    def __init__(self, rows: list[Any], number: int, paginator: Paginator, *, more: bool) -> None:
        super().__init__(rows, number, paginator)
        self.more = more

    def has_next(self) -> bool:
        """Return whether more rows follow."""
        return self.more

    def next_page_number(self) -> int:
        """Return the number of the page that follows."""
        return self.number + 1
