"""The accounts of the ledger as the database has them: which rows they are, what stood on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from proposals.ledger.models import Account, DayTotal
from proposals.ledger.places import Place


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


def stood(*, as_of: Any, account: str = "pk") -> Coalesce:
    """Return the expression of what stood on an account at the end of a day."""
    days = DayTotal.objects.filter(account=OuterRef(account), day__lte=as_of).order_by("-day").values("closing")
    return Coalesce(Subquery(days[:1], output_field=IntegerField()), 0)
