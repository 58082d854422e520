"""What must hold before a step of a meeting: on its agenda, on its roll, in its ballots, in its minutes.

Takes for granted: (subject, act) like every precondition; no act of a meeting comes in but by the one door.
Refuses: with a sentence that says what is wrong and what to do next.
Public: table (MEETING_PRECONDITIONS, every step's), agenda, roll, ballots, minutes.
"""
