"""What must already have happened before a step, as far as papers, desks and lent duties have a say in it.

Takes for granted: (subject, act) like every precondition; a preview asks the same as far as it has the facts.
Refuses: with a sentence that says what is wrong and what to do.
Public: case (the table by step), after_decision, consents, days, paper_records, closed_periods.
Inner rooms: papers, desks.
"""
