"""How approved posts are used: loans from the pool of talent, and the year's plans of use.

Takes for granted: ledger, case, side_registers.
Refuses: a use beyond the plan of the year, a return of what was not lent.
Public: loans, pool, use_plans.
"""
