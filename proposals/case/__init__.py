"""A case: one staffing proposal from its draft to the archive.

Takes for granted: organisation, procedure, ledger (its places and units).
Refuses: a state that no row of the life cycle leads to.
Public: lifecycle (THE TABLE), models, lines (what shall change), kinds, questions, drafts (writes before a step),
snapshots (what was sent in each round), history, tasks, asks, search (which cases have a word).
Inner rooms: particulars, correspondence, values, consents, steps.
"""
