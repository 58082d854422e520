"""The accounts of the ledger as the database has them: which rows they are, what stood on them, how they are locked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from proposals.ledger.models import Account, DayTotal
from proposals.ledger.places import Place

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(kw_only=True)
class Accounts:
    """Which rows hold the accounts and bodies that an act names: `ids` by place, `body_ids` by the body's uuid."""

    ids: dict[Place, int] = field(default_factory=dict)
    body_ids: dict[UUID, int] = field(default_factory=dict)

    def note(self, account: Account) -> Place:
        """Return where an account stands, and note its key and its body's."""
        body = account.body.uuid if account.body else None
        place = Place(account.holder, body, account.unit, account.compartment, account.case)
        self.ids[place] = account.pk
        if account.body:
            self.body_ids[account.body.uuid] = account.body.pk
        return place


def stood(*, as_of: date, account: str = "pk") -> Coalesce:
    """Return the expression of what stood on an account at the end of a day."""
    days = DayTotal.objects.filter(account=OuterRef(account), day__lte=as_of).order_by("-day").values("closing")
    return Coalesce(Subquery(days[:1], output_field=IntegerField()), 0)


def locked_rows(rows: Rows) -> Rows:
    """Return the same rows, locked in their order where the database locks rows; SQLite locked at BEGIN IMMEDIATE."""
    if connection.features.has_select_for_no_key_update:
        return rows.select_for_update(of=("self",), no_key=True)
    return rows
