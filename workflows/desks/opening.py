"""The first desk: a case is opened on it, and a draft that becomes urgent says so in its task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from proposals.case import drafts
from proposals.models import Proposal
from proposals.procedure.once import KeyReused, once
from workflows.desks import hand_over
from workflows.desks.flow import DESKS

SAME = ("drafter", "title", "kind")


def open_case(*, identity: UUID | None = None, **said: Any) -> Proposal:
    """Open a draft as `drafts.open_case` does, and lay it on the desk 起草; once under one identity.

    The same identity for another draft raises DraftRefused.
    """
    named = {"uuid": identity} if identity else {}
    try:
        return once(
            Proposal.objects.all(), identity=identity, says={name: said[name] for name in SAME},
            make=lambda: _open_case(**named, **said),
        )  # fmt: skip
    except KeyReused as reused:
        raise drafts.DraftRefused(str(reused)) from None


def _open_case(**said: Any) -> Proposal:
    with transaction.atomic():
        case = drafts.open_case(**said)
        hand_over.begin(desks=DESKS, case=case)
    return case


def save_fields(*, case: UUID, seen: str, fields: Mapping[str, Any]) -> Proposal:
    """Save the case's own fields as `drafts.save_fields` does, and let its task know how urgent it is."""
    with transaction.atomic():
        saved = drafts.save_fields(case=case, seen=seen, fields=fields)
        if "urgency" in fields:
            hand_over.mark_urgent(case=saved)
    return saved
