"""What the judging of a step reads of its case in one statement, with consents, who may get it, and the record."""

from __future__ import annotations

from django.utils import timezone

from docs_templates.catalogue import frozen_by
from docs_templates.freezing import VERSIONS
from docs_templates.sources.record import CHAIN
from proposals.case.consents.consents import ANSWERED, EXCEPTIONS, OPINIONS
from proposals.case.snapshots import CaseReading
from proposals.case.steps.book import STEPS
from proposals.case.values.titles import ROUNDS
from proposals.models import Proposal
from proposals.prepared import Ask
from proposals.procedure.act import Act
from proposals.procedure.table import Row
from proposals.procedure.traits import Trait
from workflows.desks import holders
from workflows.desks.flow import DESKS


class StepReading(CaseReading):
    """A case as the judging of one step finds it, read when the first part is asked for, its lines too."""

    plans = True

    def __init__(self, case: Proposal, row: Row, act: Act) -> None:
        super().__init__(case)
        self.row, self.on = row, timezone.localdate(act.at)
        case.ahead = lambda: self.rows

    def asks(self) -> tuple[Ask, ...]:
        """Return what is read together: who may get a case that is handed on, the record where a paper tells of it."""
        case, subject = self.case.pk, self.case.uuid
        asks = [*super().asks(), ANSWERED.ask(case=case), OPINIONS.ask(case=case), EXCEPTIONS.ask(case=case)]
        if self.hands_on:
            asks.append(holders.ask(territory=self.case.territory, on=self.on))
        if frozen_by(step=self.row.step):
            asks += [CHAIN.ask(subject=subject), VERSIONS.ask(subject=subject)]
            if Trait.KEEPS_ROUND not in STEPS[self.row.step].traits:
                asks.append(ROUNDS.ask(case=case))
        return tuple(asks)

    @property
    def hands_on(self) -> bool:
        """Whether the step takes the case to another desk, at which there is something to do."""
        target = self.row.target
        return target is not None and bool(DESKS[target].hands) and DESKS[target] is not DESKS[self.case.state]

    def look_who_is_there(self) -> None:
        """Let the case know who may get it, as it was read with all else."""
        if holders.HELD in self.rows:
            holders.know(case=self.case, on=self.on, rows=self.rows[holders.HELD])
