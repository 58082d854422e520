"""What a page reads of a case in one statement: all that it shows whatever part is open, and what its steps ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from docs_templates.sources.record import CHAIN
from project.web.access import lists
from proposals.case.asks import GrantKind
from proposals.case.consents.consents import ANSWERED, EXCEPTIONS, OPINIONS
from proposals.case.snapshots import CaseReading
from proposals.case.values.titles import ROUNDS
from proposals.law.lawbook import Law
from proposals.models import Entry, Proposal, Round
from proposals.organisation import heads
from proposals.prepared import Ask
from workflows.desks import holders, lending, reading
from workflows.grants import CaseGrant
from workflows.models import WorkItem


class PageReading(CaseReading):
    """A case as a page finds it: its record, its desk, its rounds, what was said of it, who has rights on it."""

    def __init__(self, case: Proposal, on: date, *, who: int | None = None, plans: bool = False) -> None:
        """`who` is for whom the page is; `plans` says whether it draws the plan."""
        super().__init__(case)
        self.on, self.who, self.plans = on, who, plans
        holders.know(case=case, on=on, rows=self.rows[holders.HELD])
        Law.know(case, heads.said(case.territory_id, self.rows[heads.BOTH]))
        if who is not None:
            self.once((lending.POSTS, who, on), lambda: self.rows[lending.POSTS])
        if GrantKind.LENT not in self._open:
            self.once((lending.LENT, on), list)
        if not self._open - {GrantKind.LENT}:
            self.once((reading.TO_END, on), list)

    def asks(self) -> tuple[Ask, ...]:
        """Return what is read together."""
        case = self.case.pk
        posts = () if self.who is None else (lending.POSTS.ask(who=self.who, on=self.on),)
        said = (query.ask(case=case) for query in (ANSWERED, OPINIONS, EXCEPTIONS, ROUNDS, lists.HOLDER))
        return (
            *super().asks(), *said, CHAIN.ask(subject=self.case.uuid), lending.OPEN.ask(case=case, on=self.on),
            holders.ask(territory=self.case.territory, on=self.on), *posts,
            heads.BOTH.ask(territory=self.case.territory_id),
        )  # fmt: skip

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """The chain of the case in order."""
        return self.rows[CHAIN]

    @cached_property
    def rounds(self) -> Sequence[Round]:
        """What was sent, in order."""
        return self.rows[ROUNDS]

    @cached_property
    def holder(self) -> WorkItem | None:
        """Who has the case now."""
        return next(iter(self.rows[lists.HOLDER]), None)

    @cached_property
    def lent(self) -> Sequence[CaseGrant]:
        """The duties lent on the case that count on the day; asked for only where one is open."""
        return lending.on(case=self.case, day=self.on, read=self)

    @cached_property
    def readings(self) -> Sequence[CaseGrant]:
        """The readings of the case that count on the day; asked for only where one is open."""
        return reading.on(case=self.case, day=self.on) if self._open - {GrantKind.LENT} else []

    @cached_property
    def _open(self) -> frozenset[str]:
        return frozenset(kind for (kind,) in self.rows[lending.OPEN])
