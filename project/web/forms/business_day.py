"""The business day: when something entered in a register happened, which is usually not the day of its entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from project.web.access import registers
from project.web.access.visit import Visit
from project.web.forms.asked import AskedForm
from proposals.procedure.asks import DAY, Ask

BUSINESS_DAY = Ask(
    "happened_on", "业务日期", DAY, help="事情实际发生的日期，以依据文件为准，不能晚于今天。台账从这一天起变动。"
)


def dated(asks: Iterable[Ask]) -> tuple[Ask, ...]:
    """Return what a step asks, with the business day before it."""
    return BUSINESS_DAY, *asks


def usual_day(request: Visit) -> date:
    """Return the day that a form begins with: the one the page was asked for, but none that is still to come."""
    return min(registers.day_of(request), timezone.localdate())


def taken_apart(form: AskedForm) -> tuple[dict[str, Any], date | None]:
    """Return the facts of a valid form and its business day; None where the form asks for none."""
    facts = form.facts()
    day = facts.pop(BUSINESS_DAY.name, None)
    return facts, date.fromisoformat(day) if day else None
