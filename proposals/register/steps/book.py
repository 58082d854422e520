"""THE STEPS of a register: every row of its tables with its body."""

from proposals.procedure import paper_records
from proposals.procedure.paper_records import PAPER_RECORD_STEPS
from proposals.procedure.steps import collect
from proposals.register.lifecycle import REGISTER_STEPS, SIDE_STEPS
from proposals.register.steps import ledger_steps, side_steps
from proposals.register.steps.ledger_preconditions import REGISTER_PRECONDITIONS
from proposals.register.steps.side_preconditions import SIDE_PRECONDITIONS

STEPS = collect(
    (*PAPER_RECORD_STEPS, *REGISTER_STEPS, *SIDE_STEPS), paper_records, ledger_steps, side_steps,
    before={**REGISTER_PRECONDITIONS, **SIDE_PRECONDITIONS},
)  # fmt: skip
