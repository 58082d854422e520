"""The rules: one class a clause; its docstring is the message, its citation the source.

Takes for granted: the plan of the case, the law as of a day.
Refuses: what a clause forbids; how strongly, the rulebook says where the clause allows it.
Public: law (which rules a step asks, findings), view (what a rule sees), base, overriding. Inner room: clauses.
"""
