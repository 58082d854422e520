"""The steps of a register: opening, people in and out, grants, corrections, closed periods, and what is found beside.

Takes for granted: the entry stands before the ledger follows.
Refuses: what the ledger cannot carry.
Public: book (THE STEPS), ledger_steps, ledger_preconditions, side_steps, side_preconditions.
"""
