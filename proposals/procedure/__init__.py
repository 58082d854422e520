"""The grammar of steps: a table of rows, what a step asks, why it is refused, and the chain of entries that it leaves.

Takes for granted: organisation.
Refuses: a change of state beside the table; `table` is the only door to django-fsm.
Public: act (who, when, with which facts), locks (how rows are locked in a step), table, steps (row and body in one
piece), asks, reasons, subjects, entries and chronicle (the hash-chained record), paper_records (what happened on paper,
entered by one and confirmed by another).
"""
