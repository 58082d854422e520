"""Where the numbers of the registers lead: to the movements behind them, or to the page on which they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from project.web.access import policy
from project.web.access.visit import Visit
from proposals.models import Territory
from workflows.access import Held


@dataclass(frozen=True, slots=True)
class Links:
    """URLs of the pages behind numbers, for one reader, district and day; an empty string where he may not go."""

    held: Held
    district: Territory
    as_of: date
    reader: int = 0

    @classmethod
    def of(cls, request: Visit, *, district: Territory, as_of: date) -> Links:
        """Return the URLs for the person of a request."""
        return cls(policy.held_by(request), district, as_of, request.user.pk)

    def on(self, day: date) -> Links:
        """Return the URLs as of another day."""
        return Links(self.held, self.district, day, self.reader)

    def ledger(self, part: str = "", *, unit: str = "", body: UUID | None = None, **more: Any) -> str:
        """Return where the movements behind a number are listed: a part (ledger.origins) of a unit of a body."""
        return self.page("ledger", part=part, unit=unit, body=body, **more)

    def page(self, name: str, *, place: str = "", **asked: Any) -> str:
        """Return the address of a register's page, narrowed by what is asked, at a place of the page."""
        if not policy.opens(name=name, held=self.held):
            return ""
        query = {"district": self.district.uuid, "as_of": self.as_of.isoformat(), **asked}
        narrowed = urlencode({name: value for name, value in query.items() if value})
        return f"{reverse(name)}?{narrowed}{'#' if place else ''}{place}"

    def body(self, body: UUID, *, place: str = "") -> str:
        """Return the address of a body's page."""
        return f"{reverse('body', args=[body])}?as_of={self.as_of.isoformat()}{'#' if place else ''}{place}"

    def case(self, case: UUID) -> str:
        """Return the address of a case; whether the reader may open it is the case's own affair."""
        return reverse("case", args=[case])

    def step(self, name: str, step: str, **asked: Any) -> str:
        """Return the address of the form of a register's step."""
        query = urlencode({"district": self.district.uuid, **{name: value for name, value in asked.items() if value}})
        return f"{reverse(name, args=[step])}?{query}" if policy.opens(name=name, held=self.held) else ""
