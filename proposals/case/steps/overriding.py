"""特批说明: how a finding that the law lets a named person pass is passed, in writing, and kept on the case."""

from __future__ import annotations

from proposals.case.consents import consents
from proposals.case.models import Proposal
from proposals.procedure.act import Act
from proposals.procedure.facts import facts, line, text


@facts
class Override:
    """What 「特批说明」 asks."""

    finding: str = line("所针对的核查意见", help="从列表中选择")
    reason: str = text("特批理由")


def override(case: Proposal, act: Act, told: Override) -> None:
    """Let one finding pass with a reason, in the name and post of the person who answers for it."""
    rule, _, message = told.finding.partition(" ")
    case.exceptions.create(
        uuid=act.facts["exception"], finding=act.facts["finding_key"], rule=rule, message=message,
        reason=told.reason, by=f"{act.signed}（{act.actor.post}）", written_on=act.happened_on,
        **consents.shown(case),
    )  # fmt: skip
