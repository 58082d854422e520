"""特批说明: how a finding that the law lets a named person pass is passed, in writing, and kept on the case."""

from __future__ import annotations

from proposals.case.consents import consents
from proposals.case.models import Proposal
from proposals.procedure.act import Act


def override(case: Proposal, act: Act) -> None:
    """Let one finding pass with a reason, in the name and post of the person who answers for it."""
    rule, _, message = act.facts["finding"].partition(" ")
    case.exceptions.create(
        uuid=act.facts["exception"], finding=act.facts["finding_key"], rule=rule, message=message,
        reason=act.facts["reason"], by=f"{act.signed}（{act.actor.post}）", written_on=act.happened_on,
        **consents.shown(case),
    )  # fmt: skip
