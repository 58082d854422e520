"""THE STEPS of a case: every row of the life cycle with its body."""

from proposals.case.consents.opinions import OPINION_PRECONDITIONS
from proposals.case.lifecycle import CASE_STEPS
from proposals.case.models import Proposal
from proposals.case.steps import arguing, aside, deciding, drafting, filing, implementing, overriding, writing
from proposals.procedure.steps import collect
from proposals.procedure.table import state_of

STEPS = collect(
    CASE_STEPS, drafting, arguing, deciding, writing, filing, implementing, aside, overriding,
    field=state_of(Proposal), before=OPINION_PRECONDITIONS,
)  # fmt: skip
