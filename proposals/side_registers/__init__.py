"""The registers beside the ledger: problems, duty lists, pledges, borrowed and seconded staff, reported figures.

Takes for granted: organisation, ledger, case (its lines).
Refuses: a row without its founding paper and entry.
Public: models, problem_parts, use_plans, named_rows (rows that a line may name), totals.
"""
