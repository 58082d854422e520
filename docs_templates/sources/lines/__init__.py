"""The lines of a case as papers say them: tables before and after, one sentence for many lines, names of bodies.

Takes for granted: proposals.plan, proposals.case.
Refuses: a number that the plan does not have.
Public: adjustments, sentences, body_changes, body_names, rounds.
"""
