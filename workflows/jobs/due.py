"""What falls due by itself: a permit past its day lapses without anybody's hand, once, in a transaction of its own."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import NamedTuple
from uuid import uuid5

from django.db.models import Max
from django.utils import timezone

from proposals.models import Permit, SubjectKind
from proposals.procedure.act import Actor
from proposals.register.lifecycle import RegisterStep
from workflows.attempt import Ref, Refused
from workflows.jobs.papers import system_person
from workflows.perform import perform

logger = logging.getLogger(__name__)


class Outcome(NamedTuple):
    """How many permits lapsed, and how many could not."""

    lapsed: int
    failed: int


def run(*, at: datetime) -> Outcome:
    """Let every permit lapse whose day has passed; what fails is logged and stops nothing else.

    The key of the step names the permit and the last movement of its posts, so that several workers at once make one
    entry, and a permit that a correction filled again lapses again.
    """
    lapsed = failed = 0
    past = Permit.objects.filter(expires_on__lt=timezone.localdate(at), account__balance__gt=0)
    newest = past.annotate(filled=Max("account__incoming"))
    waiting = list(newest.values_list("uuid", "filled", "territory__registers__uuid"))
    if not waiting:
        return Outcome(0, 0)
    system = Actor.of(system_person())
    for permit, filled, register in waiting:
        try:
            entry = perform(
                subject=Ref(SubjectKind.REGISTER, register),
                step=RegisterStep.EXPIRE_PERMIT,
                actor=system,
                at=at,
                key=uuid5(permit, f"expire_permit {filled}"),
                seen=None,
                facts={"permit": str(permit)},
            )
            lapsed += entry.at == at
        except Refused as refused:
            failed += 1
            logger.warning("Permit %s does not lapse: %s", permit, refused)
        except Exception:
            failed += 1
            logger.exception("Permit %s does not lapse", permit)
    return Outcome(lapsed, failed)
