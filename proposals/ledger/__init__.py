"""The double-entry ledger of posts: accounts, postings, balances as of any day, and the periods that are closed.

Takes for granted: organisation, procedure. Movements are append-only; triggers keep balances and day totals.
Refuses: an overdrawn account, a change of a closed day, a posting without its entry.
Public: places (where posts stand), accounts, postings (the only writer), reversals, balances, origins (the papers
behind a number), headcount, opening, periods, models, closed_periods, triggers.
"""
