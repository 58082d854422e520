"""The law of a territory as dated rows with citations, and who decides a case by it.

Takes for granted: case, ledger. A constant of law is a row; what is not verified stays adjustable.
Refuses: a case that no row routes (Unrouted).
Public: changes (the steps that change law), models, lawbook (the law as of a day), routing, law_in_time (which day's
law a case goes by).
"""
