"""THE STEPS of a rulebook: every row of its table with its body."""

from proposals.procedure.steps import collect
from proposals.rulebook import steps
from proposals.rulebook.steps import RULEBOOK_STEPS

STEPS = collect(RULEBOOK_STEPS, steps)
