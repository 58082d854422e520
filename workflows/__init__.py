"""Moves: the one door through which anything happens to a case, a meeting, a register or a rulebook.

Takes for granted: proposals (what may be) and docs_templates (what is printed).
Refuses: whatever `verdict.judge` finds, all reasons at once.
Public: perform (the door), verdict, attempt, access (who may), security_record (a chain of its own), grants (rights
on one case; alone imports guardian), subjects, carried, queue, year_ahead. Rooms: consequences, desks, papers,
seals, preconditions, jobs, audit.
"""
