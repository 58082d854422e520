"""What follows from a step besides its own facts, in the step's own transaction.

Takes for granted: an attempt that the verdict let pass, under its lock.
Refuses: nothing but what the ledger's own guards refuse.
Public: of_steps (the order in which it follows), moments (when a case moves the ledger), rights (what a step gives and
ends on one case), of_rules (what a change of the rulebook moves).
"""
