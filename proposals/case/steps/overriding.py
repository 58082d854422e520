"""特批说明: how a finding that the law lets a named person pass is passed, in writing, and kept on the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proposals.case.consents import consents
from proposals.case.lifecycle import CASE_STEPS
from proposals.procedure.act import Act
from proposals.procedure.table import bind

if TYPE_CHECKING:
    from proposals.case.models import Proposal

step = bind(CASE_STEPS)


class Overriding:
    """The step that writes an exception; papers print it and the chronicle keeps it."""

    @step
    def override(self: Proposal, act: Act) -> None:
        """Let one finding pass with a reason, in the name and post of the person who answers for it."""
        rule, _, message = act.facts["finding"].partition(" ")
        self.exceptions.create(
            uuid=act.facts["exception"], finding=act.facts["finding_key"], rule=rule, message=message,
            reason=act.facts["reason"], by=f"{act.signed}（{act.actor.post}）", written_on=act.happened_on,
            **consents.shown(self),
        )  # fmt: skip
