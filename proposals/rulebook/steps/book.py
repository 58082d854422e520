"""THE STEPS of a rulebook: every row of its table with its body."""

from proposals.procedure.steps import collect
from proposals.rulebook.lifecycle import RULEBOOK_STEPS
from proposals.rulebook.preconditions import RULEBOOK_PRECONDITIONS
from proposals.rulebook.steps import law, people, settling

STEPS = collect(RULEBOOK_STEPS, law, people, settling, before=RULEBOOK_PRECONDITIONS)
